"""Any report over any tickets is what a slow and obvious count over their histories says, on both databases."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.calendars.calendar import Calendar
from bot.domain.calendars.iso_weeks import monday_of
from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.ticket import Status
from bot.ports.storage.reports import DecidedTarget, Dimension, Lateness
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.reader import PageReader
from bot.services.figures.facts import told_facts
from bot.services.reports.overdue import decided_targets
from bot.services.reports.reports import Report, ReportLine, asked_of, read_report, zone_of
from bot.services.search.ticket_search import SearchScope, find_tickets, read_search, visibility_in
from tests.domain.sla.random_lives import Life, Line, random_life
from tests.domain.sla.sample_policies import OFFICE
from tests.fakes.desk.headless_desk import LEE
from tests.stories import desk_files

DESK = load_desk(desk_files.DESK, KNOWN_PLATFORMS)
BEGUN = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
NOW = BEGUN + timedelta(days=30)
MANY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One target that was met, missed or excluded in the window, by its ticket's history alone."""

    id: int
    by: dict[Dimension, str]
    outcome: str
    late: timedelta | None = None
    overdue: timedelta | None = None


@pytest.mark.parametrize("seed", range(4))
async def test_a_report_is_what_a_slow_count_over_the_histories_says(storage: Storage, seed: int) -> None:
    random = Random(seed)
    lives = [some_life(random) for _ in range(MANY)]
    stored = await storage.run(lambda uow: [stored_life(uow, each) for each in lives])
    for days in (0, 3, 12):
        since = BEGUN + timedelta(days=days)
        asked = asked_of(DESK, since=since, until=NOW + timedelta(microseconds=1), now=NOW, teams=None)
        report = await storage.read(lambda uow, a=asked: read_report(uow, DESK, a, language="en"))  # type: ignore[misc]
        listed = await storage.read(lambda uow, a=asked: decided_targets(uow, a, limit=10_000))  # type: ignore[misc]
        counted = [each for life in stored for each in slow_count(life, since=since)]
        assert_same(report, counted)
        assert {each.id: outcome_of(each) for each in listed} == {each.id: outcome(each) for each in counted}
        await assert_found(storage, report, stored, since)
    kinds = {each.outcome for life in stored for each in slow_count(life, since=BEGUN)}
    assert kinds == {"met", "missed", "unmet", "open", "excluded"}


def some_life(random: Random) -> Life:
    calendars = [OFFICE, Calendar.around_the_clock()]
    begun = BEGUN + timedelta(hours=random.uniform(0, 200))
    life = random_life(random, calendars, at=begun, deeds=random.randint(0, 12))
    if random.random() < 0.3 and life.ticket.status.is_live:
        life.does(life.ticket.close(actor="web:ana", at=life.now))
    if random.random() < 0.5 and life.now < NOW:
        # The SLA clock has ticked since; for the others it was not running.
        life.passes(NOW - life.now)
    return life


def stored_life(uow: UnitOfWork, life: Life) -> Life:
    """The same life with ids of this database."""
    keys = {name: uow.sla_timers.copy_policy(each.to_json()) for name, each in life.copies.items()}
    copy = keys.get(life.ticket.sla_policy_copy or "")
    ticket = replace(life.ticket, id=uow.new_id(), number=None, sla_policy_copy=copy)
    uow.tickets.add(ticket)
    uow.tickets.take_number(ticket)
    timers = [replace(each, id=uow.new_id(), ticket_id=ticket.id) for each in life.timers]
    uow.sla_timers.add(timers)
    log = [with_key(line, keys) for line in life.log]
    uow.figures.keep(ticket.id, told_facts(DESK, ticket, log))
    copies = {keys[name]: each for name, each in life.copies.items()}
    return replace(life, ticket=ticket, timers=timers, copies=copies, log=log)


def with_key(line: Line, keys: Mapping[str, str]) -> Line:
    if line.event != "PolicyApplied":
        return line
    return replace(line, details={**line.details, "copy": keys[line.details["copy"]]})


def slow_count(life: Life, *, since: datetime) -> Iterable[Counted]:
    for timer in life.timers:
        missed_at = timer.missed_at(NOW)
        decided_at = missed_at or timer.stopped_at
        if decided_at is None or not since <= decided_at <= NOW:
            continue
        by = dimensions(life, timer, decided_at)
        if missed_at is None:
            yield Counted(id=timer.id, by=by, outcome="excluded" if is_excluded(life) else "met")
        elif timer.stopped_at is not None:
            late = max(timer.spent - timer.target, timedelta())
            is_unmet = is_excluded(life) and timer.stopped_at >= max(
                line.at for line in life.log if line.event == "StatusChanged"
            )
            outcome = "unmet" if is_unmet else "missed"
            yield Counted(id=timer.id, by=by, outcome=outcome, late=None if is_unmet else late)
        else:
            assert life.policy is not None
            late = max(timer.elapsed(NOW, policy=life.policy) - timer.target, timedelta())
            yield Counted(id=timer.id, by=by, outcome="open", overdue=late)


