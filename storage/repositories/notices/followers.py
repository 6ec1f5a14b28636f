"""Who follows which ticket; each person once for a side of a ticket."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import bindparam, select, text

from bot.domain.notices.follower import Follower
from bot.domain.tickets.conversation import Side
from storage.engine.columns import Row, index_key, instant, micros
from storage.engine.session import Session
from storage.tables.notices import followers

PUT: Final = text(
    "INSERT INTO followers (ticket_id, person, side, added_by, at, is_removed)"
    " VALUES (:ticket_id, :person, :side, :added_by, :at, :is_removed)"
    " ON CONFLICT (ticket_id, person, side) DO UPDATE SET"
    " added_by = excluded.added_by, at = excluded.at, is_removed = excluded.is_removed"
)
OF_PERSON = select(followers).where(
    followers.c.ticket_id == bindparam("the_ticket"), followers.c.person == bindparam("the_person")
)
TICKETS_OF = select(followers.c.side, followers.c.ticket_id).where(
    followers.c.person == bindparam("the_person"), followers.c.is_removed.is_(False)
)
OF_TICKET = (
    select(followers)
    .where(followers.c.ticket_id == bindparam("the_ticket"))
    .order_by(followers.c.at, followers.c.person, followers.c.side)
)


class SqlFollowers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, follower: Follower) -> None:
        self._session.write(
            PUT,
            ticket_id=follower.ticket,
            person=index_key(follower.person),
            side=follower.side,
            added_by=follower.added_by,
            at=micros(follower.at),
            is_removed=follower.is_removed,
        )

    def sides(self, ticket: int, person: str) -> frozenset[Side]:
        rows = self._session.fetch(OF_PERSON, the_ticket=ticket, the_person=index_key(person))
        return frozenset(Side(row["side"]) for row in rows if not row["is_removed"])

    def of_ticket(self, ticket: int) -> Sequence[Follower]:
        return [follower_from(row) for row in self._session.fetch(OF_TICKET, the_ticket=ticket)]

    def tickets_of(self, person: str) -> Mapping[Side, frozenset[int]]:
        found: dict[Side, set[int]] = {}
        for row in self._session.fetch(TICKETS_OF, the_person=index_key(person)):
            found.setdefault(Side(row["side"]), set()).add(row["ticket_id"])
        return {side: frozenset(ids) for side, ids in found.items()}


def follower_from(row: Row) -> Follower:
    return Follower(
        ticket=row["ticket_id"],
        person=row["person"],
        side=Side(row["side"]),
        added_by=row["added_by"],
        at=instant(row["at"]),
        is_removed=bool(row["is_removed"]),
    )
