"""Which promises are missed, met or left out, for reports and for searches of the tickets behind them."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from storage.engine.columns import micros
from storage.engine.statements import JsonText
from storage.repositories.figures.flows import IS_EXCLUDED
from storage.tables.desk import sla_policies, sla_timers, tickets

_variant = JsonText(sla_policies.c.body, "variant")
POLICIES: Final = (
    select(
        sla_policies.c.key,
        (JsonText(sla_policies.c.body, "name") + func.coalesce("/" + _variant, "")).label("label"),
    )
    .cte("policies")
    .prefix_with("MATERIALIZED")
)
"""Each copy is read once, not once for each timer that runs by it."""
POLICY: Final = func.coalesce(POLICIES.c.label, tickets.c.sla_policy, "")

IS_UNMET: Final = and_(
    IS_EXCLUDED,
    tickets.c.closed_at.is_not(None),
    sla_timers.c.stopped_at.is_not(None),
    sla_timers.c.stopped_at >= tickets.c.closed_at,
)
"""`ended_unmet`, of a missed one: nobody ever did it. It is never NULL, so that it may be turned round."""


def is_broken_by(now: datetime) -> ColumnElement[bool]:
    """Also where no tick of the clock has seen it yet. A timer that does not run has no due time."""
    is_overdue = and_(sla_timers.c.due_at.is_not(None), sla_timers.c.due_at <= micros(now))
    return or_(sla_timers.c.breached_at.is_not(None), is_overdue)


def is_excluded(now: datetime) -> ColumnElement[bool]:
    """What was missed before its ticket was closed without an answer stays missed."""
    return and_(IS_EXCLUDED, not_(is_broken_by(now)))
