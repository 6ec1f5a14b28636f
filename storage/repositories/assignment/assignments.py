"""Whose turn it was last, a row a team that is locked while a ticket is given out; and how much everybody has."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select, text, update

from storage.engine.columns import micros, to_json
from storage.engine.session import Session
from storage.engine.statements import ListedIn
from storage.tables.desk import is_live, tickets, written
from storage.tables.tickets.assignment import assignment_turns

MOST_LOOKED_AT: Final = 200
"""Of each account's tickets, the newest first."""
BEGIN: Final = text("INSERT INTO assignment_turns (team) VALUES (:team) ON CONFLICT (team) DO NOTHING")
LOCK = (
    select(assignment_turns)
    .where(ListedIn(assignment_turns.c.team, "listed"))
    .order_by(assignment_turns.c.team)
    .with_for_update()
)
"""In one order, so that nobody waits in a circle."""
GIVE = (
    update(assignment_turns)
    .where(assignment_turns.c.team == bindparam("the_team"))
    .values(agent=bindparam("to"), given_at=bindparam("at"))
)
WAITING_BY_PRIORITY = (
    select(tickets.c.assignee, tickets.c.priority, func.count().label("many"))
    .where(
        is_live(tickets.c.status),
        tickets.c.status.in_([written("new"), written("open")]),
        ListedIn(tickets.c.assignee, "people"),
    )
    .group_by(tickets.c.assignee, tickets.c.priority)
)
_newest = (
    select(tickets.c.id, tickets.c.team, tickets.c.assignee)
    .where(tickets.c.requester == bindparam("requester"), tickets.c.id < bindparam("before"))
    .order_by(tickets.c.id.desc())
    .limit(MOST_LOOKED_AT)
    .subquery("newest")
)
LAST_AGENT_OF = (
    select(_newest.c.id, _newest.c.assignee)
    .where(_newest.c.team == bindparam("of_team"), _newest.c.assignee.is_not(None))
    .order_by(_newest.c.id.desc())
    .limit(1)
)


class SqlAssignments:
    def __init__(self, session: Session) -> None:
        self._session = session

    def lock_turns(self, teams: Iterable[str]) -> Mapping[str, str | None]:
        wanted = sorted(set(teams))
        turns = self._locked(wanted)
        if missing := [team for team in wanted if team not in turns]:
            for team in missing:
                self._session.write(BEGIN, team=team)
            turns = self._locked(wanted)
        return turns

    def keep_turn(self, team: str, agent: str, *, at: datetime) -> None:
        self._session.write(GIVE, the_team=team, to=agent, at=micros(at))

    def waiting_by_priority(self, people: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
        asked = list(people)
        found: dict[str, dict[str, int]] = {person: {} for person in asked}
        for row in self._session.fetch(WAITING_BY_PRIORITY, people=to_json(asked)):
            found[row["assignee"]][row["priority"]] = row["many"]
        return found

    def last_agent_of(self, requesters: Iterable[str], *, team: str, before: int) -> str | None:
        rows = (
            self._session.fetch_one(LAST_AGENT_OF, requester=each, of_team=team, before=before)
            for each in sorted(set(requesters))
        )
        newest = max((row for row in rows if row is not None), key=lambda row: int(row["id"]), default=None)
        return None if newest is None else str(newest["assignee"])

    def _locked(self, teams: list[str]) -> dict[str, str | None]:
        return {row["team"]: row["agent"] for row in self._session.fetch(LOCK, listed=to_json(teams))}
