"""A small chat service in memory that keeps what was said, for the desk to read after it was away.

Like a gateway, it never offers an event again that found no desk or that the desk failed to take.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from datetime import datetime
from itertools import count

from adapters.kit.outcomes import shows_no
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import HistoryUnavailable, StorageUnavailable
from bot.domain.findings import Finding, Severity
from bot.domain.sentence import Sentence
from bot.messages.delivery import Delivered, Delivery, RefusedByPlatform, RootGone
from bot.messages.inbound import (
    HomeOpened,
    InboundEvent,
    Location,
    MessageDeleted,
    MessageEdited,
    MessageMarked,
    MessagePosted,
    VerbChosen,
    deletion_key,
    message_key,
)
from bot.messages.outbound import (
    Button,
    Card,
    Content,
    Home,
    MessageContent,
    Notice,
    OutboundMessage,
    Reply,
    ThreadHeader,
)
from bot.messages.parts import fit, split
from bot.ports.intake import Intake
from bot.ports.platform import Capabilities, Platform, ThreadRef
from bot.text.sentences import words
from tests.fakes.chat.message import BROKEN_FILE, Message, told
from tests.said import because

NAME = "chat"
PEOPLE = {"ana": "Ana Alves", "dan": "Dan Dietz", "bo": "Bo Berg", "cleo": "Cleo Chen", "lee": "Lee Lund"}
CHANNELS = ("help", "alerts", "lounge", "team-it", "escalations", "operators", "oak-help", "oak-team")
DESK_MENTION = "@deskbell "
TEXT_LIMIT = 500


class Chat:
    """The service and, as a chat platform, the desk's way to it. It outlives the desks that come and go."""

    name = NAME
    capabilities = Capabilities(has_home_pages=True, removes_posts=True)

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.messages: dict[str, Message] = {}
        self.homes: dict[str, Home] = {}
        self.drawn = 0
        self.groups: dict[str, frozenset[str]] = {}
        self.inactive: set[str] = set()
        self.guests: set[str] = set()
        self.bots: set[str] = set()
        self.languages: dict[str, str] = {}
        self.locked: set[str] = set()
        """Channels whose history may not be read."""
        self.with_broken_file: set[str] = set()
        self._posted: dict[str, tuple[str, ...]] = {}
        self._presses = count(1)
        self._intake: Intake | None = None
        self._closed = asyncio.Event()
        self.is_cut = False
        """Whether the connection is down while both sides live on."""

    # What people do.

    async def says(
        self, who: str, channel: str, text: str, *, thread: str | None = None, quote: str = ""
    ) -> str:
        message = self._add(channel=channel, thread=thread, author=who, text=text)
        message.quote = quote
        await self._pass_on(self._posted_event(message))
        return message.id

    async def edits(self, message_id: str, text: str) -> None:
        message = self.messages[message_id]
        message.text, message.revision = text, message.revision + 1
        await self._pass_on(self._edited_event(message))

    async def deletes(self, message_id: str) -> None:
        message = self.messages[message_id]
        message.is_deleted = True
        await self._pass_on(self._deleted_event(message))

    async def marks(self, who: str, message_id: str, mark: str) -> None:
        message = self.messages[message_id]
        message.marks.append((who, mark))
        if self._intake is not None and self._intake.wants_mark(self._ref(message), mark):
            await self._pass_on(self._marked_event(message, who, mark))

    async def presses(self, who: str, message: Message, label: str) -> Reply | None:
        content = message.content
        assert isinstance(content, Notice | Card)
        button = next(each for each in content.buttons if each.label == label)
        return await self.chooses(who, button, channel=message.channel, thread=message.thread)

    async def chooses(
        self, who: str, button: Button, *, channel: str, thread: str | None = None
    ) -> Reply | None:
        assert self._intake is not None
        about = self.messages.get(button.options.get("message", ""))
        return await self._intake.take(
            VerbChosen(
                key=f"{NAME}:press:{next(self._presses)}",
                actor=self.person(who),
                location=self._place(channel, thread),
                at=self.now(),
                verb=button.verb,
                ticket=button.ticket,
                options=button.options,
                about=self._posted_event(about) if about is not None else None,
            )
        )

    async def orders(
        self,
        who: str,
        verb: str,
        ticket: str | None = None,
        *,
        channel: str = "team-it",
        thread: str | None = None,
        **options: str,
    ) -> Reply | None:
        """Use a command with its options filled in."""
        button = Button(label=verb, verb=verb, ticket=ticket, options=options)
        return await self.chooses(who, button, channel=channel, thread=thread)

    async def opens_home(self, who: str, *, time: int = 1) -> None:
        person = self.person(who)
        location = Location(channel=ChannelRef.home(person.key))
        await self._pass_on(
            HomeOpened(key=f"{NAME}:home:{who}:{time}", actor=person, location=location, at=self.now())
        )

    def edited_event(self, message_id: str) -> MessageEdited:
        """The event of the newest edit, to be delivered at another time."""
        return self._edited_event(self.messages[message_id])

    def reads_channel(self, channel: str, *, thread: str | None = None) -> list[str]:
        """What the desk's messages in a channel or thread say."""
        return [told(each.content) for each in self.posted(channel, thread=thread)]

    def posted(self, channel: str, *, thread: str | None = None) -> list[Message]:
        return [
            each for each in self._there(channel, thread) if each.content is not None and not each.is_deleted
        ]

    def person(self, who: str) -> Person:
        return Person(
            key=f"{NAME}:{who}",
            name=PEOPLE.get(who, who),
            groups=self.groups.get(who, frozenset()),
            language=self.languages.get(who, "en"),
            is_bot=who in self.bots,
            is_active=who not in self.inactive,
            is_guest=who in self.guests,
            picture=f"https://chat.example/{who}.png",
        )

    # What the desk does.

    def parts(self) -> Platform:
        return Platform(
            capabilities=self.capabilities, sender=self, receiver=self, history=self, diagnostics=self
        )

    @property
    def is_connected(self) -> bool:
        return self._intake is not None and not self.is_cut

    @property
    def outage(self) -> Sentence | None:
        return because("The chat was cut.") if self.is_cut else None

    async def listen(self, intake: Intake) -> None:
        self._closed.clear()
        self._intake = intake
        await self._closed.wait()

    async def close(self) -> None:
        self._intake = None
        self._closed.set()

    async def deliver(self, message: OutboundMessage) -> Delivery:
        channel = message.address.channel
        if isinstance(message.content, Home):
            self.drawn += 1
            self.homes[(channel.home_of or "").removeprefix(f"{NAME}:")] = message.content
            return Delivered((f"home of {channel.home_of}",))
        if isinstance(message.content, ThreadHeader):
            return shows_no(message.content, platform="The chat")
        if channel.channel not in CHANNELS and not channel.is_direct:
            return RefusedByPlatform(because(f"There is no channel `{channel.channel}`. Make it."))
        shown = message.shown or self._posted.get(message.key, ())
        if message.content is None:
            for part in shown:
                self.messages[part].is_deleted = True
            return Delivered(())
        return (
            self._change(message.content, shown, language=message.language)
            if shown
            else self._post(message, message.content)
        )

    async def past_events(
        self, channel: ChannelRef, *, since: datetime, thread: str | None = None
    ) -> AsyncIterator[InboundEvent]:
        if not self.is_connected:
            raise HistoryUnavailable(because("The chat is not connected yet."))
        if channel.channel in self.locked:
            raise HistoryUnavailable(because(f"the desk may not read #{channel.channel}"))
        first = [self.messages[thread]] if thread in self.messages else []
        there = [*first, *(each for each in self._there(channel.channel, thread) if each.at >= since)]
        for message in there:
            if message.content is None:
                for event in self._remembered(message):
                    yield event

    async def quiet_threads(self, threads: Collection[ThreadRef], *, since: datetime) -> frozenset[ThreadRef]:
        """Those whose first message is there and whose last reply is older; a locked channel tells nothing."""
        return frozenset(
            each
            for each in threads
            if each.channel.channel not in self.locked
            and each.root in self.messages
            and all(reply.at < since for reply in self._there(each.channel.channel, each.root))
        )

    async def direct_channels(self) -> Sequence[ChannelRef]:
        names = dict.fromkeys(each.channel for each in self.messages.values() if each.channel[0] == "@")
        return [ChannelRef(NAME, name) for name in names]

    async def diagnose(self, desk: Desk) -> Sequence[Finding]:
        return [
            Finding(
                severity=Severity.ERROR, sentence=because(f"There is no channel `{inbox.channel.channel}`.")
            )
            for inbox in desk.inboxes.values()
            if inbox.channel.platform == NAME and inbox.channel.channel not in CHANNELS
        ]

    async def known_addresses(self, addresses: Collection[str]) -> frozenset[str]:
        """Nobody there has an address."""
        del addresses
        return frozenset()

    def _there(self, channel: str, thread: str | None) -> Iterator[Message]:
        return (each for each in self.messages.values() if (each.channel, each.thread) == (channel, thread))

    def _remembered(self, message: Message) -> Iterator[InboundEvent]:
        """A deleted message leaves a trace only where it has replies."""
        if message.is_deleted:
            if any(self._there(message.channel, message.id)):
                yield self._deleted_event(message)
            return
        yield self._posted_event(message)
        if message.revision:
            yield self._edited_event(message)
        for who, mark in message.marks:
            yield self._marked_event(message, who, mark)

    def _add(
        self,
        *,
        channel: str,
        thread: str | None,
        author: str,
        text: str = "",
        content: Content | None = None,
    ) -> Message:
        message = Message(
            id=f"m{len(self.messages) + 1}",
            channel=channel,
            thread=thread,
            author=author,
            at=self.now(),
            text=text,
            content=content,
        )
        self.messages[message.id] = message
        return message

    def _post(self, message: OutboundMessage, content: MessageContent) -> Delivery:
        channel, thread = message.address.channel.channel, message.address.thread
        if self._is_gone(thread):
            return RootGone(because("The first message of the thread was deleted."))
        parts = split(content, limit=TEXT_LIMIT)
        ids = tuple(
            self._add(channel=channel, thread=thread, author="desk", content=part).id for part in parts
        )
        self._posted[message.key] = ids
        return Delivered(ids)

    def _is_gone(self, thread: str | None) -> bool:
        return thread is not None and (thread not in self.messages or self.messages[thread].is_deleted)

    def _change(self, content: MessageContent, shown: tuple[str, ...], *, language: str) -> Delivery:
        ending = words(language, "platforms.shortened", command="ticket show")
        parts = fit(content, limit=TEXT_LIMIT, count=len(shown), ending=ending)
        for message_id, part in zip(shown, parts, strict=False):
            self.messages[message_id].content = part
        for message_id in shown[len(parts) :]:
            self.messages[message_id].is_deleted = True
        return Delivered(shown[: len(parts)])

    async def _pass_on(self, event: InboundEvent) -> None:
        if self._intake is None or self.is_cut:
            return
        try:
            await self._intake.take(event)
        except StorageUnavailable:
            return  # a gateway does not repeat it

    def _ref(self, message: Message) -> ChannelRef:
        return ChannelRef(NAME, message.channel)

    def _location(self, message: Message) -> Location:
        return self._place(message.channel, message.thread)

    def _place(self, channel: str, thread: str | None) -> Location:
        return Location(channel=ChannelRef(NAME, channel), thread=thread)

    def _posted_event(self, message: Message) -> MessagePosted:
        return MessagePosted(
            key=message_key(self._ref(message), message.id),
            actor=self.person(message.author),
            location=self._location(message),
            at=message.at,
            message_id=message.id,
            text=message.text.removeprefix(DESK_MENTION),
            files=(BROKEN_FILE,) if message.id in self.with_broken_file else (),
            mentions_desk=message.text.startswith(DESK_MENTION),
            revision=f"{message.revision:06}" if message.revision else "",
            quote=message.quote,
        )

    def _edited_event(self, message: Message) -> MessageEdited:
        revision = f"{message.revision:06}"
        return MessageEdited(
            key=f"{message_key(self._ref(message), message.id)}:{revision}",
            actor=self.person(message.author),
            location=self._location(message),
            at=self.now(),
            message_id=message.id,
            text=message.text,
            revision=revision,
        )

    def _deleted_event(self, message: Message) -> MessageDeleted:
        return MessageDeleted(
            key=deletion_key(self._ref(message), message.id),
            actor=self.person(message.author),
            location=self._location(message),
            at=self.now(),
            message_id=message.id,
        )

    def _marked_event(self, message: Message, who: str, mark: str) -> MessageMarked:
        return MessageMarked(
            key=f"{message_key(self._ref(message), message.id)}:{mark}:{who}",
            actor=self.person(who),
            location=self._location(message),
            at=self.now(),
            mark=mark,
            about=self._posted_event(message),
        )
