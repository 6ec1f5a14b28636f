"""Timers that run; one ends by being removed, in the transaction that logs its time."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select, text

from bot.domain.worked_time.stopwatch import Stopwatch
from storage.engine.columns import Row, index_key, instant, micros, to_json
from storage.engine.session import Session
from storage.engine.statements import ListedIn
from storage.tables.tickets.worked_time import stopwatches

START: Final = text(
    "INSERT INTO stopwatches (agent, id, ticket_id, started_at, counts_until, ends_at)"
    " VALUES (:agent, :id, :ticket_id, :started_at, :counts_until, :ends_at) ON CONFLICT (agent) DO NOTHING"
)
OF_AGENTS = (
    select(stopwatches)
    .where(ListedIn(stopwatches.c.agent, "people"))
    .order_by(stopwatches.c.started_at, stopwatches.c.id)
)
OF_TICKET = (
    select(stopwatches)
    .where(stopwatches.c.ticket_id == bindparam("the_ticket"))
    .order_by(stopwatches.c.started_at, stopwatches.c.id)
)
DUE = (
    select(stopwatches)
    .where(stopwatches.c.ends_at <= bindparam("now"))
    .order_by(stopwatches.c.ends_at, stopwatches.c.id)
    .limit(bindparam("at_most"))
)
END = delete(stopwatches).where(stopwatches.c.id == bindparam("the_id"))


class SqlStopwatches:
    def __init__(self, session: Session) -> None:
        self._session = session

    def start(self, stopwatch: Stopwatch) -> bool:
        started = self._session.count(
            START,
            agent=index_key(stopwatch.agent),
            id=stopwatch.id,
            ticket_id=stopwatch.ticket,
            started_at=micros(stopwatch.started_at),
            counts_until=micros(stopwatch.counts_until),
            ends_at=micros(stopwatch.ends_at),
        )
        return started > 0

    def of_agents(self, people: Iterable[str]) -> Sequence[Stopwatch]:
        asked = sorted({index_key(each) for each in people})
        return [_stopwatch_from(row) for row in self._session.fetch(OF_AGENTS, people=to_json(asked))]

    def of_ticket(self, ticket: int) -> Sequence[Stopwatch]:
        return [_stopwatch_from(row) for row in self._session.fetch(OF_TICKET, the_ticket=ticket)]

    def due(self, now: datetime, *, limit: int) -> Sequence[Stopwatch]:
        return [_stopwatch_from(row) for row in self._session.fetch(DUE, now=micros(now), at_most=limit)]

    def end(self, stopwatch: int) -> bool:
        return self._session.count(END, the_id=stopwatch) > 0


def _stopwatch_from(row: Row) -> Stopwatch:
    return Stopwatch(
        id=row["id"],
        agent=row["agent"],
        ticket=row["ticket_id"],
        started_at=instant(row["started_at"]),
        counts_until=instant(row["counts_until"]),
        ends_at=instant(row["ends_at"]),
    )
