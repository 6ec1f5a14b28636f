"""What is to come of tickets on which somebody is waited for; a ticket has one plan of a kind."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    not_,
    select,
    text,
)

from bot.domain.nudges.plan import NudgePlan, PlanKind, PlanState
from storage.engine.columns import Row, instant, instant_or_none, micros, micros_or_none
from storage.engine.session import Session
from storage.tables.desk import is_live, tickets, written
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
REMOVE = delete(nudge_plans).where(_is_the_one)
DUE = (
    select(nudge_plans.c.ticket_id, nudge_plans.c.kind)
    .where(nudge_plans.c.next_at <= bindparam("now"))
    .order_by(nudge_plans.c.next_at, nudge_plans.c.ticket_id)
    .limit(bindparam("at_most"))
)
_has_plan = nudge_plans.c.ticket_id == tickets.c.id


def _lacking(is_waited_on: ColumnElement[bool], has: ColumnElement[bool]) -> Select[Any]:
    """In an order that no index has, or SQLite walks all tickets along that."""
    return (
        select(tickets.c.id)
        .where(is_waited_on, tickets.c.team == bindparam("the_team"), not_(exists().where(has)))
        .order_by(tickets.c.updated_at + literal_column("0"), tickets.c.id)
        .limit(bindparam("at_most"))
    )


_is_assigned = func.coalesce(tickets.c.assignee, written("")) != written("")
"""In other words than those of the index of all that ever had an assignee, which is long."""
_is_resting = nudge_plans.c.state == written("resting")
WITHOUT: Final = {
    PlanKind.PENDING: _lacking(
        tickets.c.status == written("pending"),
        _has_plan & (nudge_plans.c.kind == written("pending")) & not_(_is_resting),
    ),
    PlanKind.CLAIM: _lacking(
        is_live(tickets.c.status) & (tickets.c.status == written("open")) & _is_assigned,
        _has_plan
        & (nudge_plans.c.kind == written("claim"))
        & (nudge_plans.c.person == tickets.c.assignee)
        & not_(_is_resting)
        & (nudge_plans.c.state != written("lapsed")),
    ),
}


class SqlNudgePlans:
    def __init__(self, session: Session) -> None:
        self._session = session

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
        row = self._session.fetch_one(GET, the_ticket=ticket, the_kind=kind)
        return None if row is None else plan_from(row)

    def remove(self, ticket: int, kind: PlanKind) -> None:
        self._session.write(REMOVE, the_ticket=ticket, the_kind=kind)

    def due(self, now: datetime, *, limit: int) -> Sequence[tuple[int, PlanKind]]:
        rows = self._session.fetch(DUE, now=micros(now), at_most=limit)
        return [(row["ticket_id"], PlanKind(row["kind"])) for row in rows]

    def without(self, kind: PlanKind, *, team: str, limit: int) -> Sequence[int]:
        rows = self._session.fetch(WITHOUT[kind], the_team=team, at_most=limit)
        return [row["id"] for row in rows]


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
