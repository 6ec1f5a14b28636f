"""What people do with commands, buttons, menus and forms, until the app has answered and after.

https://discord.com/developers/docs/interactions/receiving-and-responding
"""

import asyncio
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum

from tests.fakes.discord.rest.drafts import file_limit
from tests.fakes.discord.rules.pace import Pace
from tests.fakes.discord.rules.permissions import in_channel
from tests.fakes.discord.rules.refusals import Json, Refusal
from tests.fakes.discord.world.message_payloads import MessagePayloads
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.records import Message, Place, Thread
from tests.fakes.discord.world.world import World

ANSWER_WITHIN_S = 3
TOKEN_LIFE_S = 15 * 60
PATIENCE_S = 10  # real seconds, only spent when an answer never comes


class Kind(IntEnum):
    """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-type."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


@dataclass(slots=True)
class Interaction:
    id: int
    token: str
    kind: Kind
    user_id: int
    place_id: int
    data: Json
    began_at: float  # monotonic seconds
    token_began_at: float  # Discord's seconds
    message: Message | None = None  # the component's, or the one that the form's button was on
    metadata: Json = field(default_factory=dict)
    callback: int | None = None  # the type of the first answer
    original: Message | None = None  # what the first answer shows, or the message it changes
    follow_ups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    shown: asyncio.Event = field(default_factory=asyncio.Event)  # nothing is loading any more


class Interactions:
    def __init__(self, world: World, payloads: Payloads, messages: MessagePayloads, pace: Pace) -> None:
        self._world = world
        self._payloads = payloads
        self._messages = messages
        self._pace = pace
        self.all: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def begin(
        self,
        kind: Kind,
        data: Json,
        *,
        user_id: int,
        place: Place,
        message: Message | None = None,
        triggered_by: Interaction | None = None,
        times: int = 1,
    ) -> Interaction:
        """Tell the app, `times` over: a gateway may deliver the same interaction again."""
        interaction = Interaction(
            id=self._world.ids.new(),
            token=secrets.token_urlsafe(48),
            kind=kind,
            user_id=user_id,
            place_id=place.id,
            data=data,
            began_at=time.monotonic(),
            token_began_at=self._pace.elapsed(),
            message=message,
        )
        interaction.metadata = self._metadata(interaction, place, triggered_by)
        self.all[interaction.id] = self._by_token[interaction.token] = interaction
        payload = self._payload(interaction, place)
        for _ in range(times):
            self._world.happened("INTERACTION_CREATE", payload, guild_id=place.guild_id)
        return interaction

    async def taken(self, interaction: Interaction) -> bool:
        """Wait for the app's answer as long as Discord waits."""
        left_s = self._pace.deadline(ANSWER_WITHIN_S) - (time.monotonic() - interaction.began_at)
        try:
            async with asyncio.timeout(left_s):
                await interaction.answered.wait()
        except TimeoutError:
            return False
        return True

    async def loaded(self, interaction: Interaction) -> None:
        """Wait while it says that the app is thinking; not for ever."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                await interaction.shown.wait()

    def is_kept(self, message: Message) -> bool:
        """Whether it has not been taken back."""
        world = self._world
        return message.id in world.whispers or message.id in world.messages.get(message.channel_id, {})

    def to_answer(self, interaction_id: int, token: str) -> Interaction:
        """Raises 10062 for one that is unknown or too old, 40060 for one that is answered already."""
        interaction = self.all.get(interaction_id)
        if interaction is None or interaction.token != token:
            raise Refusal(10062)
        if interaction.answered.is_set():
            raise Refusal(40060)
        if time.monotonic() - interaction.began_at > self._pace.deadline(ANSWER_WITHIN_S):
            raise Refusal(10062)
        return interaction

    def to_follow_up(self, token: str) -> Interaction:
        """Raises 10015 before the first answer and for an unknown token, 50027 after fifteen minutes."""
        interaction = self._by_token.get(token)
        if interaction is None or not interaction.answered.is_set():
            raise Refusal(10015)
        if self._pace.elapsed() - interaction.token_began_at > TOKEN_LIFE_S:
            raise Refusal(50027)
        return interaction

    def _payload(self, interaction: Interaction, place: Place) -> Json:
        """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object."""
        world, user = self._world, self._world.users[interaction.user_id]
        body: Json = {
            "id": str(interaction.id),
            "application_id": str(world.application.id),
            "type": int(interaction.kind),
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel_id": str(place.id),
            "channel": self._channel(place, interaction.user_id),
            "app_permissions": str(int(in_channel(world, world.bot.id, place))),
            "locale": user.locale,
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(place.guild_id or 0)},
            "context": 0 if place.guild_id is not None else 1,
            "attachment_size_limit": file_limit(world, place.guild_id),
        }
        if interaction.message is not None:
            body["message"] = self._messages.message(interaction.message)
        if place.guild_id is None:
            return body | {"user": self._payloads.user(user)}
        guild = world.guilds[place.guild_id]
        member = self._payloads.interacting_member(guild.members[user.id], place.id)
        return body | {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": member,
        }

    def _channel(self, place: Place, user_id: int) -> Json:
        shown = self._payloads.thread(place) if isinstance(place, Thread) else self._payloads.channel(place)
        return shown | {"permissions": str(int(in_channel(self._world, user_id, place)))}

    def _metadata(self, interaction: Interaction, place: Place, triggered_by: Interaction | None) -> Json:
        """https://discord.com/developers/docs/resources/message#message-interaction-metadata-object."""
        body: Json = {
            "id": str(interaction.id),
            "type": int(interaction.kind),
            "user": self._payloads.user(self._world.users[interaction.user_id]),
            "authorizing_integration_owners": {"0": str(place.guild_id or 0)},
        }
        if interaction.kind is Kind.COMMAND:
            body["name"] = interaction.data["name"]
            body["command_type"] = interaction.data["type"]
        elif interaction.kind is Kind.COMPONENT and interaction.message is not None:
            body["interacted_message_id"] = str(interaction.message.id)
        elif triggered_by is not None:
            body["triggering_interaction_metadata"] = triggered_by.metadata
        return body
