"""What each team hands over to the next region: one row a day, and one for each ticket of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, func, select, text, update

from bot.domain.levels.hand_over import HandedOver, HandOver
from storage.engine.columns import Row, index_key, instant, micros, to_json
from storage.engine.session import Session
from storage.engine.statements import ListedIn
from storage.tables.desk import written
from storage.tables.tickets.levels import hand_overs, handed_over_tickets

BEGIN: Final = text(
    "INSERT INTO hand_overs (id, team, day, at, receiver) VALUES (:id, :team, :day, :at, :receiver)"
    " ON CONFLICT (team, day) DO NOTHING"
)
ADD: Final = text(
    "INSERT INTO handed_over_tickets (hand_over_id, ticket_id, state) VALUES (:hand_over, :ticket, 'waiting')"
)
LAST_DAYS = select(hand_overs.c.team, func.max(hand_overs.c.day).label("day")).group_by(hand_overs.c.team)
GET = select(hand_overs).where(hand_overs.c.id == bindparam("the_id"))
UNFINISHED = (
    select(hand_overs).where(hand_overs.c.told_at.is_(None)).order_by(hand_overs.c.at, hand_overs.c.id)
)
_is_of_it = handed_over_tickets.c.hand_over_id == bindparam("the_id")
_is_waiting = handed_over_tickets.c.state == written("waiting")
_is_moved = handed_over_tickets.c.state == written("moved")
WAITING = (
    select(handed_over_tickets.c.ticket_id)
    .where(_is_of_it, _is_waiting)
    .order_by(handed_over_tickets.c.ticket_id)
)
SETTLE = (
    update(handed_over_tickets)
    .where(_is_of_it, handed_over_tickets.c.ticket_id == bindparam("the_ticket"), _is_waiting)
    .values(state=bindparam("new_state"), holder=bindparam("new_holder"))
)
FINISH = (
    update(hand_overs)
    .where(hand_overs.c.id == bindparam("the_id"), hand_overs.c.told_at.is_(None))
    .values(told_at=bindparam("now"))
)
MOVED = (
    select(handed_over_tickets.c.ticket_id, handed_over_tickets.c.holder)
    .where(_is_of_it, _is_moved)
    .order_by(handed_over_tickets.c.ticket_id)
)
LAST_HOURS = (
    select(handed_over_tickets.c.ticket_id, func.max(hand_overs.c.at).label("at"))
    .join(hand_overs, hand_overs.c.id == handed_over_tickets.c.hand_over_id)
    .where(ListedIn(handed_over_tickets.c.ticket_id, "listed"), _is_moved)
    .group_by(handed_over_tickets.c.ticket_id)
)


class SqlHandOvers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def last_days(self) -> Mapping[str, date]:
        return {row["team"]: date.fromisoformat(row["day"]) for row in self._session.fetch(LAST_DAYS)}

    def begin(self, hand_over: HandOver, *, tickets: Iterable[int]) -> bool:
        is_first = self._session.count(
            BEGIN,
            id=hand_over.id,
            team=index_key(hand_over.team),
            day=hand_over.day.isoformat(),
            at=micros(hand_over.at),
            receiver=hand_over.receiver,
        )
        if not is_first:
            return False
        for ticket in tickets:
            self._session.write(ADD, hand_over=hand_over.id, ticket=ticket)
        return True

    def get(self, hand_over: int) -> HandOver | None:
        row = self._session.fetch_one(GET, the_id=hand_over)
        return None if row is None else _hand_over_from(row)

    def unfinished(self) -> Sequence[HandOver]:
        return [_hand_over_from(row) for row in self._session.fetch(UNFINISHED)]

    def waiting(self, hand_over: int) -> Sequence[int]:
        return [row["ticket_id"] for row in self._session.fetch(WAITING, the_id=hand_over)]

    def settle(self, hand_over: int, ticket: int, *, is_moved: bool, holder: str | None) -> bool:
        settled = self._session.count(
            SETTLE,
            the_id=hand_over,
            the_ticket=ticket,
            new_state="moved" if is_moved else "left",
            new_holder=holder,
        )
        return settled > 0

    def finish(self, hand_over: int, *, now: datetime) -> bool:
        return self._session.count(FINISH, the_id=hand_over, now=micros(now)) > 0

    def moved(self, hand_over: int) -> Sequence[HandedOver]:
        rows = self._session.fetch(MOVED, the_id=hand_over)
        return [HandedOver(ticket=row["ticket_id"], holder=row["holder"]) for row in rows]

    def last_hours(self, tickets: Collection[int]) -> Mapping[int, datetime]:
        rows = self._session.fetch(LAST_HOURS, listed=to_json(list(tickets))) if tickets else ()
        return {row["ticket_id"]: instant(row["at"]) for row in rows}


def _hand_over_from(row: Row) -> HandOver:
    return HandOver(
        id=row["id"],
        team=row["team"],
        day=date.fromisoformat(row["day"]),
        at=instant(row["at"]),
        receiver=row["receiver"],
    )
