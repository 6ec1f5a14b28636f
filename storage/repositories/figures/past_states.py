"""What a ticket was at an instant: its team, priority and policy before the first change of each since then."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func

from bot.domain.figures.ticket_facts import FactKind
from storage.tables.desk import tickets, written
from storage.tables.tickets.figures import ticket_facts

_moved, _raised, _put_on = (ticket_facts.alias(name) for name in ("moved", "raised", "put_on"))
_earlier = ticket_facts.alias("earlier")

TEAM_THEN: ColumnElement[str] = func.coalesce(_moved.c.team, tickets.c.team)
PRIORITY_THEN: ColumnElement[str] = func.coalesce(_raised.c.other, tickets.c.priority)
POLICY_COPY_THEN: ColumnElement[str] = func.coalesce(_put_on.c.other, tickets.c.sla_policy_copy)


_CHANGES: Final = {FactKind.MOVED: _moved, FactKind.PRIORITY: _raised, FactKind.POLICY: _put_on}


def with_past(
    question: Select[Any], at: ColumnElement[int], *, kinds: Iterable[FactKind] = tuple(_CHANGES)
) -> Select[Any]:
    """Joined to a statement over tickets, so that the columns above are those of this instant.

    What was changed at that very instant is as it was changed. `kinds` are the changes that are asked about.
    """
    for kind in kinds:
        change = _CHANGES[kind]
        is_later = exists().where(
            _earlier.c.ticket_id == change.c.ticket_id,
            _earlier.c.kind == written(kind.value),
            _earlier.c.at > at,
            _earlier.c.line < change.c.line,
        )
        is_first = and_(
            change.c.ticket_id == tickets.c.id,
            change.c.kind == written(kind.value),
            change.c.at > at,
            ~is_later,
        )
        question = question.join(change, is_first, isouter=True)
    return question
