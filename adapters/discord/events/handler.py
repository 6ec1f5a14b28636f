"""Everything people say and change, passed to the desk in order within a conversation.

discord.py starts a task for each event and drops what a handler raises, so each one enters its conversation's
turn before it waits for anything, and what fails is read again from the history (the intake notes the channel).
"""

from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager

import aiohttp
import discord
import structlog

from adapters.discord.api.addresses import Identity, channel_ref, community_ref
from adapters.discord.api.calls import DiscordRefused
from adapters.discord.api.channel_cache import ChannelCache
from adapters.discord.api.dm_channels import DmChannels
from adapters.discord.api.downloads import download
from adapters.discord.api.people import People, shared
from adapters.discord.capabilities import PLATFORM
from adapters.discord.delivery.delivery import DiscordDelivery
from adapters.discord.delivery.private_replies import PrivateReplies
from adapters.discord.events import inbound
from adapters.discord.events.inbound import MessageContext
from adapters.discord.events.location import Locations
from adapters.discord.events.plain_text import mark_of
from adapters.kit.background import BackgroundTasks
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy
from bot.domain.directory import ChannelRef
from bot.domain.errors import StorageUnavailable
from bot.messages.inbound import (
    InboundEvent,
    Location,
    MessageEdited,
    MessagePosted,
    PersonLeft,
    ThreadArchived,
)
from bot.ports.intake import Intake, Take

log = structlog.get_logger(__name__)

REFUSED = (DiscordRefused, discord.Forbidden, discord.NotFound)
UNANSWERED = (
    Unsure,
    Busy,
    discord.HTTPException,
    discord.RateLimited,
    aiohttp.ClientError,
    TimeoutError,
    OSError,
)


