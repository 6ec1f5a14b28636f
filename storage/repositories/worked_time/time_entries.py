"""Time that was logged, and its sums; an entry that was removed keeps its row."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, func, or_, select, update

from bot.domain.calendars.iso_weeks import start_of
from bot.domain.worked_time.time_entry import TimeEntry
from bot.ports.storage.reports import ReportQuery
from bot.ports.storage.worked_time.time_entries import ReportedEntry, TimeDimension, WorkedTime
from storage.engine.columns import Row, index_key, instant, micros
from storage.engine.session import Session
from storage.engine.statements import Insertion, JsonText
from storage.tables.desk import tickets
from storage.tables.tickets.worked_time import time_entries

_MINUTE: Final = timedelta(minutes=1)
_INSTANT: Final = timedelta(microseconds=1)
_is_the_one = time_entries.c.id == bindparam("the_id")
_is_kept = time_entries.c.is_removed.is_(False)
_is_of_ticket = time_entries.c.ticket_id == bindparam("the_ticket")

ADD: Final = Insertion(time_entries, tuple(time_entries.columns.keys()))
FIND = select(time_entries).where(_is_the_one, _is_kept)
SAVE = (
    update(time_entries)
    .where(_is_the_one)
    .values(day=bindparam("the_day"), minutes=bindparam("the_minutes"), text=bindparam("the_text"))
)
REMOVE = update(time_entries).where(_is_the_one).values(is_removed=True)
OF_TICKET = (
    select(time_entries)
    .where(_is_of_ticket, _is_kept)
    .order_by(time_entries.c.day, time_entries.c.added_at, time_entries.c.id)
)
_minutes = func.coalesce(func.sum(time_entries.c.minutes), 0).label("minutes")
TOTAL_OF = select(_minutes).where(_is_of_ticket, _is_kept)
_category = func.coalesce(JsonText(tickets.c.fields, "category"), "")
_SUMS: Final = (
    _minutes,
    func.count().label("entries"),
    func.count(time_entries.c.ticket_id.distinct()).label("tickets"),
)
_DIMENSIONS: Final[Mapping[TimeDimension, ColumnElement[Any]]] = {
    TimeDimension.TEAM: time_entries.c.team,
    TimeDimension.AGENT: time_entries.c.agent,
    TimeDimension.CATEGORY: _category,
}


class SqlTimeEntries:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: TimeEntry) -> None:
        self._session.insert(
            ADD,
            {
                "id": entry.id,
                "ticket_id": entry.ticket,
                "team": entry.team,
                "agent": index_key(entry.agent),
                "day": entry.day.isoformat(),
                "minutes": entry.length // _MINUTE,
                "text": entry.text,
                "added_at": micros(entry.added_at),
                "is_removed": False,
            },
        )

    def find(self, entry_id: int) -> TimeEntry | None:
        row = self._session.fetch_one(FIND, the_id=entry_id)
        return None if row is None else _entry_from(row)

    def save(self, entry: TimeEntry) -> None:
        self._session.write(
            SAVE,
            the_id=entry.id,
            the_day=entry.day.isoformat(),
            the_minutes=entry.length // _MINUTE,
            the_text=entry.text,
        )

    def remove(self, entry_id: int) -> None:
        self._session.write(REMOVE, the_id=entry_id)

    def of_ticket(self, ticket: int) -> Sequence[TimeEntry]:
        return [_entry_from(row) for row in self._session.fetch(OF_TICKET, the_ticket=ticket)]

    def total_of(self, ticket: int) -> timedelta:
        row = self._session.fetch_one(TOTAL_OF, the_ticket=ticket)
        return timedelta() if row is None else int(row["minutes"]) * _MINUTE

    def worked(self, asked: ReportQuery) -> WorkedTime:
        (row,) = self._session.fetch_made(_within(select(*_SUMS), asked))
        return _worked_from(row)

    def worked_by(self, asked: ReportQuery, *, by: TimeDimension) -> Mapping[str, WorkedTime]:
        value = _DIMENSIONS[by].label("value")
        question = _within(select(value, *_SUMS), asked).group_by(value)
        if by is TimeDimension.CATEGORY:
            question = question.join(tickets, tickets.c.id == time_entries.c.ticket_id)
        rows = self._session.fetch_made(question)
        return {str(row["value"]): _worked_from(row) for row in rows}

    def reported(self, asked: ReportQuery, *, limit: int) -> Sequence[ReportedEntry]:
        reference = (tickets.c.prefix + "-" + cast(tickets.c.number, Text)).label("reference")
        question = _within(select(time_entries, reference, _category.label("category")), asked)
        newest_first = (time_entries.c.day.desc(), time_entries.c.added_at.desc(), time_entries.c.id.desc())
        rows = self._session.fetch_made(
            question.join(tickets, tickets.c.id == time_entries.c.ticket_id)
            .order_by(*newest_first)
            .limit(limit)
        )
        return [
            ReportedEntry(entry=_entry_from(row), reference=row["reference"], category=row["category"])
            for row in rows
        ]


def logged_within(
    since: datetime | None, until: datetime | None, zone: ZoneInfo
) -> Sequence[ColumnElement[bool]]:
    """Entries are for days, so a period is its days; of a last one that is not over, what was added by its end."""
    held: list[ColumnElement[bool]] = [_is_kept]
    if since is not None:
        held.append(time_entries.c.day >= since.astimezone(zone).date().isoformat())
    if until is not None:
        last = (until - _INSTANT).astimezone(zone).date()
        held.append(time_entries.c.day <= last.isoformat())
        if until != start_of(last + timedelta(days=1), zone):
            was_there = time_entries.c.added_at < micros(until)
            held.append(or_(time_entries.c.day < last.isoformat(), was_there))
    return held


def _within(question: Select[Any], asked: ReportQuery) -> Select[Any]:
    question = question.where(*logged_within(asked.since, asked.until, asked.zone))
    return question if asked.teams is None else question.where(time_entries.c.team.in_(sorted(asked.teams)))


def _worked_from(row: Row) -> WorkedTime:
    return WorkedTime(
        length=int(row["minutes"]) * _MINUTE, entries=int(row["entries"]), tickets=int(row["tickets"])
    )


def _entry_from(row: Row) -> TimeEntry:
    return TimeEntry(
        id=row["id"],
        ticket=row["ticket_id"],
        team=row["team"],
        agent=row["agent"],
        day=date.fromisoformat(row["day"]),
        length=row["minutes"] * _MINUTE,
        text=row["text"],
        added_at=instant(row["added_at"]),
    )
