"""Tickets: opened with a gap-free number, locked before they are changed, found by what people ask."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    func,
    select,
    text,
    update,
)

from bot.domain.directory import ChannelRef
from bot.domain.errors import TicketNotFound
from bot.domain.sentence import Sentence
from bot.domain.tickets.queue_order import queue_place
from bot.domain.tickets.ticket import Priority, Status, Ticket
from bot.ports.storage.tickets import TicketFilter
from storage.engine.columns import (
    Row,
    from_json,
    instant,
    instant_or_none,
    micros,
    micros_or_none,
    to_json,
)
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.repositories.fields.ticket_fields import add_fields, replace_fields
from storage.repositories.queues.ticket_filters import count_of, in_queue_order, matching
from storage.repositories.search.documents import SearchDocuments
from storage.tables.desk import is_live, is_unfinished, tickets, written

COLUMNS: Final = tuple(tickets.columns.keys())
TICKET: Final = Insertion(tickets, COLUMNS)
NEVER_CHANGES: Final = (
    "id",
    "prefix",
    "number",
    "opened_at",
    "origin_platform",
    "origin_channel",
    "requester",
    "opening",
)

GET = select(tickets).where(tickets.c.id == bindparam("ticket_id"))
GET_MANY = select(tickets).where(ListedIn(tickets.c.id, "listed"))
LOCK = GET.with_for_update(key_share=True)
"""FOR NO KEY UPDATE: rows that merely refer to the ticket need not wait."""
WITH_NUMBER = select(tickets).where(tickets.c.number == bindparam("number"))
SAVE = (
    update(tickets)
    .where(tickets.c.id == bindparam("the_id"))
    .values({name: bindparam(name) for name in COLUMNS if name not in NEVER_CHANGES})
)
_COUNT_ON: Final = (
    "INSERT INTO ticket_numbers (prefix, last) VALUES (:prefix, :many)"
    " ON CONFLICT (prefix) DO UPDATE SET last = ticket_numbers.last + :many RETURNING last"
)
TAKE_NUMBERS: Final = text(_COUNT_ON)
GIVE_NUMBER: Final = text("UPDATE tickets SET number = :number WHERE id = :the_id")
NUMBER_ALL: Final = text(
    f"WITH taken AS ({_COUNT_ON})"  # noqa: S608  no words of anybody else's
    " UPDATE tickets SET number = taken.last - :many + listed.place FROM taken,"
    " json_array_elements_text(CAST(:listed AS json)) WITH ORDINALITY AS listed(value, place)"
    " WHERE tickets.id = CAST(listed.value AS bigint) RETURNING tickets.id, tickets.number"
)
"""For PostgreSQL: both in one round trip."""
_newest = (
    select(tickets)
    .where(tickets.c.requester == bindparam("of_requester"))
    .order_by(tickets.c.id.desc())
    .limit(20)
    .subquery("newest")
)
NEWEST_OF = (
    select(_newest)
    .where(
        _newest.c.origin_platform == bindparam("platform"), _newest.c.origin_channel == bindparam("channel")
    )
    .order_by(_newest.c.id.desc())
    .limit(1)
)
LIVE_BY_ASSIGNEE = (
    select(tickets.c.assignee, func.count().label("live"))
    .where(is_live(tickets.c.status), ListedIn(tickets.c.assignee, "people"))
    .group_by(tickets.c.assignee)
)
LAST_ASSIGNEE = (
    select(tickets.c.assignee)
    .where(tickets.c.team == bindparam("of_team"), tickets.c.assignee.is_not(None))
    .order_by(tickets.c.id.desc())
    .limit(1)
)
BY_STATUS = (
    select(tickets.c.team, tickets.c.community, tickets.c.status, func.count().label("many"))
    .where(is_unfinished(tickets.c.status))
    .group_by(tickets.c.team, tickets.c.community, tickets.c.status)
)
LONG_RESOLVED = (
    select(tickets.c.id)
    .where(
        tickets.c.status == written("resolved"),
        tickets.c.team == bindparam("of_team"),
        tickets.c.resolved_at < bindparam("before"),
    )
    .order_by(tickets.c.resolved_at, tickets.c.id)
    .limit(bindparam("at_most"))
)
DUPLICATES_OF = select(tickets).where(tickets.c.merged_into == bindparam("the_ticket")).order_by(tickets.c.id)
_MINUTE: Final = timedelta(minutes=1)
SNOOZE_OVER = (
    select(tickets.c.id)
    .where(tickets.c.snoozed_until <= bindparam("now"))
    .order_by(tickets.c.snoozed_until, tickets.c.id)
    .limit(bindparam("at_most"))
)


def locking_due(next_at: ColumnElement[int], *, of: ColumnElement[int]) -> Select[Any]:
    """Tickets with a row whose `next_at` has come, soonest first, locked; `of` is the row's ticket.

    Tickets that another replica holds are left to it. The due rows are found on their own: put together with the
    rest, SQLite walks all rows in the order of their tickets.
    """
    due_rows = (
        select(of.label("ticket_id"), next_at.label("next_at"))
        .where(next_at <= bindparam("now"))
        .cte("due_rows")
        .prefix_with("MATERIALIZED")
    )
    due = (
        select(due_rows.c.ticket_id, func.min(due_rows.c.next_at).label("soonest"))
        .group_by(due_rows.c.ticket_id)
        .subquery("due")
    )
    return (
        select(tickets)
        .join(due, due.c.ticket_id == tickets.c.id)
        .order_by(due.c.soonest, tickets.c.id)
        .limit(bindparam("at_most"))
        .with_for_update(of=tickets, skip_locked=True, key_share=True)
    )


def lock_due(session: Session, question: Select[Any], *, now: datetime, limit: int) -> Sequence[Ticket]:
    """Read what is due of a ticket after this: another replica may have handled it a moment ago."""
    return [ticket_from(row) for row in session.fetch(question, now=micros(now), at_most=limit)]


def number(session: Session, opened: Sequence[Ticket]) -> None:
    """Number tickets that were added, in this order; on PostgreSQL the counter's row is locked until the commit."""
    by_prefix: dict[str, list[Ticket]] = {}
    for ticket in opened:
        by_prefix.setdefault(ticket.prefix, []).append(ticket)
    for prefix, of_prefix in by_prefix.items():
        numbers = _numbers_for(session, prefix, [each.id for each in of_prefix])
        for ticket in of_prefix:
            ticket.number = numbers[ticket.id]


