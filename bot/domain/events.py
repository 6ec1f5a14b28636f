"""What happened to a ticket, in past participles: written to the audit log and turned into announcements.

Each event is small, frozen and serialisable: strings, numbers, tuples of strings and instants only.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`actor` is a person's key or `desk`; `at` is desk time, UTC."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpened(Event):
    why_here: str
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAssigned(Event):
    before: str | None
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReleased(Event):
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityChanged(Event):
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsChanged(Event):
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTransferred(Event):
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged(Event):
    """`reason` is a resolution, a third party's name, or why it was closed; it may be shown to the requester."""

    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstResponseGiven(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class NextResponseGiven(Event):
    """An agent's public word after the first: it answers what was asked since, and is news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyAwaited(Event):
    """The requester spoke after the first response: from now on an answer is owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyApplied(Event):
    """An SLA policy runs the ticket's clocks from now on: `copy` is the key of its copy, `why` what chose it."""

    policy: str
    copy: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAdded(Event):
    """A request, public reply or internal note; `kind` is a `MessageKind`."""

    message: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(Event):
    message: int
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted(Event):
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSeparated(Event):
    """A message that was added to this ticket became part of a ticket of its own."""

    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaStageReached(Event):
    """A timer entered a stage, due at `due_at`.

    `share` is that of its target (0.8 is a warning, 1.0 the breach); None for a stage at which so much time
    was left as `stage` says.
    """

    measure: str
    stage: str
    share: float | None
    due_at: datetime
    late_by_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmAcknowledged(Event):
    """Somebody sees to a warning or breach, so nobody else is called until the next stage."""

    measure: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSnoozed(Event):
    """Nobody is called before `until`; then people are reminded, and the ladder goes on."""

    measure: str
    stage: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStepTaken(Event):
    """Nobody had acknowledged it, so step `number` of the stage's ladder was taken; 1 is the first.

    `called` are the keys of the people who were called.
    """

    measure: str
    stage: str
    number: int
    called: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterLeft(Event):
    """Who asked is no longer in the server that they asked in; `community` is its reference, or empty."""

    community: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(Event):
    """A message could not be delivered and was set aside for an operator."""

    kind: str
    error: str
