"""Storage as the help desk sees it: one transaction, its repositories, and the one asynchronous door.

A transaction is a plain function over a `UnitOfWork`; `await storage.run(function)` carries it to a
database thread and commits when it returns, rolls back when it raises. Nothing here awaits. The ticket
is locked first, then everything else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from bot.domain.absence import Absence
from bot.domain.conversation import Conversation, TicketMessage
from bot.domain.directory import ChannelRef, Person
from bot.domain.escalation import Escalation
from bot.domain.events import Event
from bot.domain.rota import Shift
from bot.domain.sla import SlaTimer
from bot.domain.ticket import Status, Ticket

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFilter:
    """Which tickets; None means any. `statuses` empty means all that are neither resolved nor closed."""

    teams: frozenset[str] | None = None
    assignee: str | None = None
    is_unassigned: bool = False
    requester: str | None = None
    statuses: frozenset[Status] = frozenset()
    resolved_before: datetime | None = None
    origin: ChannelRef | None = None
    opened_since: datetime | None = None


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

    def save(self, ticket: Ticket) -> None:
        """Write a locked ticket back; `version` grows by one."""
        ...

    def search(self, wanted: TicketFilter, *, limit: int = 50) -> Sequence[Ticket]:
        """Most urgent first, then oldest first."""
        ...

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

    def history(self, message_id: int) -> Sequence[tuple[int, str, datetime]]:
        """Every revision of a message: (revision, text, when), oldest first."""
        ...


class RowKind(StrEnum):
    """What an outbox row is about; see `is_state`."""

    ACKNOWLEDGEMENT = "acknowledgement"
    CARD = "card"
    COPY = "copy"
    NOTICE = "notice"
    PING = "ping"
    HOME = "home"
    TRANSCRIPT = "transcript"

    @property
    def is_state(self) -> bool:
        """Whether it says what should be true; a notice, a ping or a transcript happens once."""
        return self not in (RowKind.NOTICE, RowKind.PING, RowKind.TRANSCRIPT)


class RowState(StrEnum):
    """due → leased → settled; `parked` waits for an operator because its thread is gone; `dead` failed for good."""

    DUE = "due"
    LEASED = "leased"
    SETTLED = "settled"
    DEAD = "dead"
    PARKED = "parked"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """A row claimed for delivery, with the conversation it goes to.

    `subject` is the ticket's id (acknowledgement, card) or the message's (copy). `wanted` is the revision
    asked for when the row was claimed and `shown` the one delivered last (0: none). `parts` are the
    platform's ids of what is shown. `is_retry`: an earlier attempt's outcome may be unknown.
    """

    id: int
    kind: RowKind
    conversation: Conversation
    subject: int
    payload: Mapping[str, Any] = field(default_factory=dict)
    wanted: int = 1
    shown: int = 0
    parts: tuple[str, ...] = ()
    attempts: int = 0
    is_retry: bool = False
    lease: str = ""
    state: RowState = RowState.DUE
    last_error: str = ""
    created_at: datetime


class Outbox(Protocol):
    """What another person must still see. Order holds within a conversation among rows not yet shown.

    A row that has never been shown waits for every earlier unsettled, never-shown row of its conversation;
    edits of what is shown neither wait nor hold others up. Rows other than the conversation's first wait
    until its root is known.
    """

    def want(
        self, kind: RowKind, *, conversation: int, subject: int, now: datetime, is_root: bool = False
    ) -> None:
        """State row: what is shown should match the present state. Many wishes become one delivery.

        `is_root`: delivering it gives the conversation its root.
        """
        ...

    def tell(
        self,
        kind: RowKind,
        *,
        conversation: int,
        key: str,
        payload: Mapping[str, Any],
        now: datetime,
        subject: int = 0,
        is_urgent: bool = False,
    ) -> None:
        """Once row: `payload` (JSON) is rendered when sent. A second call with the same key does nothing.

        `is_urgent` rows are claimed before others.
        """
        ...

    def claim(self, *, limit: int, lease: timedelta) -> Sequence[OutboxRow]:
        """Lease due rows whose turn it is, at most one not-yet-shown row a conversation."""
        ...

    def settle(self, row: OutboxRow, *, parts: tuple[str, ...] | None) -> None:
        """It is so: `parts` are shown now (None: unchanged). Due again if more was wanted meanwhile.

        Ignored when the lease was lost. Sets the conversation's root when the row is its root.
        """
        ...

    def postpone(self, row: OutboxRow, *, after: timedelta, error: str, is_counted: bool) -> None:
        """Try again after this long (monotonic time); `is_counted` adds to `attempts`."""
        ...

    def give_up(self, row: OutboxRow, state: RowState, *, error: str) -> None:
        """DEAD, PARKED or DROPPED. A dead root parks the rows of its conversation that wait for it."""
        ...

    def park_conversation(self, conversation_id: int, *, error: str) -> None:
        """The thread is gone: every unsettled row of it is parked."""
        ...

    def rescue(self) -> int:
        """Make rows whose lease ran out due again, as retries; returns how many."""
        ...

    def listing(self, states: Iterable[RowState], *, limit: int = 50) -> Sequence[OutboxRow]:
        """For operators: newest first."""
        ...

    def get(self, row_id: int) -> OutboxRow | None: ...

    def retry(self, row_id: int) -> bool:
        """Make a dead or parked row due again; False when there is no such row."""
        ...

    def drop(self, row_id: int) -> bool:
        """Settle a dead or parked row unsent; False when there is no such row."""
        ...

    def count_by_state(self) -> Mapping[RowState, int]: ...


class SlaTimers(Protocol):
    def copy_policy(self, body: Mapping[str, Any]) -> str:
        """Keep a policy's copy by its content and return its key; the same body is kept once."""
        ...

    def policy(self, key: str) -> Mapping[str, Any]: ...

    def add(self, timers: Sequence[SlaTimer]) -> None: ...

    def of_ticket(self, ticket_id: int) -> Sequence[SlaTimer]: ...

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
        """People whose key, id, name or e-mail address is `text`, ignoring letter case and a leading @."""
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

    def under_way(self, tickets: Iterable[int]) -> Sequence[Escalation]:
        """Those of these tickets that are not over, oldest first."""
        ...

    def lock_due_tickets(self, now: datetime, *, limit: int) -> Sequence[Ticket]:
        """Tickets with a ladder whose next step has come, soonest first, locked; not those another replica holds."""
        ...


class Covers(Protocol):
    """Who stands in for whom in which rota."""

    def add(self, rota: str, shift: Shift, *, made_by: str) -> None: ...

    def of(self, rota: str, *, since: datetime) -> Sequence[Shift]:
        """Those that end later than this, oldest first."""
        ...


class Absences(Protocol):
    """Who is away; each person once."""

    def put(self, absence: Absence) -> None:
        """In the place of what was said of this person before."""
        ...

    def end(self, person: str) -> None: ...

    def at(self, now: datetime) -> Mapping[str, Absence]:
        """Everybody who is away at this instant, by their keys."""
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
