"""What the audit log says a ticket's clocks went by: the ticket as it was at each turn, from its opening on.

Only turns at which clocks may move are given, one for each deed, so that what is replayed from them
(`bot.domain.sla.replay`) sees exactly what the clocks saw.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.domain.sentence import Sentence
from bot.domain.tickets.ticket import Priority, Status, Ticket


class AuditLine(Protocol):
    """A line of the audit log, as `AuditLog.of_ticket` gives it: an event's name, when, and its other fields."""

    @property
    def event(self) -> str: ...

    @property
    def at(self) -> datetime: ...

    @property
    def details(self) -> Mapping[str, Any]: ...


_Line = TypeVar("_Line", bound=AuditLine)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedPolicy:
    """A policy that was put on the ticket: its name, the key of its copy, and what chose it."""

    policy: str
    copy: str
    why: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryTurn:
    """The ticket right after something that its clocks go by.

    `ticket` is a copy: team, priority, status, assignee, policy and what timers look at are as they were then,
    everything else as it is now. `event` is the name of what happened, and `at` when the desk knew of it, UTC;
    turns never go back in time. `applied` is the policy put on the ticket here; None when it stayed the same.
    `is_choice`: it was opened or went to another team, which is when the desk chooses a policy; it chooses none for
    what is imported without telling anybody.
    """

    at: datetime
    event: str
    ticket: Ticket
    applied: AppliedPolicy | None = None
    is_choice: bool = False


def ticket_history(
    ticket: Ticket, entries: Sequence[AuditLine], *, without: Iterable[int] = ()
) -> list[HistoryTurn]:
    """The turns of this ticket, from the whole of its audit log in its order; empty when it does not tell of any.

    Entries of events that are unknown, or of no matter to clocks, are passed over, and so is what messages did that
    were separated, or have these ids, and what was undone.
    """
    entries = [entry for _, entry in lines_in_force(entries, without=without)]
    turns: list[HistoryTurn] = []
    then, known_at = _as_opened(ticket, entries), ticket.opened_at
    for deed in _deeds(entries):
        known_at = max([known_at, *(entry.at for entry in deed)])
        for entry in deed:
            then = _after(then, entry)
        if any(entry.event in _MATTERS for entry in deed):
            turns.append(_turn(then, deed, at=known_at))
    return turns


def lines_in_force(entries: Sequence[_Line], *, without: Iterable[int] = ()) -> list[tuple[int, _Line]]:
    """A ticket's log with the place of each line, and none that was undone as if it had never been.

    So is what messages did that were separated, or have the ids `without`.
    """
    undone = {each.details["message"] for each in entries if each.details.get("is_undone")}
    moved = {index for message in {*undone, *without} for index in moves_of(entries, message)}
    moved |= set(_taken_back(entries))
    return [(index, entry) for index, entry in enumerate(entries) if index not in moved]


def _taken_back(entries: Sequence[AuditLine]) -> Iterator[int]:
    """Where the log tells of changes that were undone as if they had never been, and of their undoing."""
    for index, entry in enumerate(entries):
        if entry.event == "ChangeUndone":
            yield from range(entry.details["first"], entry.details["last"])
            yield from range(index - entry.details["restoring"], index + 1)


def moves_of(entries: Sequence[AuditLine], message: int) -> list[int]:
    """Where the log tells what this message of the requester's did: it reopened the ticket, or awaits a reply."""
    found: list[int] = []
    is_its = False
    for index, entry in enumerate(entries):
        if entry.event == "MessageAdded":
            is_its = entry.details["message"] == message
        elif is_its and entry.event in _BY_MESSAGE and entry.event not in (entries[at].event for at in found):
            found.append(index)
        else:
            is_its = False
    return found


def is_followed(entries: Sequence[AuditLine], moves: Sequence[int]) -> bool:
    """Whether something else that clocks go by has happened since these places in the log."""
    later = (entry for index, entry in enumerate(entries) if index > min(moves) and index not in moves)
    return any(entry.event in _MATTERS for entry in later)


_BY_MESSAGE = ("StatusChanged", "ReplyAwaited")
_OPENED, _TRANSFERRED, _APPLIED = "TicketOpened", "TicketTransferred", "PolicyApplied"
_IMPORTED = "TicketImported"
_CHOICES = frozenset({_OPENED, _TRANSFERRED})
_MATTERS = _CHOICES | {
    _APPLIED,
    "StatusChanged",
    "PriorityChanged",
    "FirstResponseGiven",
    "NextResponseGiven",
    "FirstResponseUndone",
    "ReplyAwaited",
}
_CONTINUES = {
    _OPENED: frozenset({_IMPORTED, "TicketAssigned", "StatusChanged", _APPLIED}),
    _TRANSFERRED: frozenset({"StatusChanged", _APPLIED}),
    "FirstResponseGiven": frozenset({"StatusChanged"}),
    "NextResponseGiven": frozenset({"StatusChanged"}),
    "StatusChanged": frozenset({"ReplyAwaited"}),
}
"""What is written down with a deed that the clocks see as one."""