def is_excluded(life: Life) -> bool:
    """Closed, never answered, and not resolved for any time before it was closed."""
    resolved_at = closed_at = None
    for line in life.log:
        if line.event == "FirstResponseGiven":
            return False
        if line.event == "StatusChanged":
            status = Status(line.details["after"])
            if status.is_live:
                resolved_at = closed_at = None
            elif status is Status.RESOLVED:
                resolved_at = line.at
            else:
                closed_at = line.at
    return closed_at is not None and resolved_at in (None, closed_at)


def dimensions(life: Life, timer: SlaTimer, decided_at: datetime) -> dict[Dimension, str]:
    """By what the ticket was when it was decided, whatever it became afterwards."""
    team = state_at(life, decided_at, "TicketTransferred", now=life.ticket.team)
    zone = DESK.teams[team].calendar.zone
    monday: date = monday_of(decided_at.astimezone(zone).date())
    return {
        Dimension.TEAM: team,
        Dimension.POLICY: policy_at(life, decided_at),
        Dimension.PRIORITY: state_at(life, decided_at, "PriorityChanged", now=life.ticket.priority),
        Dimension.MEASURE: timer.measure,
        Dimension.WEEK: monday.isoformat(),
    }


def state_at(life: Life, at: datetime, event: str, *, now: str) -> str:
    """What the changes until then made of it; without any, what the first change found, or what it is."""
    changes = [line for line in life.log if line.event == event]
    until = [line for line in changes if line.at <= at]
    if until:
        return str(until[-1].details["after"])
    return str(changes[0].details["before"]) if changes else now


def policy_at(life: Life, at: datetime) -> str:
    applied = [line for line in life.log if line.event == "PolicyApplied"]
    until = [line for line in applied if line.at <= at]
    return life.copies[until[-1].details["copy"]].name if until else ""


def assert_same(report: Report, counted: Sequence[Counted]) -> None:
    assert numbers(report.total) == slow_numbers(counted, lambda _: True)
    for dimension, lines in report.lines.items():
        told = {line.value: numbers(line) for line in lines if line.decided or line.excluded}
        values = {each.by[dimension] for each in counted}
        slow = {
            value: slow_numbers(counted, lambda each, d=dimension, v=value: each.by[d] == v)  # type: ignore[misc]
            for value in values
        }
        assert told == slow


async def assert_found(storage: Storage, report: Report, lives: Sequence[Life], since: datetime) -> None:
    """Each number leads to the tickets of the targets that it counts, each of them once."""
    lines = [(None, report.total), *((by, each) for by, lines in report.lines.items() for each in lines)]
    checked = 0
    for dimension, line in lines:
        for search, outcomes in zip(
            line.searches, (("met",), ("missed", "unmet", "open"), ("missed",), ("open",)), strict=True
        ):
            wanted = {
                life.ticket.id
                for life in lives
                for each in slow_count(life, since=since)
                if each.outcome in outcomes and (dimension is None or each.by[dimension] == line.value)
            }
            if search:
                assert await storage.read(lambda uow, s=search: found_in(uow, s)) == wanted, search  # type: ignore[misc]
                checked += len(wanted)
    assert checked


def found_in(uow: UnitOfWork, search: str) -> set[int]:
    reader = PageReader(uow=uow, desk=DESK, actor=LEE, now=NOW, language="en")
    query = read_search(reader, search, scope=SearchScope.SEEN, zone=zone_of(DESK, None))
    visibility = visibility_in(reader, SearchScope.SEEN)
    return {each.id for each in find_tickets(reader, query, visibility=visibility, limit=1_000).tickets}


Numbers = tuple[int, int, int, int, int, Lateness | None, Lateness | None]


def numbers(line: ReportLine) -> Numbers:
    return line.kept, line.missed, line.unmet, line.unfulfilled, line.excluded, line.late, line.overdue


def slow_numbers(counted: Sequence[Counted], is_of: Callable[[Counted], bool]) -> Numbers:
    some = [each for each in counted if is_of(each)]
    met, missed, unmet, still_open, excluded = (
        sum(each.outcome == outcome for each in some)
        for outcome in ("met", "missed", "unmet", "open", "excluded")
    )
    late = [each.late for each in some if each.late is not None]
    overdue = [each.overdue for each in some if each.overdue is not None]
    return met, missed + unmet + still_open, unmet, still_open, excluded, ranks(late), ranks(overdue)


def ranks(late: list[timedelta]) -> Lateness | None:
    """The median, and the smallest that nine tenths of them do not exceed."""
    if not late:
        return None

    ranked = sorted(late)

    def reaches(share: float) -> timedelta:
        return min(each for each in late if sum(other <= each for other in late) >= share * len(late))

    return Lateness(
        median=(ranked[(len(late) - 1) // 2] + ranked[len(late) // 2]) // 2,
        ninetieth=reaches(0.9),
        worst=max(late),
    )


def outcome(each: Counted) -> tuple[str, timedelta | None]:
    return each.outcome, each.late if each.late is not None else each.overdue


def outcome_of(each: DecidedTarget) -> tuple[str, timedelta | None]:
    if each.is_excluded:
        return "excluded", None
    if each.due_at is None:
        return "met", None
    if each.is_unmet:
        return "unmet", None
    return ("open", each.overdue) if each.is_overdue else ("missed", each.late)
