"""Storage as the help desk sees it: one transaction, its repositories, and the one asynchronous door.

A transaction is a plain function over a `UnitOfWork`; `await storage.run(function)` carries it to a
database thread and commits when it returns, rolls back when it raises. Nothing here awaits. The ticket
is locked first, then everything else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from bot.domain.absence import Absence
from bot.domain.conversation import Conversation, TicketMessage
from bot.domain.directory import ChannelRef, Person
from bot.domain.escalation import Escalation
from bot.domain.events import Event
from bot.domain.rota import Cover, Shift
from bot.domain.sla import SlaTimer
from bot.domain.ticket import Status, Ticket
from bot.ports.boards import Boards
from bot.ports.outbox import Outbox
from bot.ports.reports import Reports

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFilter:
    """Which tickets; None means any. `statuses` empty means all that are neither resolved nor closed.

    `holding` is what the reference or the subject holds, in large or small letters; since databases do not agree
    which letters besides a to z are the same, any other stands for any one letter.
    """

    teams: frozenset[str] | None = None
    assignee: str | None = None
    is_unassigned: bool = False
    requester: str | None = None
    statuses: frozenset[Status] = frozenset()
    resolved_before: datetime | None = None
    origin: ChannelRef | None = None
    opened_since: datetime | None = None
    opened_before: datetime | None = None
    """Included."""
    holding: str = ""


class Tickets(Protocol):
    def add(self, ticket: Ticket) -> None:
        """Insert a ticket that has no number yet."""
        ...

    def take_number(self, ticket: Ticket) -> None:
        """Give the ticket its gap-free number; the last statement of the transaction that opens it."""
        ...

    def lock(self, ticket_id: int) -> Ticket:
        """Load and lock until the commit. Raises TicketNotFound."""
        ...

    def find(self, prefix: str, number: int) -> Ticket | None:
        """By the number people say, in any letter case of the prefix; not locked."""
        ...

    def get(self, ticket_id: int) -> Ticket:
        """Load without locking. Raises TicketNotFound."""
        ...

    def get_many(self, ids: Iterable[int]) -> Mapping[int, Ticket]:
        """Those of these tickets that there are, by their ids; not locked."""
        ...

    def save(self, ticket: Ticket) -> None:
        """Write a locked ticket back; `version` grows by one."""
        ...

    def search(self, wanted: TicketFilter, *, limit: int = 50) -> Sequence[Ticket]:
        """Most urgent first, then oldest first."""
        ...

    def walk(self, wanted: TicketFilter, *, after: int = 0, limit: int = 500) -> Sequence[Ticket]:
        """In the order of their ids, beginning behind `after`: page by page, none is missed and none comes twice."""
        ...

    def count(self, wanted: TicketFilter) -> int: ...

    def newest_of(self, requester: str, origin: ChannelRef) -> Ticket | None:
        """The ticket that this person opened last in this channel; not locked."""
        ...

    def count_live_by_assignee(self, people: Iterable[str]) -> Mapping[str, int]:
        """How many live tickets each of these people has; everybody asked for is in the answer."""
        ...

    def last_assignee(self, team: str) -> str | None:
        """Who has the newest of this team's assigned tickets."""
        ...

    def count_by_status(self) -> Mapping[tuple[str, Status], int]:
        """Number of tickets by team and status."""
        ...


