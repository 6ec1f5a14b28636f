"""A ticket and its life: new → open → pending / on hold → resolved → closed, with reopening.

Each verb checks, changes the ticket and returns the events that say what happened; nothing else may
change a ticket. A verb that would change nothing raises `AlreadySo`, in words for the person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain import events as happened
from bot.domain.directory import ChannelRef
from bot.domain.errors import AlreadySo, ClaimedByOther, Refused
from bot.domain.replies.unread_answer import FirstResponseUndone
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.custom_field import CustomField
from bot.domain.tickets.duplicate import UNMERGED
from bot.domain.tickets.privacy import Privacy
from bot.domain.tickets.status import Priority, Status
from bot.domain.tickets.subject import subject_of

__all__ = ["LONGEST_SUBJECT", "LONGEST_TAG", "MOST_TAGS", "Priority", "Status", "Ticket"]

LONGEST_TAG = 40
"""Characters."""
LONGEST_SUBJECT = 120
"""Characters, of one that somebody gives it; what is made of a request's words is shorter."""
MOST_TAGS = 20
"""Of one ticket."""
_WHY_HERE = {
    "": "team.why_transferred",
    happened.BY_REQUESTER: "team.why_transferred",
    happened.NEXT_LEVEL: "team.why_escalated",
    happened.NEXT_REGION: "team.why_handed_over",
}


