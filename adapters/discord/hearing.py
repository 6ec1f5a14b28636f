"""Everything people say and change, passed to the desk in order within a conversation.

discord.py starts a task for each event and drops what a handler raises, so each one enters a lane before it waits
for anything, and what fails is read again from the history (the intake notes the channel).
"""

import asyncio
from collections.abc import Coroutine

import discord
import structlog

from adapters.discord import inbound
from adapters.discord.addresses import Identity, channel_ref, community_ref
from adapters.discord.calls import Calls, Urgency
from adapters.discord.delivery import DiscordDelivery
from adapters.discord.directs import Directs
from adapters.discord.downloads import download
from adapters.discord.inbound import Reading, conversation_answered, spot_in, spot_with
from adapters.discord.people import People, shared
from adapters.discord.plain_text import mark_of
from adapters.discord.private_replies import PrivateReplies
from adapters.discord.rooms import Room, Rooms
from bot.domain.directory import ChannelRef
from bot.domain.errors import StorageUnavailable
from bot.messages.inbound import InboundEvent, MessagePosted, PersonLeft, Spot, ThreadArchived
from bot.ports.chat_platform import Intake
from bot.services.intake import Lanes

log = structlog.get_logger(__name__)


class Hearing:
    def __init__(
        self,
        *,
        client: discord.Client,
        calls: Calls,
        rooms: Rooms,
        directs: Directs,
        people: People,
        delivery: DiscordDelivery,
        replies: PrivateReplies,
        identity: Identity,
    ) -> None:
        self._client = client
        self._calls = calls
        self._rooms = rooms
        self._directs = directs
        self._people = people
        self._delivery = delivery
        self._replies = replies
        self._identity = identity
        self._lanes = Lanes()
        self._afterwards: set[asyncio.Task[None]] = set()

    async def message(self, message: discord.Message, intake: Intake) -> None:
        if not inbound.is_words(message, identity=self._identity):
            return
        async with self._lanes.enter(str(message.channel.id)):
            event = await self.posted(message, intake)
            if event is not None:
                await self._offer(event, intake)

    async def edit(self, payload: discord.RawMessageUpdateEvent, intake: Intake) -> None:
        """Also sent when a preview appears: without an edit's own mark it is nothing."""
        message = payload.message
        if message.author.id == self._identity.user:
            self._delivery.posting.forget(message.id)
        if not inbound.is_words(message, identity=self._identity) or message.edited_at is None:
            return
        async with self._lanes.enter(str(message.channel.id)):
            spot = await self.spot(message)
            if spot is None:
                return
            event = inbound.edited(message, spot, await self.reading(message, intake))
            if event is not None:
                await self._offer(event, intake)

    async def deletion(self, message_id: int, channel_id: int, intake: Intake) -> None:
        self._delivery.posting.forget(message_id)
        async with self._lanes.enter(str(channel_id)):
            spot = await self._spot_at(channel_id, message_id)
            if spot is not None:
                await self._offer(inbound.deleted(message_id, spot), intake)

    async def reaction(self, payload: discord.RawReactionActionEvent, intake: Intake) -> None:
        async with self._lanes.enter(str(payload.channel_id)):
            await self._reaction(payload, intake)

    async def departure(self, payload: discord.RawMemberRemoveEvent, intake: Intake) -> None:
        async with self._lanes.enter(str(payload.user.id)):
            await self._departure(payload, intake)

    async def thread_changed(self, payload: discord.RawThreadUpdateEvent, intake: Intake) -> None:
        """An idle thread that Discord hides is told to the desk, which knows whether its ticket is open."""
        async with self._lanes.enter(str(payload.thread_id)):
            await self._thread_changed(payload, intake)

    async def _reaction(self, payload: discord.RawReactionActionEvent, intake: Intake) -> None:
        mark = mark_of(payload.emoji)
        room = await self._room(payload.channel_id) if payload.guild_id is not None else None
        if payload.user_id == self._identity.user or room is None:
            return
        where = channel_ref(room.parent if room.is_thread and room.parent is not None else room.id)
        if not intake.wants_mark(where, mark):
            return
        channel = self._client.get_partial_messageable(payload.channel_id, guild_id=payload.guild_id)
        message = await channel.fetch_message(payload.message_id)
        about = await self.posted(message, intake)
        if about is not None:
            marker = self._people.of(payload.member) if payload.member is not None else about.actor
            await self._offer(inbound.marked(about, mark, marker), intake)

    async def _departure(self, payload: discord.RawMemberRemoveEvent, intake: Intake) -> None:
        user = payload.user
        actor = self._people.of(user)
        self._people.left(user.id, payload.guild_id)
        direct = ChannelRef.direct(actor.key)
        community = community_ref(payload.guild_id)
        now = discord.utils.utcnow()
        event = PersonLeft(
            key=f"{community}:{user.id}:left:{now.timestamp():.0f}",
            actor=actor,
            spot=Spot(channel=direct, community=community),
            at=now,
        )
        await self._offer(event, intake)

    async def _thread_changed(self, payload: discord.RawThreadUpdateEvent, intake: Intake) -> None:
        before = self._rooms.known(payload.thread_id)
        room = self._rooms.note({**payload.data, "guild_id": payload.guild_id})
        was_open = before is None or not before.is_archived
        if not (room.is_archived and not room.is_locked and was_open) or room.parent is None:
            return
        now = discord.utils.utcnow()
        event = ThreadArchived(
            key=f"{channel_ref(room.parent)}:{room.id}:archived:{now.timestamp():.0f}",
            actor=self._people.known(self._identity.user),
            spot=Spot(
                channel=channel_ref(room.parent),
                thread=str(room.id),
                community=community_ref(payload.guild_id),
            ),
            at=now,
        )
        await self._offer(event, intake)

    async def posted(self, message: discord.Message, intake: Intake) -> MessagePosted | None:
        """The message as an event; None where it stands nowhere that the desk can name."""
        spot = await self.spot(message)
        return None if spot is None else inbound.posted(message, spot, await self.reading(message, intake))

    async def spot(self, message: discord.Message) -> Spot | None:
        if message.guild is None:
            if isinstance(message.channel, discord.GroupChannel):
                return None
            partner = await self._partner(message)
            answers = conversation_answered(message, identity=self._identity)
            return None if partner is None else spot_with(partner, answers=answers)
        return await self._spot_at(message.channel.id, message.id)

    async def reading(self, message: discord.Message, intake: Intake) -> Reading:
        author = self._people.of(message.author)
        communities: tuple[str, ...] = ()
        if message.guild is None and not message.author.bot:
            served = self.served(intake)
            held = await self._people.memberships(message.author.id, served)
            communities = (
                shared(guild for guild in served if guild in held) if intake.communities("discord") else ()
            )
            author = self._people.known(message.author.id)
        return Reading(
            identity=self._identity,
            author=author,
            download=download,
            communities=communities,
            title=self._title(message),
        )

    def _title(self, message: discord.Message) -> str:
        """A forum's post has one, and its first message has the post's id."""
        room = self._rooms.known(message.channel.id) if message.id == message.channel.id else None
        return room.name if room is not None and room.is_thread else ""

    def served(self, intake: Intake) -> list[int]:
        """The guilds that the desk serves: those of its configuration, or all that it is in."""
        named = [each.rpartition(":")[2] for each in intake.communities("discord")]
        return [int(each) for each in named if each.isdecimal()] or [each.id for each in self._client.guilds]

    def later(self, work: Coroutine[object, object, None]) -> None:
        """What need not be done before the next event of the conversation."""
        task = asyncio.create_task(work)
        self._afterwards.add(task)
        task.add_done_callback(self._afterwards.discard)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing that was heard is still on its way to the desk."""
        return self._lanes.is_empty

    async def close(self) -> None:
        await asyncio.gather(*self._afterwards, return_exceptions=True)

    async def _offer(self, event: InboundEvent, intake: Intake) -> None:
        try:
            reply = await intake.take(event)
        except StorageUnavailable as error:
            log.warning(
                "an event waits for the desk; it is read again from the history", reason=error.sentence
            )
        except Exception:
            log.exception("an event could not be taken; it is read again from the history", key=event.key)
        else:
            if reply is not None and isinstance(event, MessagePosted):
                self.later(self._replies.answer(reply, event))

    async def _partner(self, message: discord.Message) -> int | None:
        """With whom these direct messages are: whoever writes there and is not the desk."""
        if message.author.id != self._identity.user:
            self._directs.note(message.channel.id, message.author.id)
        known = self._directs.reference(message.channel.id)
        return int(known.channel.removeprefix("@")) if known.is_direct else None

    async def _spot_at(self, channel_id: int, message_id: int) -> Spot | None:
        direct = self._directs.reference(channel_id)
        if direct.is_direct:
            return Spot(channel=direct)
        room = await self._room(channel_id)
        if room is None or room.guild is None:
            return None
        parent = await self._room(room.parent) if room.is_thread and room.parent is not None else None
        return spot_in(room, forum=parent is not None and parent.is_forum, message_id=message_id)

    async def _room(self, room_id: int) -> Room | None:
        try:
            return await self._rooms.get(room_id, urgency=Urgency.SOON)
        except Exception as error:  # noqa: BLE001  a channel that cannot be named is not the desk's
            log.info("a channel is not known", channel=room_id, reason=str(error))
            return None