def _numbers_for(session: Session, prefix: str, ids: Sequence[int]) -> Mapping[int, int]:
    many = len(ids)
    if session.writes_in_ctes:
        rows = session.fetch(NUMBER_ALL, prefix=prefix, many=many, listed=to_json(ids))
        return {row["id"]: row["number"] for row in rows}
    last = int(session.fetch(TAKE_NUMBERS, prefix=prefix, many=many)[0]["last"])
    numbers = dict(zip(ids, range(last - many + 1, last + 1), strict=True))
    for ticket_id, taken in numbers.items():
        session.write(GIVE_NUMBER, the_id=ticket_id, number=taken)
    return numbers


class SqlTickets:
    def __init__(self, session: Session, *, documents: SearchDocuments, ahead: ReadAhead) -> None:
        self._session = session
        self._documents = documents
        self._ahead = ahead
        self._together = ReadTogether(ahead.tickets, self._read_together)

    def add(self, ticket: Ticket) -> None:
        self._session.insert(TICKET, row_of(ticket))
        add_fields(self._session, ticket.id, ticket.fields)
        self._documents.add_ticket(ticket)

    def take_number(self, ticket: Ticket) -> None:
        """The counter's row is locked from here to the commit, so that no number is lost or taken twice."""
        self._session.write_left(tickets)
        if ticket.number is None:
            number(self._session, [ticket])

    def number_at_the_commit(self, ticket: Ticket) -> None:
        self._session.leave(ticket, number, of=tickets)

    def lock(self, ticket_id: int) -> Ticket:
        ticket = self._one(ticket_id, self._session.fetch_one(LOCK, ticket_id=ticket_id))
        self._documents.know(ticket)
        return ticket

    def get(self, ticket_id: int) -> Ticket:
        known = self._together.get(ticket_id)
        if known is not None:
            return known
        return self._one(ticket_id, self._session.fetch_one(GET, ticket_id=ticket_id))

    def get_many(self, ids: Iterable[int]) -> Mapping[int, Ticket]:
        listed = sorted(set(ids))
        if not listed:
            return {}
        found = map(ticket_from, self._session.fetch(GET_MANY, listed=to_json(listed)))
        return {ticket.id: ticket for ticket in found}

    def find(self, prefix: str, number: int) -> Ticket | None:
        rows = self._session.fetch(WITH_NUMBER, number=number)
        wanted = prefix.casefold()
        return next((ticket_from(row) for row in rows if row["prefix"].casefold() == wanted), None)

    def save(self, ticket: Ticket) -> None:
        ticket.version += 1
        row = row_of(ticket)
        changing = {name: value for name, value in row.items() if name not in NEVER_CHANGES}
        self._session.write(SAVE, the_id=ticket.id, **changing)
        self._documents.put_ticket(ticket)

    def keep_fields(self, ticket: Ticket, names: Iterable[str]) -> None:
        replace_fields(self._session, ticket.id, ticket.fields, names)

    def search(self, wanted: TicketFilter, *, limit: int = 50, offset: int = 0) -> Sequence[Ticket]:
        return [
            ticket_from(row)
            for row in self._session.fetch_made(in_queue_order(wanted, limit=limit, offset=offset))
        ]

    def walk(self, wanted: TicketFilter, *, after: int = 0, limit: int = 500) -> Sequence[Ticket]:
        question = matching(wanted).where(tickets.c.id > after).order_by(tickets.c.id).limit(limit)
        return [ticket_from(row) for row in self._session.fetch_made(question)]

    def last_changed(self, wanted: TicketFilter, *, limit: int | None = None) -> Sequence[int]:
        newest_first = (tickets.c.updated_at.desc(), tickets.c.id.desc())
        question = matching(wanted).with_only_columns(tickets.c.id).order_by(*newest_first).limit(limit)
        return [row["id"] for row in self._session.fetch_made(question)]

    def count(self, wanted: TicketFilter, *, at_most: int | None = None) -> int:
        return int(self._session.fetch_made(count_of(wanted, at_most=at_most))[0]["many"])

    def long_resolved(self, team: str, *, before: datetime, limit: int) -> Sequence[int]:
        rows = self._session.fetch(LONG_RESOLVED, of_team=team, before=micros(before), at_most=limit)
        return [row["id"] for row in rows]

    def oldest_opened_at(self, wanted: TicketFilter) -> datetime | None:
        question = matching(wanted).with_only_columns(func.min(tickets.c.opened_at).label("oldest"))
        return instant_or_none(self._session.fetch_made(question)[0]["oldest"])

    def newest_of(self, requester: str, origin: ChannelRef) -> Ticket | None:
        row = self._session.fetch_one(
            NEWEST_OF, of_requester=requester, platform=origin.platform, channel=origin.channel
        )
        return None if row is None else ticket_from(row)

    def count_live_by_assignee(self, people: Iterable[str]) -> Mapping[str, int]:
        asked = list(people)
        rows = self._session.fetch(LIVE_BY_ASSIGNEE, people=to_json(asked))
        return dict.fromkeys(asked, 0) | {row["assignee"]: row["live"] for row in rows}

    def last_assignee(self, team: str) -> str | None:
        row = self._session.fetch_one(LAST_ASSIGNEE, of_team=team)
        return None if row is None else str(row["assignee"])

    def snooze_over(self, now: datetime, *, limit: int) -> Sequence[int]:
        return [row["id"] for row in self._session.fetch(SNOOZE_OVER, now=micros(now), at_most=limit)]

    def count_by_status(self) -> Mapping[tuple[str, str | None, Status], int]:
        rows = self._session.fetch(BY_STATUS)
        return {(row["team"], row["community"], Status(row["status"])): row["many"] for row in rows}

    def duplicates_of(self, ticket_id: int) -> Sequence[Ticket]:
        return [ticket_from(row) for row in self._session.fetch(DUPLICATES_OF, the_ticket=ticket_id)]

    def _read_together(self, ids: Iterable[int]) -> Mapping[int, Ticket]:
        """Whoever asks for a ticket asks for what it was opened with, and for its people."""
        found = self.get_many(ids)
        for ticket in found.values():
            self._ahead.people.add(ticket.requester)
            if ticket.assignee is not None:
                self._ahead.people.add(ticket.assignee)
            if ticket.opening is not None:
                self._ahead.messages.add(ticket.opening)
            if ticket.merged_into is not None:
                self._ahead.tickets.add(ticket.merged_into)
        return found

    def _one(self, ticket_id: int, row: Row | None) -> Ticket:
        if row is None:
            raise TicketNotFound(id=ticket_id)
        return ticket_from(row)