class Conversations(Protocol):
    def add(self, *conversations: Conversation) -> None: ...

    def find(self, channel: ChannelRef, root: str) -> Conversation | None:
        """The conversation whose thread starts with this message."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[Conversation]:
        """Oldest first, retired ones included."""
        ...

    def read_ahead(self, tickets: Iterable[int]) -> None:
        """Read those of these tickets, which are locked, in one statement: `of_ticket` answers from it afterwards."""
        ...

    def unfinished_in(self, channel: ChannelRef, *, requester: str) -> Conversation | None:
        """The requester's of their newest ticket there that is worked on, else of the newest that is resolved.

        Neither a closed ticket's nor a retired one.
        """
        ...

    def get(self, conversation_id: int) -> Conversation: ...

    def save(self, conversation: Conversation) -> None: ...

    def of_channel(self, channel: ChannelRef) -> Conversation:
        """The channel-wide conversation (`Side.CHANNEL`) for pings and other posts of no one ticket; made if new."""
        ...


class Messages(Protocol):
    def add(self, message: TicketMessage) -> None:
        """Insert, with its first revision in the history."""
        ...

    def find(self, channel: ChannelRef, platform_id: str) -> TicketMessage | None:
        """By the platform's id in the channel it was said in."""
        ...

    def get(self, message_id: int) -> TicketMessage: ...

    def revise(self, message: TicketMessage, *, at: datetime) -> None:
        """Write an edited or deleted message back; the older text stays in the history."""
        ...

    def move(self, message: TicketMessage) -> None:
        """Write back which ticket and conversation a message belongs to; its history goes with it."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[TicketMessage]:
        """In the order they were said."""
        ...

    def first_words(self, ids: Iterable[int]) -> Mapping[int, str]:
        """What each of these tickets was opened with, before any edit; tickets without a message are left out."""
        ...

    def history(self, message_id: int) -> Sequence[tuple[int, str, datetime]]:
        """Every revision of a message: (revision, text, when), oldest first."""
        ...


class SlaTimers(Protocol):
    def copy_policy(self, body: Mapping[str, Any]) -> str:
        """Keep a policy's copy by its content and return its key; the same body is kept once."""
        ...

    def policy(self, key: str) -> Mapping[str, Any]: ...

    def add(self, timers: Sequence[SlaTimer]) -> None: ...

    def of_ticket(self, ticket_id: int) -> Sequence[SlaTimer]: ...

    def of_tickets(self, ids: Iterable[int]) -> Mapping[int, Sequence[SlaTimer]]:
        """By ticket, oldest first; every ticket asked for is in the answer."""
        ...

    def save(self, timer: SlaTimer) -> None: ...

    def lock_due_tickets(self, now: datetime, *, limit: int) -> Sequence[Ticket]:
        """Tickets that have a running timer whose `next_at` has come, soonest first, locked.

        Tickets that another replica holds locked are left to it.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the audit log. `event` is the event class's name, `details` its other fields as JSON."""

    ticket_id: int | None
    event: str
    actor: str
    at: datetime
    details: Mapping[str, Any]


class AuditLog(Protocol):
    """Append-only: there is no way to change or remove an entry."""

    def append(self, ticket_id: int | None, events: Sequence[Event]) -> None: ...

    def of_ticket(self, ticket_id: int) -> Sequence[AuditEntry]:
        """Oldest first."""
        ...

    def of_tickets(self, ids: Iterable[int]) -> Mapping[int, Sequence[AuditEntry]]:
        """The same for many tickets at once; everyone asked for is in the answer."""
        ...

    def recent(self, *, limit: int = 50) -> Sequence[AuditEntry]:
        """Newest first."""
        ...


class People(Protocol):
    def remember(self, person: Person) -> None:
        """Insert or bring up to date; costs nothing when this person is known unchanged."""
        ...

    def hold(self, key: str) -> None:
        """Let nobody else hold this person until the commit; what they have is decided one transaction at a time."""
        ...

    def find(self, key: str) -> Person | None: ...

    def find_many(self, keys: Iterable[str]) -> Mapping[str, Person]: ...

    def search(self, text: str, *, platform: str | None = None) -> Sequence[Person]:
        """People whose key, id, name or e-mail address is `text`, else those with such a handle.

        Letter case and a leading @ are ignored.
        """
        ...

    def members(self, group: str) -> Sequence[Person]:
        """People who are in this group of their platform (`slack:@netops`), by their keys."""
        ...


class Arrival(StrEnum):
    """Whether an inbound event is the first of its key."""

    FIRST = "first"
    REPEATED = "repeated"


