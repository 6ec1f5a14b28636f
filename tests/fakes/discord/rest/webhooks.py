"""Webhooks: making them, and posting by them under any name. https://discord.com/developers/docs/resources/webhook."""

import secrets

from tests.fakes.discord.rest.door import Answer, Call, Endpoint
from tests.fakes.discord.rules.limits import WEBHOOK_NAME, WEBHOOKS
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.rules.refusals import Json, Problems, Refusal
from tests.fakes.discord.world.channels import Rooms
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.records import Channel, ChannelType, Webhook
from tests.fakes.discord.world.world import World

CHANNEL_WEBHOOKS = "/channels/{channel_id}/webhooks"
WEBHOOK = "/webhooks/{webhook_id}"
_WITH_WEBHOOKS = frozenset({ChannelType.TEXT, ChannelType.ANNOUNCEMENT, ChannelType.FORUM, ChannelType.VOICE})


class Webhooks:
    def __init__(self, world: World, payloads: Payloads, rooms: Rooms) -> None:
        self._world = world
        self._payloads = payloads
        self._rooms = rooms

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint("POST", CHANNEL_WEBHOOKS, self.create),
            Endpoint("GET", CHANNEL_WEBHOOKS, self.of_channel),
            Endpoint("GET", "/guilds/{guild_id}/webhooks", self.of_guild),
            Endpoint("GET", WEBHOOK, self.fetch),
            Endpoint("PATCH", WEBHOOK, self.change),
            Endpoint("DELETE", WEBHOOK, self.delete),
        ]

    def create(self, call: Call) -> Answer:
        """Raises 30007 for the sixteenth of a channel."""
        channel = self._channel(call)
        problems = Problems()
        check_name(problems, "name", str(call.body.get("name") or ""))
        problems.raise_if_any()
        if len(self._of(channel)) >= WEBHOOKS:
            raise Refusal(30007)
        webhook = Webhook(
            self._world.ids.new(),
            channel.guild_id or 0,
            channel.id,
            call.body["name"].strip(),
            token=secrets.token_urlsafe(32),
            creator_id=self._world.bot.id,
            application_id=self._world.application.id,
        )
        self._world.webhooks[webhook.id] = webhook
        self._tell(webhook)
        return self._shown(webhook)

    def of_channel(self, call: Call) -> Answer:
        return [self._shown(webhook) for webhook in self._of(self._channel(call))]

    def of_guild(self, call: Call) -> Answer:
        guild = self._rooms.guild(call)
        return [self._shown(w) for w in self._world.webhooks.values() if w.guild_id == guild.id]

    def fetch(self, call: Call) -> Answer:
        return self._shown(self._webhook(call))

    def change(self, call: Call) -> Answer:
        webhook = self._webhook(call)
        if "name" in call.body:
            problems = Problems()
            check_name(problems, "name", str(call.body["name"] or ""))
            problems.raise_if_any()
            webhook.name = call.body["name"].strip()
        if call.body.get("channel_id") is not None:
            webhook.channel_id = int(call.body["channel_id"])
        self._tell(webhook)
        return self._shown(webhook)

    def delete(self, call: Call) -> Answer:
        webhook = self._webhook(call)
        del self._world.webhooks[webhook.id]
        self._tell(webhook)
        return None

    def _channel(self, call: Call) -> Channel:
        place = self._rooms.place(call, Permission.MANAGE_WEBHOOKS)
        if not isinstance(place, Channel) or place.type not in _WITH_WEBHOOKS:
            raise Refusal(50024)
        return place

    def _webhook(self, call: Call) -> Webhook:
        webhook = self._world.webhooks.get(call.ids["webhook_id"])
        if webhook is None:
            raise Refusal(10015)
        call.ids["channel_id"] = webhook.channel_id
        self._rooms.place(call, Permission.MANAGE_WEBHOOKS)
        return webhook

    def _of(self, channel: Channel) -> list[Webhook]:
        return [webhook for webhook in self._world.webhooks.values() if webhook.channel_id == channel.id]

    def _shown(self, webhook: Webhook) -> Json:
        """Another app's token stays its own."""
        is_ours = webhook.application_id in (None, self._world.application.id)
        return self._payloads.webhook(webhook, with_token=is_ours)

    def _tell(self, webhook: Webhook) -> None:
        """https://discord.com/developers/docs/events/gateway-events#webhooks-update."""
        where = {"guild_id": str(webhook.guild_id), "channel_id": str(webhook.channel_id)}
        self._world.happened("WEBHOOKS_UPDATE", where, guild_id=webhook.guild_id)


def check_name(problems: Problems, path: str, name: str) -> None:
    """1–80 characters, none of Discord's own names.

    https://discord.com/developers/docs/resources/webhook#create-webhook
    """
    problems.length(path, name.strip(), 1, WEBHOOK_NAME)
    for reserved in ("discord", "clyde"):
        if reserved in name.casefold():
            problems.add(path, "USERNAME_INVALID_CONTAINS", f'Username cannot contain "{reserved}"')