class EventHandler:
    def __init__(
        self,
        *,
        client: discord.Client,
        channel_cache: ChannelCache,
        dm_channels: DmChannels,
        people: People,
        delivery: DiscordDelivery,
        replies: PrivateReplies,
        identity: Identity,
    ) -> None:
        self._client = client
        self._channel_cache = channel_cache
        self._locations = Locations(channel_cache=channel_cache, dm_channels=dm_channels, identity=identity)
        self._people = people
        self._delivery = delivery
        self._replies = replies
        self._identity = identity
        self._under_way = 0
        self._afterwards = BackgroundTasks()

    async def message(self, message: discord.Message, intake: Intake) -> None:
        if not inbound.is_words(message, identity=self._identity):
            return
        async with self._placing(intake, self._locations.conversation(message)) as take:
            event = await self.posted(message, intake)
            if event is not None:
                await self._offer(event, take)

    async def edit(self, payload: discord.RawMessageUpdateEvent, intake: Intake) -> None:
        """Also sent when a preview appears: without an edit's own mark it is nothing."""
        message = payload.message
        if message.author.id == self._identity.user:
            self._delivery.posts.forget(message.id)
        if not inbound.is_words(message, identity=self._identity) or message.edited_at is None:
            return
        async with self._placing(intake, self._locations.conversation(message)) as take:
            location = await self._locations.of(message)
            if location is None:
                return
            event = inbound.edited(message, location, await self.reading(message, intake))
            if event is not None:
                await self._offer(event, take)

    async def deletion(self, message_id: int, channel_id: int, intake: Intake) -> None:
        self._delivery.posts.forget(message_id)
        conversation = self._locations.conversation_at(channel_id, message_id)
        async with self._placing(intake, conversation) as take:
            location = await self._locations.at(channel_id, message_id)
            if location is not None:
                await self._offer(inbound.deleted(message_id, location), take)

    async def reaction(self, payload: discord.RawReactionActionEvent, intake: Intake) -> None:
        conversation = self._locations.conversation_at(payload.channel_id, payload.message_id)
        async with self._placing(intake, conversation) as take:
            await self._reaction(payload, intake, take)

    async def departure(self, payload: discord.RawMemberRemoveEvent, intake: Intake) -> None:
        with self._counted():
            await self._departure(payload, intake)

    async def thread_changed(self, payload: discord.RawThreadUpdateEvent, intake: Intake) -> None:
        """An idle thread that Discord hides is told to the desk, which knows whether its ticket is open."""
        with self._counted():
            await self._thread_changed(payload, intake)

    async def _reaction(self, payload: discord.RawReactionActionEvent, intake: Intake, take: Take) -> None:
        mark = mark_of(payload.emoji)
        if payload.user_id == self._identity.user or payload.guild_id is None:
            return
        location = await self._locations.at(payload.channel_id, payload.message_id)
        if location is None or not intake.wants_mark(location.channel, mark):
            return
        channel = self._client.get_partial_messageable(payload.channel_id, guild_id=payload.guild_id)
        message = await channel.fetch_message(payload.message_id)
        about = await self.posted(message, intake)
        if about is not None:
            marker = self._people.of(payload.member) if payload.member is not None else about.actor
            await self._offer(inbound.marked(about, mark, marker), take)

    async def _departure(self, payload: discord.RawMemberRemoveEvent, intake: Intake) -> None:
        user = payload.user
        self._people.of(user)
        self._people.left(user.id, payload.guild_id)
        actor = self._people.known(user.id)
        direct = ChannelRef.direct(actor.key)
        community = community_ref(payload.guild_id)
        now = discord.utils.utcnow()
        event = PersonLeft(
            key=f"{community}:{user.id}:left:{now.timestamp():.0f}",
            actor=actor,
            location=Location(channel=direct, community=community),
            at=now,
        )
        await self._offer(event, intake.take)

    async def _thread_changed(self, payload: discord.RawThreadUpdateEvent, intake: Intake) -> None:
        before = self._channel_cache.known(payload.thread_id)
        room = self._channel_cache.note({**payload.data, "guild_id": payload.guild_id})
        was_open = before is None or not before.is_archived
        if not (room.is_archived and not room.is_locked and was_open) or room.parent is None:
            return
        now = discord.utils.utcnow()
        event = ThreadArchived(
            key=f"{channel_ref(room.parent)}:{room.id}:archived:{now.timestamp():.0f}",
            actor=self._people.known(self._identity.user),
            location=Location(
                channel=channel_ref(room.parent),
                thread=str(room.id),
                community=community_ref(payload.guild_id),
            ),
            at=now,
        )
        await self._offer(event, intake.take)

    async def posted(self, message: discord.Message, intake: Intake) -> MessagePosted | None:
        """The message as an event; None where it stands nowhere that the desk can name.

        Raises as `Calls.call` does, where Discord has to be asked what channel that is.
        """
        location = await self._locations.of(message)
        return (
            None
            if location is None
            else inbound.posted(message, location, await self.reading(message, intake))
        )

    async def know_author(self, message: discord.Message, intake: Intake) -> None:
        """Wait for the author's roles, however long that takes. Raises Unsure and Busy."""
        if not message.author.bot:
            await self._people.ascertain(message.author.id, self._guilds_of(message, intake))

    async def reading(self, message: discord.Message, intake: Intake) -> MessageContext:
        """A message that is fetched says no roles of its author's: they are asked for, briefly."""
        author = self._people.of(message.author)
        communities: tuple[str, ...] = ()
        if not (message.author.bot or isinstance(message.author, discord.Member)):
            served = self._guilds_of(message, intake)
            held = await self._people.memberships(message.author.id, served)
            if message.guild is None and intake.communities(PLATFORM):
                communities = shared(guild for guild in served if guild in held)
            guild = message.guild.id if message.guild is not None else None
            author = self._people.known(message.author.id, guild=guild)
        return MessageContext(
            identity=self._identity,
            author=author,
            download=download,
            communities=communities,
            title=self._title(message),
        )

    def _guilds_of(self, message: discord.Message, intake: Intake) -> list[int]:
        """Whose roles its author speaks with."""
        return self.served(intake) if message.guild is None else [message.guild.id]

    def _title(self, message: discord.Message) -> str:
        """A forum's post has one, and its first message has the post's id."""
        room = self._channel_cache.known(message.channel.id) if message.id == message.channel.id else None
        return room.name if room is not None and room.is_thread else ""

    def served(self, intake: Intake) -> list[int]:
        """The guilds that the desk serves: those of its configuration, or all that it is in."""
        named = [each.rpartition(":")[2] for each in intake.communities(PLATFORM)]
        return [int(each) for each in named if each.isdecimal()] or [each.id for each in self._client.guilds]

    def later(self, work: Coroutine[object, object, None]) -> None:
        """What need not be done before the next event of the conversation."""
        self._afterwards.start(work)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing that was heard is still on its way to the desk."""
        return self._under_way == 0

    async def close(self) -> None:
        await self._afterwards.finish()

    async def _offer(self, event: InboundEvent, take: Take) -> None:
        try:
            reply = await take(event)
        except StorageUnavailable as error:
            log.debug("an event waits for the desk; it is read again from the history", reason=error.sentence)
        except Exception:
            log.exception("an event could not be taken; it is read again from the history", key=event.key)
        else:
            if reply is not None and isinstance(event, MessagePosted | MessageEdited):
                self.later(self._replies.answer(reply, event))

    @asynccontextmanager
    async def _placing(self, intake: Intake, conversation: str) -> AsyncIterator[Take]:
        """In its turn, while it is found out where something was said.

        Where Discord does not answer, it is read again later.
        """
        try:
            with self._counted():
                async with intake.turn(conversation) as take:
                    yield take
        except REFUSED as refused:
            log.info("an event in a place that the desk does not see", reason=str(refused))
        except UNANSWERED as error:
            log.warning(
                "Discord did not say where an event belongs; it is read again from the history",
                reason=f"{type(error).__name__}: {error}",
            )
            now = discord.utils.utcnow()
            await intake.was_away(PLATFORM, since=now, until=now)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """While something that was heard is on its way to the desk."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
