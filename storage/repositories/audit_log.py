"""The audit log: what happened, by whom, when. Rows are only inserted; the database gives their order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from bot.domain.events import Event
from bot.ports.storage.audit_log import READ_WHOLE, AuditEntry, as_said_now
from storage.engine.columns import Row, from_json, instant, micros, to_json
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.tables.desk import audit_log

ENTRY: Final = Insertion(audit_log, ("ticket_id", "event", "actor", "at", "details"))
NOT_DETAILS: Final = frozenset({"actor", "at"})

OF_TICKET = select(audit_log).where(audit_log.c.ticket_id == bindparam("ticket_id")).order_by(audit_log.c.id)
OF_TICKETS = select(audit_log).where(ListedIn(audit_log.c.ticket_id, "listed")).order_by(audit_log.c.id)
OPENER = (
    select(audit_log.c.actor)
    .where(audit_log.c.ticket_id == bindparam("ticket_id"))
    .order_by(audit_log.c.id)
    .limit(1)
)
OPENERS = select(audit_log.c.ticket_id, audit_log.c.actor).where(
    audit_log.c.id.in_(
        select(func.min(audit_log.c.id))
        .where(ListedIn(audit_log.c.ticket_id, "listed"))
        .group_by(audit_log.c.ticket_id)
    )
)
NEWEST_LINE = select(func.coalesce(func.max(audit_log.c.id), 0).label("line"))
LINES_AFTER = (
    select(audit_log.c.id, audit_log.c.ticket_id)
    .where(audit_log.c.id > bindparam("after"))
    .order_by(audit_log.c.id)
    .limit(bindparam("at_most"))
)
RECENT = select(audit_log).order_by(audit_log.c.id.desc()).limit(bindparam("at_most"))


class SqlAuditLog:
    def __init__(self, session: Session, *, ahead: ReadAhead) -> None:
        self._session = session
        self._ahead = ahead
        self._openers = ReadTogether(ahead.tickets, self._read_openers)

    def append(self, ticket_id: int | None, events: Sequence[Event]) -> None:
        for event in events:
            self._session.insert(
                ENTRY,
                {
                    "ticket_id": ticket_id,
                    "event": event.stored_as,
                    "actor": event.actor,
                    "at": micros(event.at),
                    "details": to_json(details_of(event)),
                },
            )

    def opener_of(self, ticket_id: int) -> str:
        known = self._openers.get(ticket_id)
        if known is not None:
            return known
        row = self._session.fetch_one(OPENER, ticket_id=ticket_id)
        if row is None:
            raise LookupError(f"nothing is known of how ticket {ticket_id} began")
        return str(row["actor"])

    def of_ticket(self, ticket_id: int) -> Sequence[AuditEntry]:
        rows = self._session.fetch(OF_TICKET, ticket_id=ticket_id)
        return as_said_now([entry_from(row) for row in rows])

    def of_tickets(self, ids: Iterable[int]) -> Mapping[int, Sequence[AuditEntry]]:
        entries: dict[int, list[AuditEntry]] = {each: [] for each in ids}
        for row in self._session.fetch(OF_TICKETS, listed=to_json(sorted(entries))) if entries else ():
            entries[row["ticket_id"]].append(entry_from(row))
        return {ticket: as_said_now(each) for ticket, each in entries.items()}

    def recent(self, *, limit: int = 50) -> Sequence[AuditEntry]:
        rows = self._session.fetch(RECENT, at_most=limit)
        rewritten = {row["ticket_id"] for row in rows if row["event"] in READ_WHOLE} - {None}
        said_now = self._lines_of(rewritten)
        return [said_now.get(row["id"]) or entry_from(row) for row in rows]

    def _lines_of(self, tickets: Collection[int]) -> Mapping[int, AuditEntry]:
        """By their numbers all lines of these tickets, as they may be read."""
        if not tickets:
            return {}
        rows = self._session.fetch(OF_TICKETS, listed=to_json(sorted(tickets)))
        numbers = (row["id"] for row in rows)
        return dict(zip(numbers, as_said_now([entry_from(row) for row in rows]), strict=True))

    def newest_line(self) -> int:
        row = self._session.fetch_one(NEWEST_LINE)
        return int(row["line"]) if row is not None else 0

    def lines_after(self, line: int, *, limit: int) -> Sequence[tuple[int, int | None]]:
        rows = self._session.fetch(LINES_AFTER, after=line, at_most=limit)
        return [(row["id"], row["ticket_id"]) for row in rows]

    def _read_openers(self, ids: Iterable[int]) -> Mapping[int, str]:
        rows = self._session.fetch(OPENERS, listed=to_json(sorted(ids)))
        found = {row["ticket_id"]: row["actor"] for row in rows}
        self._ahead.people.update(found.values())
        return found


def details_of(event: Event) -> dict[str, Any]:
    """The event's own fields."""
    names = [each.name for each in fields(event)]
    return {name: getattr(event, name) for name in names if name not in NOT_DETAILS}


def entry_from(row: Row) -> AuditEntry:
    return AuditEntry(
        ticket_id=row["ticket_id"],
        event=row["event"],
        actor=row["actor"],
        at=instant(row["at"]),
        details=from_json(row["details"]),
    )
