"""Who follows which ticket; each person once for a side of a ticket."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import bindparam, select, text

from bot.domain.notices.follower import Follower
from bot.domain.tickets.conversation import Side
from storage.engine.columns import Row, index_key, instant, micros, to_json
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import ListedIn
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
OF_TICKETS = (
    select(followers)
    .where(ListedIn(followers.c.ticket_id, "listed"))
    .order_by(followers.c.at, followers.c.person, followers.c.side)
)


class SqlFollowers:
    def __init__(self, session: Session, *, ahead: ReadAhead) -> None:
        self._session = session
        self._together = ReadTogether(ahead.tickets, self._read_together)

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
        if ticket in self._together:
            return self._together[ticket] or ()
        return [follower_from(row) for row in self._session.fetch(OF_TICKET, the_ticket=ticket)]

    def tickets_of(self, person: str) -> Mapping[Side, frozenset[int]]:
        found: dict[Side, set[int]] = {}
        for row in self._session.fetch(TICKETS_OF, the_person=index_key(person)):
            found.setdefault(Side(row["side"]), set()).add(row["ticket_id"])
        return {side: frozenset(ids) for side, ids in found.items()}

    def _read_together(self, tickets: Iterable[int]) -> Mapping[int, Sequence[Follower]]:
        found: dict[int, list[Follower]] = {}
        for row in self._session.fetch(OF_TICKETS, listed=to_json(sorted(tickets))):
            found.setdefault(row["ticket_id"], []).append(follower_from(row))
        return found


def follower_from(row: Row) -> Follower:
    return Follower(
        ticket=row["ticket_id"],
        person=row["person"],
        side=Side(row["side"]),
        added_by=row["added_by"],
        at=instant(row["at"]),
        is_removed=bool(row["is_removed"]),
    )