def _deeds(entries: Iterable[AuditLine]) -> Iterator[list[AuditLine]]:
    """Entries by what was one deed: an opening and a transfer come with a status and a policy."""
    deed: list[AuditLine] = []
    for entry in entries:
        if deed and not _belongs(entry, deed):
            yield deed
            deed = []
        deed.append(entry)
    if deed:
        yield deed


def _belongs(entry: AuditLine, deed: Sequence[AuditLine]) -> bool:
    first, last = deed[0], deed[-1]
    if entry.at != first.at or last.event == _APPLIED or any(entry.event == each.event for each in deed):
        return False
    if entry.event == "StatusChanged" and _statuses(entry) != _statuses_with(first):
        return False
    return entry.event in _CONTINUES.get(first.event, ())


def _statuses(entry: AuditLine) -> tuple[str, str]:
    return entry.details["before"], entry.details["after"]


def _statuses_with(deed: AuditLine) -> tuple[str, str]:
    """The change of status that comes with it, if one does."""
    return (Status.OPEN, Status.NEW) if deed.event == _TRANSFERRED else (Status.NEW, Status.OPEN)


def _turn(then: Ticket, deed: Sequence[AuditLine], *, at: datetime) -> HistoryTurn:
    put_on = next((entry.details for entry in deed if entry.event == _APPLIED), None)
    return HistoryTurn(
        at=at,
        event=deed[0].event,
        ticket=then,
        applied=AppliedPolicy(
            policy=put_on["policy"], copy=put_on["copy"], why=Sentence.from_json(put_on["why"])
        )
        if put_on
        else None,
        is_choice=deed[0].event in _CHOICES and not any(entry.event == _IMPORTED for entry in deed),
    )


def _as_opened(ticket: Ticket, entries: Sequence[AuditLine]) -> Ticket:
    """The ticket before anything happened to it: what was changed later is told by its first change."""
    priority = _before_first("PriorityChanged", entries)
    return replace(
        ticket,
        team=_before_first(_TRANSFERRED, entries) or ticket.team,
        priority=Priority(priority) if priority else ticket.priority,
        status=Status.NEW,
        assignee=None,
        sla_policy=None,
        sla_policy_copy=None,
        sla_stage=0,
        first_replied_at=None,
        awaits_reply_since=None,
        last_update_at=None,
        resolved_at=None,
        closed_at=None,
    )


def _before_first(event: str, entries: Iterable[AuditLine]) -> str | None:
    return next((entry.details["before"] for entry in entries if entry.event == event), None)


def _after(ticket: Ticket, entry: AuditLine) -> Ticket:
    change = _CHANGES.get(entry.event)
    return replace(ticket, **change(ticket, entry)) if change else ticket


def _new_status(ticket: Ticket, entry: AuditLine) -> dict[str, Any]:
    status = Status(entry.details["after"])
    if status.is_live:
        return {"status": status, "resolved_at": None, "closed_at": None}
    return {
        "status": status,
        "awaits_reply_since": None,
        "resolved_at": ticket.resolved_at or entry.at,
        "closed_at": entry.at if status is Status.CLOSED else None,
    }


def _response(ticket: Ticket, entry: AuditLine) -> dict[str, Any]:
    awaited = ticket.awaits_reply_since
    return {
        "first_replied_at": ticket.first_replied_at or entry.at,
        "last_update_at": max(entry.at, ticket.last_update_at or entry.at),
        "awaits_reply_since": None if awaited is not None and awaited <= entry.at else awaited,
    }


_CHANGES: Mapping[str, Callable[[Ticket, AuditLine], dict[str, Any]]] = {
    "StatusChanged": _new_status,
    "PriorityChanged": lambda _, entry: {"priority": Priority(entry.details["after"])},
    "FirstResponseGiven": _response,
    "NextResponseGiven": _response,
    "FirstResponseUndone": lambda *_: {
        "first_replied_at": None,
        "awaits_reply_since": None,
        "last_update_at": None,
    },
    "ReplyAwaited": lambda _, entry: {"awaits_reply_since": entry.at},
    "TicketAssigned": lambda _, entry: {"assignee": entry.details["after"]},
    "TicketReleased": lambda *_: {"assignee": None},
    _TRANSFERRED: lambda _, entry: {"team": entry.details["after"], "assignee": None},
    _APPLIED: lambda _, entry: {
        "sla_policy": entry.details["policy"],
        "sla_policy_copy": entry.details["copy"],
    },
}