@dataclass(slots=True, kw_only=True)
class Ticket(Privacy):
    """One request. Instants are aware and in UTC; people are named by their keys (`web:ana`).

    `version` grows by one with each transaction that changes the ticket. `number` is None only between
    the first and the last statement of the transaction that opens it.
    """

    id: int
    prefix: str
    number: int | None = None
    subject: str
    team: str
    requester: str
    opening: int | None = None
    """Id of the message that asked for it, however clocks order what was said; None only outside the database."""
    priority: Priority = Priority.NORMAL
    status: Status = Status.NEW
    assignee: str | None = None
    tags: tuple[str, ...] = ()
    inbox: str | None = None
    """Name of the inbox in `desk.yaml`; None for direct messages and channels that are no inbox."""
    origin: ChannelRef
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the form asked and agents set, in canonical form, `category` among it; conditions look at it."""
    language: str = "en"
    why_here: Sentence
    sla_policy: str | None = None
    sla_policy_copy: str | None = None
    """Key of the copy of the SLA policy (`SlaTimers.copy_policy`) that runs this ticket's clocks."""
    sla_stage: int = 0
    """Furthest stage of the ticket's running timers, as an index in `bot.domain.sla.timer`: 0 is calm."""
    is_warned: bool = False
    """Whether a running timer of it is near enough to its end that people were told: at risk, unless overdue."""
    due_at: datetime | None = None
    """When the first of its running timers is due; None where none runs."""
    follows: int | None = None
    """Id of the closed ticket that this one continues."""
    opened_at: datetime
    updated_at: datetime
    first_replied_at: datetime | None = None
    awaits_reply_since: datetime | None = None
    """The requester's first word, after the first response, that no agent has answered yet."""
    last_update_at: datetime | None = None
    """The agents' last public word."""
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 1
    community: str | None = None
    """Name of the community it was asked in; it never goes to a team of another. None where the desk serves one."""
    is_unhappy: bool = False
    """Whether words of its requester sounded so; for the team's side alone."""
    worked: timedelta = timedelta()
    """What agents logged on it, added up; for the team's side alone."""

    @property
    def reference(self) -> str:
        """What people say: `IT-12`."""
        return f"{self.prefix}-{self.number if self.number is not None else '?'}"

    @property
    def waits_for_requester(self) -> bool:
        """Whether the next word is the requester's: they were asked, or the team spoke last."""
        is_answered = self.last_update_at is not None and self.awaits_reply_since is None
        return self.status is Status.PENDING or (self.status is Status.OPEN and is_answered)

    def claim(self, *, actor: str, at: datetime) -> list[happened.Event]:
        """Take a ticket that nobody has. Raises AlreadyTaken with the holder's key as its second argument."""
        self._must_be_workable()
        if self.assignee == actor:
            raise AlreadySo("refusals.already_yours", reference=self.reference)
        if self.assignee is not None:
            raise ClaimedByOther(self.reference, self.assignee)
        return self._give_to(actor, actor=actor, at=at)

    def assign(
        self, *, to: str, actor: str, at: datetime, why: Sentence | None = None
    ) -> list[happened.Event]:
        """Give the ticket to somebody, whoever has it now. `why` says why the desk chose them."""
        self._must_be_workable()
        if self.assignee == to:
            raise AlreadySo("refusals.already_assigned_to", reference=self.reference, name=to)
        return self._give_to(to, actor=actor, at=at, why=why)

    def release(self, *, actor: str, at: datetime, cause: str = "") -> list[happened.Event]:
        """Put the ticket back into the queue; an open ticket becomes new again."""
        self._must_be_workable()
        if self.assignee is None:
            raise AlreadySo("refusals.already_unassigned", reference=self.reference)
        released = happened.TicketReleased(actor=actor, at=at, before=self.assignee, cause=cause)
        self.assignee, events = None, list[happened.Event]([released])
        self.forget_snooze()
        if self.status is Status.OPEN:
            events += self._become(Status.NEW, actor=actor, at=at)
        return events

    def set_priority(self, priority: Priority, *, actor: str, at: datetime) -> list[happened.Event]:
        if self.priority is priority:
            raise AlreadySo("refusals.already_priority", reference=self.reference, priority=priority.term)
        before, self.priority = self.priority, priority
        return [happened.PriorityChanged(actor=actor, at=at, before=before, after=priority)]

    def tag(
        self, *, add: tuple[str, ...] = (), remove: tuple[str, ...] = (), actor: str, at: datetime
    ) -> list[happened.Event]:
        """Add and remove tags; order of first appearance is kept. Raises Refused for one too long or too many."""
        if any(len(tag) > LONGEST_TAG for tag in add):
            raise Refused("refusals.tag_too_long", maximum=LONGEST_TAG)
        before = self.tags
        kept = [tag for tag in before if tag not in remove]
        after = tuple(dict.fromkeys([*kept, *add]))
        if len(after) > MOST_TAGS:
            raise Refused("refusals.too_many_tags", maximum=MOST_TAGS)
        if after == before:
            raise AlreadySo("refusals.already_tagged", reference=self.reference)
        self.tags = after
        return [happened.TagsChanged(actor=actor, at=at, before=before, after=self.tags)]

    def set_fields(
        self, values: Iterable[tuple[CustomField, str]], *, actor: str, at: datetime
    ) -> list[happened.Event]:
        """Set custom fields to values in canonical form; an empty one clears its field."""
        events: list[happened.Event] = []
        for each, value in values:
            before = self.fields.get(each.name, "")
            if value == before:
                continue
            kept = {name: old for name, old in self.fields.items() if name != each.name}
            self.fields = kept | ({each.name: value} if value else {})
            named = {"field": each.name, "label": each.label, "kind": each.kind}
            events.append(happened.FieldChanged(actor=actor, at=at, before=before, after=value, **named))
        if not events:
            raise AlreadySo("refusals.already_set", reference=self.reference)
        return events

    def rename(self, subject: str, *, actor: str, at: datetime) -> list[happened.Event]:
        """Give it another subject. Raises Refused for one that is empty or too long."""
        line = " ".join(subject.split())
        if not line:
            raise Refused("refusals.subject_empty")
        if len(line) > LONGEST_SUBJECT:
            raise Refused("refusals.subject_too_long", limit=LONGEST_SUBJECT)
        if line == self.subject:
            raise AlreadySo("refusals.already_called", reference=self.reference)
        before, self.subject = self.subject, line
        return [happened.SubjectChanged(actor=actor, at=at, before=before, after=line)]

    def transfer(
        self, *, team: str, by: str, actor: str, at: datetime, reason: str | Sentence = "", cause: str = ""
    ) -> list[happened.Event]:
        """Move the ticket to another team's queue; its assignee stays behind.

        `by` is the name of the actor, or of the team whose day ends.
        """
        self._must_be_workable()
        if self.team == team:
            raise AlreadySo("refusals.already_with_team", reference=self.reference)
        before, self.team, self.assignee = self.team, team, None
        self.forget_snooze()
        why = _WHY_HERE[cause]
        self.why_here = (
            sentence(f"{why}_because", name=by, reason=reason) if reason else sentence(why, name=by)
        )
        events: list[happened.Event] = [
            happened.TicketTransferred(
                actor=actor, at=at, before=before, after=team, reason=reason, cause=cause
            )
        ]
        if self.status is Status.OPEN:
            events += self._become(Status.NEW, actor=actor, at=at)
        return events

    def wait(self, *, actor: str, at: datetime) -> list[happened.Event]:
        """Wait for the requester."""
        self._must_be_workable()
        return self._become(Status.PENDING, actor=actor, at=at)

    def hold(self, *, actor: str, at: datetime, reason: str = "") -> list[happened.Event]:
        """Wait for a third party. The requester reads the reason, which answers what they wrote last."""
        self._must_be_workable()
        events = self._become(Status.ON_HOLD, actor=actor, at=at, reason=reason)
        if not reason or self.first_replied_at is None:
            return events
        return events + self.agent_replied(actor=actor, at=at)

    @property
    def is_excluded(self) -> bool:
        """Closed without an answer and not resolved before, or a duplicate: only targets missed by then count."""
        is_closed_alone = self.closed_at is not None and self.resolved_at == self.closed_at
        is_unanswered = self.status is Status.CLOSED and self.first_replied_at is None
        return self.merged_into is not None or (is_unanswered and is_closed_alone)

    def resolve(
        self, *, actor: str, at: datetime, resolution: str = "", cause: str = "", is_answer: bool = False
    ) -> list[happened.Event]:
        """`is_answer`: the requester reads the resolution, which is their first response where they had none."""
        if self.status in (Status.RESOLVED, Status.CLOSED):
            raise self._is_already(self.status)
        events: list[happened.Event] = []
        if is_answer and self.first_replied_at is None:
            self.first_replied_at, self.last_update_at = at, max(at, self.last_update_at or at)
            events.append(happened.FirstResponseGiven(actor=actor, at=at))
        self.resolved_at = at
        self.awaits_reply_since = None
        return events + self._become(Status.RESOLVED, actor=actor, at=at, reason=resolution, cause=cause)

    def close(self, *, actor: str, at: datetime, reason: str = "", cause: str = "") -> list[happened.Event]:
        if self.status is Status.CLOSED:
            raise self._is_already(self.status)
        self.resolved_at = self.resolved_at or at
        self.closed_at = at
        self.awaits_reply_since = None
        return self._become(Status.CLOSED, actor=actor, at=at, reason=reason, cause=cause)

    @property
    def owes_answer(self) -> bool:
        """Whether the requester has had no answer yet, or none to what they wrote last."""
        return self.status.is_live and (self.first_replied_at is None or self.awaits_reply_since is not None)

    def reopen(self, *, actor: str, at: datetime, is_by_requester: bool = False) -> list[happened.Event]:
        """Work on it again: open where somebody has it or has answered, else new.

        The requester, with whichever of their accounts, is owed an answer then.
        """
        if self.status.is_live and not self.status.is_waiting:
            raise AlreadySo("refusals.nothing_to_reopen", reference=self.reference, status=self.status.term)
        self.resolved_at = self.closed_at = None
        apart = self.end_merge(actor=actor, at=at)
        cause = UNMERGED if apart else ""
        events = [*apart, *self._become(self._worked_status(), actor=actor, at=at, cause=cause)]
        return events + (self._await_reply(actor=actor, at=at) if is_by_requester else [])

    def requester_wrote(self, *, actor: str, at: datetime, is_courtesy: bool) -> list[happened.Event]:
        """The requester spoke: what waits or is resolved opens again, unless they only said thanks."""
        if is_courtesy:
            return []
        back = self.end_snooze(actor=actor, at=at)
        if self.status.is_waiting or self.status is Status.RESOLVED:
            return [*self.reopen(actor=actor, at=at, is_by_requester=True), *back]
        return [*self._await_reply(actor=actor, at=at), *back]

    def sounds_unhappy(self) -> None:
        self.is_unhappy = True

    def take_back_reply(self, before: "Ticket") -> None:
        """The requester's word was no word on this ticket: it is in the state that it was in without it."""
        self.status, self.awaits_reply_since = before.status, before.awaits_reply_since
        self.resolved_at, self.closed_at = before.resolved_at, before.closed_at

    def put_back(self, before: "Ticket", *, names: Iterable[str], fields: Iterable[str]) -> None:
        """A change was undone: these attributes and custom fields are what they were before it."""
        for name in names:
            setattr(self, name, getattr(before, name))
        restored = frozenset(fields)
        kept = {name: value for name, value in self.fields.items() if name not in restored}
        self.fields = kept | {name: value for name, value in before.fields.items() if name in restored}

    def agent_replied(self, *, actor: str, at: datetime) -> list[happened.Event]:
        """A public reply by a human agent: the first is the first response, and a new ticket becomes open."""
        events: list[happened.Event] = []
        self.last_update_at = max(at, self.last_update_at or at)
        if self.awaits_reply_since is not None and self.awaits_reply_since <= at:
            self.awaits_reply_since = None
        if self.first_replied_at is None:
            self.first_replied_at = at
            events.append(happened.FirstResponseGiven(actor=actor, at=at))
        else:
            events.append(happened.NextResponseGiven(actor=actor, at=at))
        if self.status is Status.NEW:
            events += self._become(Status.OPEN, actor=actor, at=at)
        return events

    def answer_taken_back(self, *, actor: str, at: datetime) -> list[happened.Event]:
        """What answered the requester last is gone: they wait for an answer again, from now on.

        A target that it met stays met. Who was asked something is asked nothing any more.
        """
        return self._asked_nothing(actor=actor, at=at) + self._await_reply(actor=actor, at=at)

    def _asked_nothing(self, *, actor: str, at: datetime) -> list[happened.Event]:
        is_asked = self.status is Status.PENDING
        return self._become(self._worked_status(), actor=actor, at=at) if is_asked else []

    def response_undone(self, *, message: int, actor: str, at: datetime) -> list[happened.Event]:
        """The first response reached nobody: it is owed again, by the target that runs on."""
        self.first_replied_at = self.awaits_reply_since = self.last_update_at = None
        undone = FirstResponseUndone(actor=actor, at=at, message=message)
        return [undone, *self._asked_nothing(actor=actor, at=at)]

    def opening_edited(self, *, before: str, after: str, otherwise: str) -> None:
        """An edited request gives the ticket its new subject, unless somebody changed that by hand.

        `otherwise` is the subject of a request without words.
        """
        if self.subject == (subject_of(before) or otherwise):
            self.subject = subject_of(after) or otherwise

    def opening_deleted(self, *, text: str, otherwise: str, why_here: Sentence) -> None:
        """A deleted request lives on in neither its ticket's subject nor in why the ticket is where it is."""
        self.subject = otherwise if self.subject == subject_of(text) else self.subject
        self.why_here = why_here

    def apply_policy(
        self, policy: str, *, copy: str, why: Sentence, actor: str, at: datetime
    ) -> happened.PolicyApplied:
        """The SLA policy of this name, by this copy of it, runs the ticket's clocks from now on."""
        self.sla_policy, self.sla_policy_copy = policy, copy
        return happened.PolicyApplied(actor=actor, at=at, policy=policy, copy=copy, why=why)

    def reach_stage(self, stage: int, *, is_warned: bool) -> None:
        """Show this as the furthest stage of its timers; they have their own events."""
        self.sla_stage, self.is_warned = stage, is_warned

    def become_due(self, at: datetime | None) -> None:
        """Show this as when the first of its running timers is due."""
        self.due_at = at

    def show_worked(self, total: timedelta) -> None:
        """Show this as the time that was worked on it; the entries have their own events."""
        self.worked = total

    def note_change(self, *, at: datetime) -> None:
        """Something about it has changed at this instant."""
        self.updated_at = at

    def _give_to(
        self, person: str, *, actor: str, at: datetime, why: Sentence | None = None
    ) -> list[happened.Event]:
        before, self.assignee = self.assignee, person
        events: list[happened.Event] = [
            happened.TicketAssigned(actor=actor, at=at, before=before, after=person, why=why)
        ]
        if self.status is Status.NEW:
            events += self._become(Status.OPEN, actor=actor, at=at)
        return events

    def _await_reply(self, *, actor: str, at: datetime) -> list[happened.Event]:
        """After the first response each word of the requester waits for an answer; more words change nothing."""
        if self.first_replied_at is None or self.awaits_reply_since is not None or not self.status.is_live:
            return []
        self.awaits_reply_since = at
        return [happened.ReplyAwaited(actor=actor, at=at)]

    def _worked_status(self) -> Status:
        return Status.OPEN if self.assignee is not None or self.first_replied_at is not None else Status.NEW

    def _must_be_workable(self) -> None:
        if not self.status.is_live:
            raise Refused("refusals.reopen_first", reference=self.reference, status=self.status.term)

    def _is_already(self, status: Status) -> AlreadySo:
        return AlreadySo("refusals.already_status", reference=self.reference, status=status.term)

    def _become(
        self, status: Status, *, actor: str, at: datetime, reason: str = "", cause: str = ""
    ) -> list[happened.Event]:
        if self.status is status:
            raise self._is_already(status)
        before, self.status = self.status, status
        if not status.is_live:
            self.forget_snooze()
        facts = {"before": before, "after": status, "reason": reason, "cause": cause}
        return [happened.StatusChanged(actor=actor, at=at, **facts)]