def row_of(ticket: Ticket) -> Row:
    return {
        "id": ticket.id,
        "prefix": ticket.prefix,
        "number": ticket.number,
        "subject": ticket.subject,
        "team": ticket.team,
        "requester": ticket.requester,
        "priority": ticket.priority,
        "status": ticket.status,
        "assignee": ticket.assignee,
        "tags": to_json(ticket.tags),
        "inbox": ticket.inbox,
        "origin_platform": ticket.origin.platform,
        "origin_channel": ticket.origin.channel,
        "fields": to_json(dict(ticket.fields)),
        "is_private": ticket.is_private,
        "language": ticket.language,
        "why_here": to_json(ticket.why_here),
        "sla_policy": ticket.sla_policy,
        "sla_policy_copy": ticket.sla_policy_copy,
        "sla_stage": ticket.sla_stage,
        "is_warned": ticket.is_warned,
        "follows": ticket.follows,
        "opened_at": micros(ticket.opened_at),
        "updated_at": micros(ticket.updated_at),
        "first_replied_at": micros_or_none(ticket.first_replied_at),
        "awaits_reply_since": micros_or_none(ticket.awaits_reply_since),
        "last_update_at": micros_or_none(ticket.last_update_at),
        "resolved_at": micros_or_none(ticket.resolved_at),
        "closed_at": micros_or_none(ticket.closed_at),
        "version": ticket.version,
        "community": ticket.community,
        "due_at": micros_or_none(ticket.due_at),
        "queue_place": queue_place(ticket),
        "opening": ticket.opening,
        "worked_minutes": ticket.worked // _MINUTE,
        "snoozed_until": micros_or_none(ticket.snoozed_until),
        "snoozed_by": ticket.snoozed_by,
        "merged_into": ticket.merged_into,
        "has_duplicates": ticket.has_duplicates,
        "is_unhappy": ticket.is_unhappy,
    }


