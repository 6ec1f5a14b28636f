"""What is said by a webhook: https://discord.com/developers/docs/resources/webhook#execute-webhook.

Its token is enough: no permission of the bot is asked for. A webhook does not write in locked threads.
"""

from typing import Any

from tests.fakes.discord.people.talk import Talk
from tests.fakes.discord.people.thread_openings import Openings, read_tags, read_thread
from tests.fakes.discord.rest.door import Answer, Call, Endpoint
from tests.fakes.discord.rest.drafts import Draft, read_changes, read_draft
from tests.fakes.discord.rest.webhooks import check_name
from tests.fakes.discord.rules.rates import WEBHOOK
from tests.fakes.discord.rules.refusals import Json, Problems, Refusal
from tests.fakes.discord.rules.write_rules import check_is_open, check_may_change
from tests.fakes.discord.world.message_payloads import MessagePayloads
from tests.fakes.discord.world.records import Channel, ChannelType, Message, Place, Webhook
from tests.fakes.discord.world.world import World

POSTED = f"{WEBHOOK}/messages/{{message_id}}"


class WebhookPosts:
    def __init__(self, world: World, messages: MessagePayloads, talk: Talk, openings: Openings) -> None:
        self._world = world
        self._messages = messages
        self._talk = talk
        self._openings = openings

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint("POST", WEBHOOK, self.execute, needs_token=False),
            Endpoint("GET", POSTED, self.fetch, needs_token=False),
            Endpoint("PATCH", POSTED, self.edit, needs_token=False),
            Endpoint("DELETE", POSTED, self.delete, needs_token=False),
        ]

    def execute(self, call: Call) -> Answer:
        webhook = self._webhook(call)
        body: Json = call.body
        place = self._place(call, webhook, body)
        if body.get("username") is not None:
            problems = Problems()
            check_name(problems, "username", str(body["username"]))
            problems.raise_if_any()
        if webhook.application_id is None:
            # Only an application's webhook has buttons and menus.
            body = {key: value for key, value in body.items() if key != "components"}
        draft = read_draft(self._world, body, call.uploads, guild_id=webhook.guild_id)
        author = _author(webhook, body)
        if isinstance(place, Channel) and place.type is ChannelType.FORUM:
            message = self._begin(place, webhook, body, draft, author)
        else:
            message = self._talk.post(place, draft, author_id=webhook.id, **author)
        return self._messages.message(message) if call.query.get("wait") in ("true", "1", "True") else None

    def fetch(self, call: Call) -> Answer:
        return self._messages.message(self._own(call))

    def edit(self, call: Call) -> Answer:
        """`allowed_mentions` are asked for again: https://discord.com/developers/docs/resources/webhook#edit-webhook-message."""
        message = self._own(call)
        check_may_change(self._world.place(message.channel_id))
        guild_id = self._world.place(message.channel_id).guild_id
        self._talk.edit(
            message, read_changes(self._world, message, call.body, call.uploads, guild_id=guild_id)
        )
        return self._messages.message(message)

    def delete(self, call: Call) -> Answer:
        self._talk.delete(self._own(call))
        return None

    def _webhook(self, call: Call) -> Webhook:
        """Raises 10015 for no webhook, 50027 for a wrong token."""
        webhook = self._world.webhooks.get(call.ids["webhook_id"])
        if webhook is None:
            raise Refusal(10015)
        if webhook.token != call.texts["webhook_token"]:
            raise Refusal(50027)
        return webhook

    def _place(self, call: Call, webhook: Webhook, body: Json) -> Place:
        channel = self._world.channels[webhook.channel_id]
        thread_id = int(call.query.get("thread_id") or 0)
        is_forum = channel.type is ChannelType.FORUM
        if body.get("thread_name") is not None and not is_forum:
            raise Refusal(220003)
        if is_forum and bool(thread_id) == (body.get("thread_name") is not None):
            raise Refusal(220002 if thread_id else 220001)
        if not thread_id:
            return channel
        thread = self._world.threads.get(thread_id)
        if thread is None or thread.parent_id != channel.id:
            raise Refusal(10003)
        check_is_open(self._world, webhook.id, thread)
        return thread

    def _begin(
        self, forum: Channel, webhook: Webhook, body: Json, draft: Draft, author: dict[str, Any]
    ) -> Message:
        how = read_thread(body | {"name": body["thread_name"]})
        tags = read_tags(forum, body.get("applied_tags") or [], may_moderate=True)
        name = str(body["thread_name"]).strip()
        _, message = self._openings.post(forum, name, draft, by=webhook.id, author=author, tags=tags, **how)
        return message

    def _own(self, call: Call) -> Message:
        """A message in a thread is found only with its `thread_id`. Raises 10008."""
        webhook = self._webhook(call)
        where = int(call.query.get("thread_id") or webhook.channel_id)
        message = self._world.message(where, call.ids["message_id"])
        if message.webhook_id != webhook.id:
            raise Refusal(10008)
        return message


def _author(webhook: Webhook, body: Json) -> dict[str, Any]:
    return {
        "webhook_id": webhook.id,
        "webhook_name": str(body.get("username") or webhook.name).strip(),
        "webhook_picture": body.get("avatar_url") or webhook.avatar,
        "application_id": webhook.application_id,
    }
