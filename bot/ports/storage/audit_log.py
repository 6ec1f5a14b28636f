"""The audit log: what happened, by whom, when."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

from bot.domain import events as happened
from bot.domain.events import Event
from bot.domain.replies.status_words import StatusWordsEdited, StatusWordsRecalled
from bot.domain.routing.quoted_reason import without_finding
from bot.domain.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the audit log. `event` is the event class's name, `details` its other fields as JSON."""

    ticket_id: int | None
    event: str
    actor: str
    at: datetime
    details: Mapping[str, Any]


EDITED: Final = "is_edited"
"""The detail of a change of status whose words read differently now."""
RECALLED_BY: Final = "recalled_by"
"""The detail of one whose words were recalled: the key of who did it."""


def as_said_now(entries: Sequence[AuditEntry]) -> Sequence[AuditEntry]:
    """All entries of some tickets, oldest first, as they may be read.

    No reason quotes a request that is deleted or recalled, and what was said with a change of status is what it was
    edited to, or nothing where it was recalled. Lines that tell of that keep what was said before.
    """
    return _with_words_of_now(_without_deleted_words(entries))


def _with_words_of_now(entries: Sequence[AuditEntry]) -> Sequence[AuditEntry]:
    now = {(each.ticket_id, each.details["change"]): each for each in entries if each.event in _REWORDED}
    if not now:
        return entries
    changes: Counter[int | None] = Counter()
    read: list[AuditEntry] = []
    for each in entries:
        is_change = each.event == happened.StatusChanged.stored_as
        changes[each.ticket_id] += is_change
        last = now.get((each.ticket_id, changes[each.ticket_id])) if is_change else None
        read.append(each if last is None else _reworded(each, last))
    return read


def _reworded(entry: AuditEntry, last: AuditEntry) -> AuditEntry:
    is_recalled = last.event == StatusWordsRecalled.stored_as
    now = {"reason": "", RECALLED_BY: last.actor} if is_recalled else {"reason": last.details["after"]}
    return replace(entry, details={**entry.details, **now, EDITED: True})


def _without_deleted_words(entries: Sequence[AuditEntry]) -> Sequence[AuditEntry]:
    """A ticket's request is the first message that the log has of it."""
    removed = {(each.ticket_id, each.details["message"]) for each in entries if each.event in _REMOVALS}
    if not removed:
        return entries
    requests: dict[int | None, int] = {}
    for each in entries:
        if each.event == happened.MessageAdded.stored_as:
            requests.setdefault(each.ticket_id, each.details["message"])
    gone = {ticket for ticket, message in requests.items() if (ticket, message) in removed}
    return [_without_finding(each) if each.ticket_id in gone else each for each in entries]


_REMOVALS: Final = (happened.TicketMessageDeleted.stored_as, happened.TicketMessageRecalled.stored_as)
_REWORDED: Final = (StatusWordsEdited.stored_as, StatusWordsRecalled.stored_as)
READ_WHOLE: Final = frozenset({*_REMOVALS, *_REWORDED})
"""Lines for which `as_said_now` needs all of their ticket's."""


def _without_finding(entry: AuditEntry) -> AuditEntry:
    reasons = {
        name: without_finding(Sentence.from_json(each)).to_json()
        for name, each in entry.details.items()
        if isinstance(each, Mapping) and "key" in each
    }
    return replace(entry, details={**entry.details, **reasons}) if reasons else entry


class AuditLog(Protocol):
    """Append-only: there is no way to change or remove an entry.

    What is read quotes nothing that is deleted or recalled, but for the line that tells of its recall.
    """

    def append(self, ticket_id: int | None, events: Sequence[Event]) -> None: ...

    def opener_of(self, ticket_id: int) -> str:
        """The key of whoever opened it: who did what comes first. Raises LookupError where nothing does."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[AuditEntry]:
        """Oldest first."""
        ...

    def of_tickets(self, ids: Iterable[int]) -> Mapping[int, Sequence[AuditEntry]]:
        """The same for many tickets at once; everyone asked for is in the answer."""
        ...

    def recent(self, *, limit: int = 50) -> Sequence[AuditEntry]:
        """Newest first."""
        ...

    def newest_line(self) -> int:
        """The number of the last line, 0 where there is none. Numbers grow, but need not appear in order."""
        ...

    def lines_after(self, line: int, *, limit: int) -> Sequence[tuple[int, int | None]]:
        """Numbers of later lines, in order, each with the id of its ticket."""
        ...