@lru_cache(maxsize=1_024)
def _reason(written: str) -> Sentence:
    """One object for all tickets that are where they are for one reason."""
    return Sentence.from_json(from_json(written))


def ticket_from(row: Row) -> Ticket:
    return Ticket(
        id=row["id"],
        prefix=row["prefix"],
        number=row["number"],
        subject=row["subject"],
        team=row["team"],
        requester=row["requester"],
        priority=Priority(row["priority"]),
        status=Status(row["status"]),
        assignee=row["assignee"],
        tags=tuple(from_json(row["tags"])),
        inbox=row["inbox"],
        origin=ChannelRef(row["origin_platform"], row["origin_channel"]),
        fields=from_json(row["fields"]),
        is_private=bool(row["is_private"]),
        language=row["language"],
        why_here=_reason(row["why_here"]),
        sla_policy=row["sla_policy"],
        sla_policy_copy=row["sla_policy_copy"],
        sla_stage=row["sla_stage"],
        is_warned=bool(row["is_warned"]),
        follows=row["follows"],
        opened_at=instant(row["opened_at"]),
        updated_at=instant(row["updated_at"]),
        first_replied_at=instant_or_none(row["first_replied_at"]),
        awaits_reply_since=instant_or_none(row["awaits_reply_since"]),
        last_update_at=instant_or_none(row["last_update_at"]),
        resolved_at=instant_or_none(row["resolved_at"]),
        closed_at=instant_or_none(row["closed_at"]),
        version=row["version"],
        community=row["community"],
        due_at=instant_or_none(row["due_at"]),
        opening=row["opening"],
        worked=row["worked_minutes"] * _MINUTE,
        snoozed_until=instant_or_none(row.get("snoozed_until")),
        snoozed_by=row.get("snoozed_by"),
        merged_into=row.get("merged_into"),
        has_duplicates=bool(row.get("has_duplicates")),
        is_unhappy=bool(row.get("is_unhappy")),
    )