class InboundEvents(Protocol):
    def arrive(self, key: str, *, now: datetime) -> Arrival:
        """Note that an event of this key is being handled in this transaction."""
        ...

    def keep_early(self, message_key: str, change: Mapping[str, Any], *, now: datetime) -> None:
        """Keep an edit or deletion that came before its message; the newest `revision` wins."""
        ...

    def take_early(self, message_key: str) -> Mapping[str, Any] | None:
        """What was kept for this message, once."""
        ...

    def forget_before(self, at: datetime) -> int:
        """Drop keys older than this; returns how many."""
        ...


class Watermarks(Protocol):
    """Up to when everything that was said is known to be committed: by platform, or a channel held back."""

    def all(self) -> Mapping[str, datetime]: ...

    def move(self, name: str, *, to: datetime) -> None:
        """Forward only: an earlier instant changes nothing."""
        ...

    def hold(self, name: str, *, at: datetime) -> None:
        """Backward only: what was said since then is to be read again."""
        ...

    def forget(self, name: str) -> None: ...


class Escalations(Protocol):
    """Ladders being climbed, and those that were."""

    def add(self, escalation: Escalation) -> None: ...

    def save(self, escalation: Escalation) -> None: ...

    def of_ticket(self, ticket_id: int) -> Sequence[Escalation]:
        """Oldest first, those that are over included."""
        ...

    def get_many(self, ids: Iterable[int]) -> Mapping[int, Escalation]:
        """Those of these escalations that there are, by their ids."""
        ...

    def note_told(self, ids: Iterable[int], *, key: str) -> None:
        """The once row of this key tells of these escalations."""
        ...

    def under_way(self, tickets: Iterable[int]) -> Sequence[Escalation]:
        """Those of these tickets that are not over, oldest first."""
        ...

    def lock_due_tickets(self, now: datetime, *, limit: int) -> Sequence[Ticket]:
        """Tickets with a ladder whose next step has come, soonest first, locked; not those another replica holds."""
        ...


class Covers(Protocol):
    """Who stands in for whom in which rota."""

    def add(self, rota: str, shift: Shift, *, made_by: str) -> None: ...

    def of(self, rota: str, *, since: datetime) -> Sequence[Cover]:
        """Those that end later than this, oldest first."""
        ...

    def end(self, cover: Cover, *, at: datetime) -> None:
        """It holds no longer than until then; one that has not begun never does."""
        ...


class Absences(Protocol):
    """Who is away; each person once."""

    def put(self, absence: Absence) -> None:
        """In the place of what was said of this person before."""
        ...

    def end(self, person: str) -> None: ...

    def since(self, now: datetime) -> Sequence[Absence]:
        """Those that are not over by then, by their persons; some may not have begun."""
        ...


class Watches(Protocol):
    """What has been told of something that is watched, so that it is told once, whoever watches."""

    def all(self) -> Mapping[str, str]:
        """What was told last, by the name of what is watched."""
        ...

    def tell(self, name: str, *, was: str, told: str) -> bool:
        """From now on this has been told; False when meanwhile something other than `was` has been ("": nothing)."""
        ...


class UnitOfWork(Protocol):
    """The repositories of one transaction."""

    tickets: Tickets
    conversations: Conversations
    messages: Messages
    outbox: Outbox
    sla_timers: SlaTimers
    audit_log: AuditLog
    people: People
    inbound_events: InboundEvents
    watermarks: Watermarks
    escalations: Escalations
    covers: Covers
    absences: Absences
    reports: Reports
    watches: Watches
    boards: Boards

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do this once the transaction is committed, and never if it is not; it must not fail."""
        ...

    def new_id(self) -> int:
        """A fresh id for a ticket, conversation, message or timer: 63 bits, roughly growing with time."""
        ...


class Storage(Protocol):
    """The door. Both raise StorageUnavailable when the database is gone, read-only or full."""

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run in one transaction and commit. A cancelled wait does not stop it: its outcome is unknown."""
        ...

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run on a read-only connection that never delays a writer."""
        ...

    def on_commit(self, wake: Callable[[], None]) -> None:
        """Call this, on the event loop's thread, after commits that left outbox rows due."""
        ...

    async def close(self) -> None: ...
