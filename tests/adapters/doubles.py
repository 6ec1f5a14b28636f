"""Stand-ins for the desk behind the adapter: an intake that records, and files in memory."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import StorageUnavailable
from bot.domain.tickets.conversation import StoredFile
from bot.keyed_lock import KeyedLock
from bot.messages.inbound import (
    CommandGiven,
    InboundEvent,
    Location,
    MessagePosted,
    SuggestionsWanted,
    VerbChosen,
    conversation_of,
)
from bot.messages.outbound import Form, FormRefused, Reply, RichText
from bot.ports.intake import CommandHelp, Take
from tests.said import because

PUBLIC_URL = "https://desk.example.org"
"""Under which people open the desks of these tests, whatever port they listen on."""


class RecordingIntake:
    """Takes everything once by key and in each conversation's order, as the desk does, and remembers it.

    `answer` is what each take answers; `forms` are offered by verb, `next_forms` after a first step; `marks` are the
    wanted reactions.
    """

    def __init__(self) -> None:
        self.events: list[InboundEvent] = []
        self.attempts = 0
        self.failures: list[Exception] = []
        self.answer: Reply | None = None
        self.forms: dict[str, Form] = {}
        self.next_forms: dict[str, Form] = {}
        self.marks: set[str] = set()
        self.named: frozenset[str] = frozenset()
        self.met: list[Person] = []
        self.gaps: list[tuple[datetime, datetime]] = []
        self.bytes_of: dict[str, bytes] = {}
        self._taken: set[str] = set()
        self.helps: Sequence[CommandHelp] = ()
        self.suggestions: Sequence[tuple[str, str]] = ()
        self.wanted: list[SuggestionsWanted] = []
        self.closed: list[VerbChosen] = []
        self.writers: list[tuple[Person, Location]] = []
        self.who_writes: RichText = ()
        self.served: dict[str, str] = {}
        self._conversations = KeyedLock()
        self.holds: asyncio.Event | None = None
        """Nothing is taken before it is set."""

    async def take(self, event: InboundEvent) -> Reply | None:
        async with self.turn(conversation_of(event)) as take:
            return await take(event)

    @asynccontextmanager
    async def turn(self, conversation: str) -> AsyncIterator[Take]:
        async with self._conversations.enter(conversation):
            yield self._take

    async def _take(self, event: InboundEvent) -> Reply | None:
        self.attempts += 1
        if self.holds is not None:
            await self.holds.wait()
        if self.failures:
            raise self.failures.pop(0)
        if event.key in self._taken:
            return None
        if not isinstance(self.answer, FormRefused):
            # What is refused is undone, so that it can be sent again.
            self._taken.add(event.key)
        if isinstance(event, MessagePosted):
            for file in event.files:
                self.bytes_of[file.name] = b"".join([chunk async for chunk in file.read()])
        self.events.append(event)
        return self.answer

    def form_for(self, event: CommandGiven | VerbChosen) -> Form | None:
        if isinstance(event, CommandGiven):
            return self.forms.get(f"{event.group} {event.words}")
        return (self.next_forms if event.is_form else self.forms).get(event.verb)

    def form_closed(self, event: VerbChosen) -> None:
        self.closed.append(event)

    async def writing(self, actor: Person, location: Location) -> RichText:
        self.writers.append((actor, location))
        return self.who_writes

    def language(self) -> str:
        return "en"

    def command_helps(self) -> Sequence[CommandHelp]:
        return self.helps

    def command_groups(self, actor: Person) -> frozenset[str]:
        return frozenset(each.group for each in self.command_helps())

    async def suggest(self, wanted: SuggestionsWanted) -> Sequence[tuple[str, str]]:
        self.wanted.append(wanted)
        if self.holds is not None:
            await self.holds.wait()
        if self.failures:
            raise self.failures.pop(0)
        return self.suggestions

    def communities(self, platform: str) -> Mapping[str, str]:
        return self.served

    def wants_mark(self, channel: ChannelRef, mark: str) -> bool:
        return mark in self.marks

    def named_people(self) -> frozenset[str]:
        return self.named

    async def meet(self, people: Sequence[Person]) -> None:
        self.met += people

    async def was_away(self, platform: str, *, since: datetime, until: datetime) -> None:
        self.gaps.append((since, until))

    def database_is_gone(self, *, times: int = 1) -> None:
        self.failures += [StorageUnavailable(because("The database cannot be written."))] * times

    def of(self, kind: type[InboundEvent]) -> list[InboundEvent]:
        return [event for event in self.events if isinstance(event, kind)]

    def has(self, count: int) -> Callable[[], bool]:
        return lambda: len(self.events) >= count


class MemoryFiles:
    """A file store in memory."""

    def __init__(self) -> None:
        self.bytes_of: dict[str, bytes] = {}

    def put(self, name: str, content: bytes, *, media_type: str = "text/plain") -> StoredFile:
        digest = hashlib.sha256(content).hexdigest()
        self.bytes_of[digest] = content
        return StoredFile(name=name, media_type=media_type, size=len(content), digest=digest)

    async def keep(self, chunks: AsyncIterator[bytes], *, name: str, media_type: str) -> StoredFile:
        return self.put(name, b"".join([chunk async for chunk in chunks]), media_type=media_type)

    async def has(self, digest: str) -> bool:
        return digest in self.bytes_of

    async def read(self, digest: str) -> AsyncIterator[bytes]:
        if digest not in self.bytes_of:
            raise FileNotFoundError(digest)
        yield self.bytes_of[digest]
