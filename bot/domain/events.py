"""What happened to a ticket, in past participles: written to the audit log and turned into announcements.

Each event is small, frozen and serialisable: strings, numbers, tuples of strings, instants and sentences that are
still to be said.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from bot.domain.sentence import Sentence

NO_REPLY: Final = "no_reply"
"""The cause of a ticket's resolution where its requester was nudged and said nothing."""
SOLVED_BY_ANSWER: Final = "solved_by_answer"
"""The cause of a ticket's closing where its requester said that what they were shown solved it."""
NO_SIGN: Final = "no_sign"
"""The cause of a release where the assignee gave no sign in time: the claim lapsed."""
NEXT_LEVEL: Final = "next_level"
"""The cause of a transfer by which somebody escalated the ticket to the next level."""
BY_REQUESTER: Final = "by_requester"
"""The cause of a transfer by which a requester chose who reads what was made private."""
NEXT_REGION: Final = "next_region"
"""The cause of a transfer with which a team's day ends: the next region goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`actor` is a person's key or `desk`; `at` is desk time, UTC. `stored_as` is its name in the audit log."""

    stored_as: ClassVar[str]

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpened(Event):
    stored_as: ClassVar[str] = "TicketOpened"
    why_here: Sentence
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketImported(Event):
    """It came in from elsewhere without anybody being told, and runs without clocks until it is put on a policy."""

    stored_as: ClassVar[str] = "TicketImported"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAssigned(Event):
    stored_as: ClassVar[str] = "TicketAssigned"
    before: str | None
    after: str
    why: Sentence | None = None
    """Why the desk chose this person; None where somebody did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReleased(Event):
    """`cause` is empty where somebody did it."""

    stored_as: ClassVar[str] = "TicketReleased"
    before: str
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityChanged(Event):
    stored_as: ClassVar[str] = "PriorityChanged"
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsChanged(Event):
    stored_as: ClassVar[str] = "TagsChanged"
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectChanged(Event):
    stored_as: ClassVar[str] = "SubjectChanged"
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChanged(Event):
    """A custom field was set, or cleared where `after` is empty; both values are in canonical form.

    `label` and `kind` are those of the field then.
    """

    stored_as: ClassVar[str] = "FieldChanged"
    field: str
    label: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTransferred(Event):
    """`cause` is empty where somebody chose the team."""

    stored_as: ClassVar[str] = "TicketTransferred"
    before: str
    after: str
    reason: str | Sentence = ""
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged(Event):
    """`reason` is a resolution, a third party's name, or why it was closed; it may be shown to the requester.

    `cause` is empty where somebody did it; figures tell by it what the desk did itself.
    """

    stored_as: ClassVar[str] = "StatusChanged"
    before: str
    after: str
    reason: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstResponseGiven(Event):
    stored_as: ClassVar[str] = "FirstResponseGiven"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextResponseGiven(Event):
    """An agent's public word after the first: it answers what was asked since, and is news."""

    stored_as: ClassVar[str] = "NextResponseGiven"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyAwaited(Event):
    """The requester spoke after the first response: from now on an answer is owed."""

    stored_as: ClassVar[str] = "ReplyAwaited"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyApplied(Event):
    """An SLA policy runs the ticket's clocks from now on: `copy` is the key of its copy, `why` what chose it."""

    stored_as: ClassVar[str] = "PolicyApplied"
    policy: str
    copy: str
    why: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAdded(Event):
    """A request, public reply or internal note; `kind` is a `MessageKind`."""

    stored_as: ClassVar[str] = "MessageAdded"
    message: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReplyTakenBack(Event):
    """What an agent was about to tell the requester was taken back before it left."""

    stored_as: ClassVar[str] = "HeldReplyTakenBack"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReplyRefused(Event):
    """What an agent was about to tell the requester could not be done any more when it was to leave."""

    stored_as: ClassVar[str] = "HeldReplyRefused"
    reason: Sentence
    held: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMessageEdited(Event):
    stored_as: ClassVar[str] = "MessageEdited"
    message: int
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMessageDeleted(Event):
    stored_as: ClassVar[str] = "MessageDeleted"
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMessageRecalled(Event):
    """Something that was sent by a command, button or form was taken back; its team can still read what it said.

    `author` is the key of who had written it. `is_owed`: it was the requester's answer, which is owed again.
    """

    stored_as: ClassVar[str] = "MessageRecalled"
    message: int
    author: str
    is_owed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSeparated(Event):
    """A message that was added to this ticket became part of a ticket of its own.

    `is_undone`: what it had done to the ticket's status and clocks was taken back, as if it had never been there.
    """

    stored_as: ClassVar[str] = "MessageSeparated"
    message: int
    is_undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaStageReached(Event):
    """A timer entered a stage, due at `due_at`.

    `share` is that of its target (0.8 is a warning, 1.0 the breach); None for a stage at which so much time
    was left as `stage` says. `called` are the keys of those whom it notified at once; `is_reminder`: by it the ticket
    is not at risk yet.
    """

    stored_as: ClassVar[str] = "SlaStageReached"
    measure: str
    stage: Sentence
    share: float | None
    due_at: datetime
    late_by_s: int = 0
    called: tuple[str, ...] = ()
    is_reminder: bool = False

    @property
    def is_breach(self) -> bool:
        return self.share is not None and self.share >= 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAcknowledged(Event):
    """Somebody sees to a warning or breach, so nobody else is called until the next stage."""

    stored_as: ClassVar[str] = "AlarmAcknowledged"
    measure: str
    stage: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertUnacknowledged(Event):
    """An acknowledgement or a snooze was taken back: people are called again."""

    stored_as: ClassVar[str] = "AlertUnacknowledged"
    measure: str
    stage: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSnoozed(Event):
    """Nobody is called before `until`; then people are reminded, and the step plan goes on."""

    stored_as: ClassVar[str] = "AlarmSnoozed"
    measure: str
    stage: Sentence
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStepTaken(Event):
    """Nobody had acknowledged it, so step `number` of the stage's step plan was taken; 1 is the first.

    `called` are the keys of the people who were called.
    """

    stored_as: ClassVar[str] = "EscalationStepTaken"
    measure: str
    stage: Sentence
    number: int
    called: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowerAdded(Event):
    """Somebody hears of the ticket and may see this `side` of it; `is_mentioned`: because a note named them."""

    stored_as: ClassVar[str] = "FollowerAdded"
    person: str
    side: str
    is_mentioned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowerRemoved(Event):
    stored_as: ClassVar[str] = "FollowerRemoved"
    person: str
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMentioned(Event):
    """A note names somebody of the team's side."""

    stored_as: ClassVar[str] = "PersonMentioned"
    person: str
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeUndone(Event):
    """What a change of many tickets did to this one was taken back, as if it had never been.

    That are the lines of the ticket's log from `first` up to `last`, counted from 0 and the last left out; the
    `restoring` lines before this one say what became of the ticket.
    """

    stored_as: ClassVar[str] = "ChangeUndone"
    change: int
    first: int
    last: int
    restoring: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterLeft(Event):
    """Who asked is no longer in the server that they asked in; `community` is its reference, or empty."""

    stored_as: ClassVar[str] = "RequesterLeft"
    community: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsLinked(Event):
    """Two accounts are one person's from now on; `way` is a `LinkWay`. It concerns no ticket, like the next five."""

    stored_as: ClassVar[str] = "AccountsLinked"
    account: str
    other: str
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUnlinked(Event):
    """An account is nobody else's any more; `others` are those that it was linked to, directly or not."""

    stored_as: ClassVar[str] = "AccountUnlinked"
    account: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNoteAdded(Event):
    """An agent noted something of a person; what it says is not kept here."""

    stored_as: ClassVar[str] = "PersonNoteAdded"
    person: str
    note: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNoteRemoved(Event):
    stored_as: ClassVar[str] = "PersonNoteRemoved"
    person: str
    note: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMacroChanged(Event):
    """`what` was done with a macro of a team's: `made`, `changed` or `removed`; what it says is not kept here."""

    stored_as: ClassVar[str] = "TeamMacroChanged"
    team: str
    macro: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamViewChanged(Event):
    """`what` was done with a view of a team's: `made`, `renamed` or `removed`; `before` is the name it had."""

    stored_as: ClassVar[str] = "TeamViewChanged"
    team: str
    view: str
    what: str
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(Event):
    """A message could not be delivered and was set aside for an operator."""

    stored_as: ClassVar[str] = "DeliveryFailed"
    kind: str
    error: Sentence
