"""All that a change may do to a ticket, as it is at one instant; and what it takes to put it back.

A change conflicts only with a change to the same thing: what somebody else did to other parts of the ticket stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from bot.domain import events as happened
from bot.domain.escalations.escalation import Escalation
from bot.domain.reminders.events import SnoozeEnded, TicketSnoozed
from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.ticket import Ticket

_Clock = TypeVar("_Clock", SlaTimer, Escalation)

_COMPARED: Final = (
    "team",
    "status",
    "assignee",
    "priority",
    "tags",
    "first_replied_at",
    "awaits_reply_since",
    "last_update_at",
    "resolved_at",
    "closed_at",
    "sla_policy",
    "sla_policy_copy",
    "why_here",
    "snoozed_until",
    "snoozed_by",
)
"""What a change may touch besides custom fields, timers and escalations."""
_GOES_WITH: Final[Mapping[str, tuple[str, ...]]] = {
    "status": ("status", "assignee", "first_replied_at", "resolved_at", "closed_at"),
    "assignee": ("assignee", "team"),
    "team": ("team", "assignee", "status"),
    "snoozed_until": ("snoozed_until", "snoozed_by"),
}
"""What must be as the change left it, for one of these to be put back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldName:
    """What the audit log calls a custom field."""

    label: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSnapshot:
    """Copies of a ticket, its timers and its escalations under way, or those of an earlier state.

    `thread` is the id of the team's conversation; `messages` counts what was said on the ticket, and `entries` the
    lines of its audit log.
    """

    ticket: Ticket
    timers: tuple[SlaTimer, ...]
    escalations: tuple[Escalation, ...]
    thread: int | None
    messages: int
    entries: int

    def touched_since(self, before: "TicketSnapshot") -> list[str]:
        """Names of the ticket's attributes that differ."""
        return [each for each in _COMPARED if getattr(self.ticket, each) != getattr(before.ticket, each)]

    def fields_touched_since(self, before: "TicketSnapshot") -> list[str]:
        names = dict.fromkeys((*before.ticket.fields, *self.ticket.fields))
        return [each for each in names if self.ticket.fields.get(each) != before.ticket.fields.get(each)]

    def timers_touched_since(self, before: "TicketSnapshot") -> list[SlaTimer]:
        """As they are in this state, those begun since among them."""
        return _differing(self.timers, before.timers)

    def escalations_touched_since(self, before: "TicketSnapshot") -> list[Escalation]:
        return _differing(self.escalations, before.escalations)


def is_in_the_way(now: TicketSnapshot, *, before: TicketSnapshot, after: TicketSnapshot) -> bool:
    """Whether something that the change from `before` to `after` touched has been changed since."""
    touched = after.touched_since(before)
    needed = {name for each in touched for name in _GOES_WITH.get(each, (each,))}
    is_elsewhere = "team" in touched and (now.messages, now.thread) != (after.messages, after.thread)
    return (
        is_elsewhere
        or any(getattr(now.ticket, each) != getattr(after.ticket, each) for each in needed)
        or any(
            now.ticket.fields.get(each) != after.ticket.fields.get(each)
            for each in after.fields_touched_since(before)
        )
        or _have_moved(now.timers, after.timers_touched_since(before))
    )


def put_back_events(
    *,
    before: TicketSnapshot,
    after: TicketSnapshot,
    names: Mapping[str, FieldName],
    undone: happened.ChangeUndone,
) -> list[happened.Event]:
    """What happens to the ticket as the audit log tells it, `undone` at the end.

    `names` are those of the custom fields that the change set.
    """
    was, is_now = before.ticket, after.ticket
    actor, at = undone.actor, undone.at
    touched = after.touched_since(before)
    told: list[happened.Event] = []
    if "team" in touched:
        told.append(happened.TicketTransferred(actor=actor, at=at, before=is_now.team, after=was.team))
    if "assignee" in touched and was.assignee is not None:
        told.append(happened.TicketAssigned(actor=actor, at=at, before=is_now.assignee, after=was.assignee))
    elif "assignee" in touched and is_now.assignee is not None:
        told.append(happened.TicketReleased(actor=actor, at=at, before=is_now.assignee))
    if "status" in touched:
        told.append(happened.StatusChanged(actor=actor, at=at, before=is_now.status, after=was.status))
    if "priority" in touched:
        told.append(happened.PriorityChanged(actor=actor, at=at, before=is_now.priority, after=was.priority))
    if "tags" in touched:
        told.append(happened.TagsChanged(actor=actor, at=at, before=is_now.tags, after=was.tags))
    told += _snooze_put_back(was, is_now, undone)
    told += _fields_put_back(before, after, names, undone)
    return [*told, replace(undone, restoring=len(told))]


def _snooze_put_back(was: Ticket, is_now: Ticket, undone: happened.ChangeUndone) -> Iterator[happened.Event]:
    """What the change let rest is back, or rests as long as it did before."""
    if was.snoozed_until == is_now.snoozed_until:
        return
    if was.snoozed_until is not None:
        yield TicketSnoozed(actor=undone.actor, at=undone.at, until=was.snoozed_until)
    elif is_now.snoozed_until is not None and is_now.snoozed_by is not None:
        yield SnoozeEnded(actor=undone.actor, at=undone.at, by=is_now.snoozed_by, until=is_now.snoozed_until)


def _fields_put_back(
    before: TicketSnapshot,
    after: TicketSnapshot,
    names: Mapping[str, FieldName],
    undone: happened.ChangeUndone,
) -> Iterator[happened.Event]:
    for each in after.fields_touched_since(before):
        yield happened.FieldChanged(
            actor=undone.actor,
            at=undone.at,
            field=each,
            label=names[each].label,
            kind=names[each].kind,
            before=after.ticket.fields.get(each, ""),
            after=before.ticket.fields.get(each, ""),
        )


def _differing(now: Sequence[_Clock], before: Sequence[_Clock]) -> list[_Clock]:
    known = {each.id: each for each in before}
    return [each for each in now if known.get(each.id) != each]


def _have_moved(now: Sequence[SlaTimer], touched: Sequence[SlaTimer]) -> bool:
    """Whether something else than the clock has changed these timers."""
    present = {each.id: each for each in now}
    return any(
        each.id not in present or _without_clock(present[each.id]) != _without_clock(each) for each in touched
    )


def _without_clock(timer: SlaTimer) -> SlaTimer:
    return replace(timer, reached=frozenset(), told=frozenset(), next_at=None, breached_at=None)
