"""What is to come of tickets on which somebody is waited for; a ticket has one plan of a kind."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    not_,
    select,
    text,
    tuple_,
)

from bot.domain.nudges.plan import NudgePlan, PlanKind, PlanState
from bot.ports.storage.nudges.nudge_plans import QueuePosition, TicketsWithoutPlan
from storage.engine.columns import Row, instant, instant_or_none, micros, micros_or_none, to_json
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import ListedIn
from storage.tables.desk import big, is_live, tickets, written
from storage.tables.tickets.nudges import nudge_plans

PUT: Final = text(
    "INSERT INTO nudge_plans"
    " (ticket_id, kind, person, state, began_at, steps, told_at, promised_at, is_extended, next_at) VALUES"
    " (:ticket_id, :kind, :person, :state, :began_at, :steps, :told_at, :promised_at, :is_extended, :next_at)"
    " ON CONFLICT (ticket_id, kind) DO UPDATE SET person = excluded.person, state = excluded.state,"
    " began_at = excluded.began_at, steps = excluded.steps, told_at = excluded.told_at,"
    " promised_at = excluded.promised_at, is_extended = excluded.is_extended, next_at = excluded.next_at"
)
_is_the_one = (nudge_plans.c.ticket_id == bindparam("the_ticket")) & (
    nudge_plans.c.kind == bindparam("the_kind")
)
GET = select(nudge_plans).where(_is_the_one)
OF_TICKETS = select(nudge_plans).where(ListedIn(nudge_plans.c.ticket_id, "listed"))
REMOVE = delete(nudge_plans).where(_is_the_one)
DUE = (
    select(nudge_plans.c.ticket_id, nudge_plans.c.kind)
    .where(nudge_plans.c.next_at <= bindparam("now"))
    .order_by(nudge_plans.c.next_at, nudge_plans.c.ticket_id)
    .limit(bindparam("at_most"))
)
_live = (
    select(tickets)
    .where(
        is_live(tickets.c.status),
        tickets.c.team == bindparam("the_team"),
        tuple_(tickets.c.queue_place, tickets.c.id)
        > tuple_(bindparam("behind_place", type_=big()), bindparam("behind", type_=big())),
    )
    .order_by(tickets.c.queue_place, tickets.c.id)
    .limit(bindparam("at_most"))
    .subquery("live")
)
_has_plan = nudge_plans.c.ticket_id == _live.c.id
_is_resting = nudge_plans.c.state == written("resting")


def _window(is_waited_on: ColumnElement[bool], has: ColumnElement[bool]) -> Select[Any]:
    """A stretch of a team's queue, and of which of its tickets a plan is lacking."""
    lacks = and_(is_waited_on, not_(exists().where(has)))
    return select(_live.c.id, _live.c.queue_place, _live.c.updated_at, lacks.label("lacks")).order_by(
        _live.c.queue_place, _live.c.id
    )


WITHOUT: Final = {
    PlanKind.PENDING: _window(
        _live.c.status == written("pending"),
        _has_plan & (nudge_plans.c.kind == written("pending")) & not_(_is_resting),
    ),
    PlanKind.CLAIM: _window(
        (_live.c.status == written("open")) & _live.c.assignee.is_not(None),
        _has_plan
        & (nudge_plans.c.kind == written("claim"))
        & (nudge_plans.c.person == _live.c.assignee)
        & not_(_is_resting)
        & (nudge_plans.c.state != written("lapsed")),
    ),
}


class SqlNudgePlans:
    def __init__(self, session: Session, *, ahead: ReadAhead) -> None:
        self._session = session
        self._together = ReadTogether(ahead.tickets, self._read_together)

    def put(self, plan: NudgePlan) -> None:
        self._session.write(
            PUT,
            ticket_id=plan.ticket_id,
            kind=plan.kind,
            person=plan.person,
            state=plan.state,
            began_at=micros(plan.began_at),
            steps=plan.steps,
            told_at=micros_or_none(plan.told_at),
            promised_at=micros_or_none(plan.promised_at),
            is_extended=plan.is_extended,
            next_at=micros_or_none(plan.next_at),
        )

    def get(self, ticket: int, kind: PlanKind) -> NudgePlan | None:
        if ticket in self._together:
            return (self._together[ticket] or {}).get(kind)
        row = self._session.fetch_one(GET, the_ticket=ticket, the_kind=kind)
        return None if row is None else plan_from(row)

    def remove(self, ticket: int, kind: PlanKind) -> None:
        self._session.write(REMOVE, the_ticket=ticket, the_kind=kind)

    def due(self, now: datetime, *, limit: int) -> Sequence[tuple[int, PlanKind]]:
        rows = self._session.fetch(DUE, now=micros(now), at_most=limit)
        return [(row["ticket_id"], PlanKind(row["kind"])) for row in rows]

    def without(
        self, kind: PlanKind, *, team: str, behind: QueuePosition | None = None, limit: int
    ) -> TicketsWithoutPlan:
        place, last = behind or (0, 0)
        rows = self._session.fetch(
            WITHOUT[kind], the_team=team, behind_place=place, behind=last, at_most=limit
        )
        lacking = sorted((row["updated_at"], row["id"]) for row in rows if row["lacks"])
        more = (rows[-1]["queue_place"], rows[-1]["id"]) if len(rows) == limit else None
        return TicketsWithoutPlan(ids=tuple(each for _, each in lacking), more_behind=more)

    def _read_together(self, tickets: Iterable[int]) -> Mapping[int, dict[PlanKind, NudgePlan]]:
        found: dict[int, dict[PlanKind, NudgePlan]] = {}
        for row in self._session.fetch(OF_TICKETS, listed=to_json(sorted(tickets))):
            plan = plan_from(row)
            found.setdefault(plan.ticket_id, {})[plan.kind] = plan
        return found


def plan_from(row: Row) -> NudgePlan:
    return NudgePlan(
        ticket_id=row["ticket_id"],
        kind=PlanKind(row["kind"]),
        person=row["person"],
        state=PlanState(row["state"]),
        began_at=instant(row["began_at"]),
        steps=row["steps"],
        told_at=instant_or_none(row["told_at"]),
        promised_at=instant_or_none(row["promised_at"]),
        is_extended=bool(row["is_extended"]),
        next_at=instant_or_none(row["next_at"]),
    )
