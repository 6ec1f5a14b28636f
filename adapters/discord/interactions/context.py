"""Who does something, where, and about whom or which message, as the interaction itself says it.

Discord is asked only for what it leaves out. https://discord.com/developers/docs/interactions/receiving-and-responding
"""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import discord
import structlog

from adapters.discord.api.addresses import Identity, Json, community_ref, person_key
from adapters.discord.api.channel_cache import Channel, ChannelCache
from adapters.discord.api.people import People
from adapters.discord.events.handler import EventHandler
from adapters.discord.events.inbound import is_words, location_in
from adapters.discord.interactions.inbound import InteractionActor, interaction_key
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import StorageUnavailable
from bot.messages.inbound import Location, MessagePosted
from bot.ports.intake import Intake

log = structlog.get_logger(__name__)

Interaction = discord.Interaction[discord.Client]


class InteractionContexts:
    def __init__(
        self,
        *,
        client: discord.Client,
        channel_cache: ChannelCache,
        people: People,
        handler: EventHandler,
        identity: Identity,
    ) -> None:
        self._client = client
        self._channel_cache = channel_cache
        self._people = people
        self._handler = handler
        self._identity = identity

    def by(self, interaction: Interaction) -> InteractionActor:
        """Nothing is looked up: a form opens with this at once."""
        return InteractionActor(
            key=interaction_key(interaction.id),
            actor=self._in_their_language(interaction, self._people.of(interaction.user)),
            location=self._location(interaction),
            at=datetime.now(UTC),
            is_private=interaction.message is None or interaction.message.flags.ephemeral,
        )

    async def actor(self, interaction: Interaction, intake: Intake) -> Person:
        """With their roles, which an interaction in direct messages does not say."""
        if interaction.guild_id is None:
            await self._people.memberships(interaction.user.id, self._handler.served(intake))
        return self._in_their_language(interaction, self._people.known(interaction.user.id))

    async def introduce(
        self, users: Iterable[int], data: Json, interaction: Interaction, intake: Intake
    ) -> None:
        """Whoever was picked may never have done anything here; without the database the deed says so itself."""
        resolved: Mapping[str, Any] = data.get("resolved") or {}
        found = [self._people.resolved(user, resolved, guild=interaction.guild_id) for user in users]
        if people := [person for person in found if person is not None]:
            with contextlib.suppress(StorageUnavailable):
                await intake.meet(people)

    async def under_menu(self, interaction: Interaction, data: Json, intake: Intake) -> MessagePosted | None:
        """The message whose menu was used; None for one that is nobody's words.

        The interaction holds it with its words, also for an app that may not read messages:
        https://docs.discord.com/developers/gateway/you-might-not-need-a-privileged-intent
        """
        found = (data.get("resolved") or {}).get("messages") or {}
        message = discord.Message(
            state=self._client._connection,  # noqa: SLF001  discord.py makes its own messages with it
            channel=self._room_in(interaction),
            data=found[str(data["target_id"])],
        )
        return await self._as_words(message, intake)

    async def message(
        self, interaction: Interaction, message_id: int, intake: Intake
    ) -> MessagePosted | None:
        """A message of this channel; None where there is none any more, and for one that is nobody's words."""
        try:
            message = await self._room_in(interaction).fetch_message(message_id)
        except discord.HTTPException as error:
            log.info("a message could not be read", reason=str(error))
            return None
        return await self._as_words(message, intake)

    async def _as_words(self, message: discord.Message, intake: Intake) -> MessagePosted | None:
        if not is_words(message, identity=self._identity):
            return None
        return await self._handler.posted(message, intake)

    def _room_in(self, interaction: Interaction) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(
            interaction.channel_id or 0, guild_id=interaction.guild_id
        )

    def _in_their_language(self, interaction: Interaction, person: Person) -> Person:
        return replace(person, language=interaction.locale.value[:2])

    def _location(self, interaction: Interaction) -> Location:
        """In direct messages the thread is the conversation of the desk's message that was pressed."""
        if interaction.guild_id is None or interaction.channel_id is None:
            message = interaction.message
            reference = message.reference if message is not None else None
            root = str(reference.message_id) if reference is not None and reference.message_id else None
            return Location(channel=ChannelRef.direct(person_key(interaction.user.id)), thread=root)
        room = self._channel_cache.known(interaction.channel_id) or _room_of(interaction)
        parent = self._channel_cache.known(room.parent) if room.parent is not None else None
        location = location_in(room, forum=parent is not None and parent.is_forum)
        return replace(location, community=community_ref(interaction.guild_id))


def _room_of(interaction: Interaction) -> Channel:
    """As the interaction itself describes it: an archived thread is in no cache."""
    channel = interaction.channel
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    kind = channel.type.value if channel is not None else 0
    return Channel(id=interaction.channel_id or 0, kind=kind, guild=interaction.guild_id, parent=parent)
