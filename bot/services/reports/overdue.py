"""How late what is overdue is now, in time of its own calendar, which no statement of a database can work out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.caches.policy_snapshots import PolicyCopies
from bot.domain.sla.timer import Measure
from bot.ports.storage.reports import DecidedTarget, Dimension, Lateness, OverdueTarget, ReportQuery
from bot.ports.unit_of_work import UnitOfWork

_ZERO = timedelta()


def decided_targets(
    uow: UnitOfWork, asked: ReportQuery, *, limit: int, before: DecidedTarget | None = None
) -> Sequence[DecidedTarget]:
    """`Reports.promises`; of what is overdue with the time spent, and how late it is, up to now."""
    copies = PolicyCopies()
    return [
        _up_to_now(each, overdue_by(uow, copies, each, now=asked.as_of)) if each.is_overdue else each
        for each in uow.reports.promises(asked, limit=limit, before=before)
    ]


def _up_to_now(each: DecidedTarget, overdue: timedelta) -> DecidedTarget:
    return replace(each, overdue=overdue, spent=each.target + overdue)


def overdue_lateness(uow: UnitOfWork, asked: ReportQuery) -> Mapping[tuple[Dimension | None, str], Lateness]:
    """`Reports.lateness`, of those that are not fulfilled yet and by how late they are now."""
    copies = PolicyCopies()
    groups: dict[tuple[Dimension | None, str], list[timedelta]] = {}
    for each in uow.reports.overdue(asked):
        late = overdue_by(uow, copies, each, now=asked.as_of)
        for group in _groups(each):
            groups.setdefault(group, []).append(late)
    return {group: _lateness(late) for group, late in groups.items()}


def overdue_by(
    uow: UnitOfWork, copies: PolicyCopies, each: OverdueTarget | DecidedTarget, *, now: datetime
) -> timedelta:
    """Nothing more is counted while it is paused."""
    spent = each.spent
    if each.running_since is not None and each.policy_copy is not None and each.running_since < now:
        hours = copies.of(uow, each.policy_copy).hours_of(Measure(each.measure))
        spent += hours.between(each.running_since, now)
    return max(spent - each.target, _ZERO)


def _groups(each: OverdueTarget) -> Iterable[tuple[Dimension | None, str]]:
    yield None, ""
    yield Dimension.TEAM, each.team
    yield Dimension.POLICY, each.policy
    yield Dimension.PRIORITY, each.priority
    yield Dimension.MEASURE, each.measure
    yield Dimension.WEEK, each.week.isoformat()


def _lateness(late: list[timedelta]) -> Lateness:
    """As the database tells those of the others."""
    ranked, many = sorted(late), len(late)
    median = (ranked[(many - 1) // 2] + ranked[many // 2]) // 2
    return Lateness(median=median, ninetieth=ranked[(many * 9 + 9) // 10 - 1], worst=ranked[-1])
