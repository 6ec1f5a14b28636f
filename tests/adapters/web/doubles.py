"""Stand-ins for the desk behind the workspace: an intake, a file store and a clock that tests control."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import FileTooLarge, StorageUnavailable
from bot.domain.tickets.conversation import StoredFile
from bot.keyed_lock import KeyedLock
from bot.messages.inbound import (
    CommandGiven,
    InboundEvent,
    Location,
    SuggestionsWanted,
    VerbChosen,
    conversation_of,
)
from bot.messages.outbound import Form, Reply, RichText
from bot.ports.intake import CommandHelp, Take
from tests.said import because

PATIENCE_S = 5.0

HELPS = (
    CommandHelp(group="ticket", verb="open", usage="open TEXT", summary="Ask for help.", for_agents=False),
    CommandHelp(
        group="ticket", verb="show", usage="show [TICKET]", summary="See a ticket.", for_agents=False
    ),
    CommandHelp(
        group="desk", verb="claim", usage="claim [TICKET]", summary="Take a ticket.", for_agents=True
    ),
)


class RecordingIntake:
    """Takes everything, one event of a conversation at a time as the desk does, and remembers it in order.

    `failures` are raised by the next takes, `failures_after` once they have taken theirs; while `gate` is
    closed, takes wait. `most_at_once` counts those of one conversation that were offered at the same time.
    """

    def __init__(self) -> None:
        self.events: list[InboundEvent] = []
        self.attempts = 0
        self.failures: list[Exception] = []
        self.failures_after: list[Exception] = []
        self.answers: list[Reply | None] = []
        self.form: Form | None = None
        self.closed: list[VerbChosen] = []
        self.writers: list[tuple[Person, Location]] = []
        self.who_writes: RichText = ()
        self.gaps: list[tuple[datetime, datetime]] = []
        self.auth = asyncio.Event()
        self.auth.set()
        self.at_once: dict[str, int] = {}
        self.most_at_once = 0
        self._news = asyncio.Condition()
        self._conversations = KeyedLock()

    async def take(self, event: InboundEvent) -> Reply | None:
        conversation = conversation_of(event)
        self.at_once[conversation] = self.at_once.get(conversation, 0) + 1
        self.most_at_once = max(self.most_at_once, self.at_once[conversation])
        try:
            async with self.turn(conversation) as take:
                return await take(event)
        finally:
            self.at_once[conversation] -= 1

    @asynccontextmanager
    async def turn(self, conversation: str) -> AsyncIterator[Take]:
        async with self._conversations.enter(conversation):
            yield self._take

    async def _take(self, event: InboundEvent) -> Reply | None:
        try:
            self.attempts += 1
            await self._tell()
            await self.auth.wait()
            if self.failures:
                raise self.failures.pop(0)
            self.events.append(event)
            if self.failures_after:
                raise self.failures_after.pop(0)
        finally:
            await self._tell()
        return self.answers.pop(0) if self.answers else None

    def form_for(self, event: CommandGiven | VerbChosen) -> Form | None:
        return self.form

    def form_closed(self, event: VerbChosen) -> None:
        self.closed.append(event)

    async def writing(self, actor: Person, location: Location) -> RichText:
        self.writers.append((actor, location))
        return self.who_writes

    def language(self) -> str:
        return "en"

    def command_helps(self) -> Sequence[CommandHelp]:
        return HELPS

    def command_groups(self, actor: Person) -> frozenset[str]:
        return frozenset({each.group for each in HELPS if actor.key != "web:ana" or not each.for_agents})

    async def suggest(self, wanted: SuggestionsWanted) -> Sequence[tuple[str, str]]:
        return ()

    def communities(self, platform: str) -> Mapping[str, str]:
        return {}

    def wants_mark(self, channel: ChannelRef, mark: str) -> bool:
        return mark == "ticket"

    def named_people(self) -> frozenset[str]:
        return frozenset()

    async def meet(self, people: Sequence[Person]) -> None:
        raise AssertionError("everybody in the workspace is known from its configuration")

    async def was_away(self, platform: str, *, since: datetime, until: datetime) -> None:
        self.gaps.append((since, until))

    async def saw(self, count: int) -> list[InboundEvent]:
        """Wait until this many events were taken."""
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: len(self.events) >= count)
        return self.events

    async def was_asked(self, count: int) -> None:
        """Wait until `take` was called this often."""
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: self.attempts >= count)

    def database_is_gone(self, *, times: int = 1) -> None:
        self.failures += [StorageUnavailable(because("The database cannot be written."))] * times

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


class MemoryFiles:
    """A file store with a cap, in memory."""

    def __init__(self, *, limit: int) -> None:
        self.limit = limit
        self.bytes_of: dict[str, bytes] = {}

    async def keep(self, chunks: AsyncIterator[bytes], *, name: str, media_type: str) -> StoredFile:
        kept = bytearray()
        async for chunk in chunks:
            kept += chunk
            if len(kept) > self.limit:
                raise FileTooLarge
        digest = hashlib.sha256(kept).hexdigest()
        self.bytes_of[digest] = bytes(kept)
        return StoredFile(name=name, media_type=media_type, size=len(kept), digest=digest)

    async def has(self, digest: str) -> bool:
        return digest in self.bytes_of

    async def read(self, digest: str) -> AsyncIterator[bytes]:
        if digest not in self.bytes_of:
            raise FileNotFoundError(digest)
        yield self.bytes_of[digest]


class SetClock:
    """Stands still until it is put forward."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    async def forward(self, by: timedelta, tell: Callable[[datetime], None]) -> datetime:
        """In two jumps; a page hears of the first."""
        self.at += by / 2
        tell(self.at)
        self.at += by / 2
        return self.at
