"""What every storage promises about reports: what is counted, for which week, and by how much it was late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.directory import ChannelRef
from bot.domain.events import PolicyApplied, StatusChanged, TagsChanged, TicketOpened, TicketTransferred
from bot.domain.figures.ticket_facts import FactKind
from bot.domain.sentence import sentence
from bot.domain.sla.timer import Measure, SlaTimer
from bot.domain.tickets.ticket import Priority, Status, Ticket
from bot.ports.storage.reports import (
    DecidedTarget,
    Dimension,
    Flow,
    Lateness,
    OpenTargets,
    ReportQuery,
    TicketDimension,
)
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_fact, a_numbered_ticket, a_timer

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
MARCH = ReportQuery(since=NOW - WEEK, until=NOW + 4 * WEEK, now=NOW + 2 * HOUR)
BERLIN, SYDNEY = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Sydney")


def kept(uow: UnitOfWork, ticket: Ticket, *, at: datetime, **fields: Any) -> SlaTimer:
    over: dict[str, Any] = {"running_since": None, "due_at": None, "next_at": None, "spent": HOUR}
    return a_timer(uow, ticket, **over | {"stopped_at": at} | fields)


def missed(uow: UnitOfWork, ticket: Ticket, *, due_at: datetime, late: timedelta | None) -> SlaTimer:
    """Late by so much of its calendar's time; None: nobody has done it yet."""
    if late is None:
        return a_timer(uow, ticket, due_at=due_at, breached_at=due_at, next_at=None)
    return kept(uow, ticket, at=due_at + late, breached_at=due_at, spent=8 * HOUR + late)


async def test_kept_missed_and_open_promises_are_told_apart(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        ticket = a_numbered_ticket(uow)
        kept(uow, ticket, at=NOW + HOUR)
        kept(uow, ticket, at=NOW + 2 * HOUR, measure=Measure.FIRST_RESPONSE)
        missed(uow, ticket, due_at=NOW + HOUR, late=HOUR)
        missed(uow, ticket, due_at=NOW + HOUR, late=None)
        a_timer(uow, ticket)
        a_timer(uow, ticket, running_since=None, due_at=None, next_at=None, paused_at=NOW)
        long_ago = NOW - 900 * HOUR
        paused = {"running_since": None, "due_at": None, "next_at": None, "paused_at": NOW}
        a_timer(uow, ticket, breached_at=long_ago, **paused)

    await storage.run(work)
    first, resolution = sorted(
        await storage.read(lambda uow: uow.reports.tallies(MARCH)), key=lambda each: each.measure
    )
    assert (first.measure, first.kept, first.missed) == ("first_response", 1, 0)
    assert (resolution.measure, resolution.kept, resolution.missed, resolution.unfulfilled) == (
        "resolution",
        1,
        2,
        1,
    )
    assert (first.team, first.priority, first.policy, first.week) == ("it", "normal", "", date(2026, 3, 2))
    assert await storage.read(lambda uow: uow.reports.open_now(None, now=NOW)) == OpenTargets(
        count=4, overdue=2, paused=1
    )
    assert (
        await storage.read(lambda uow: uow.reports.open_now(frozenset({"network"}), now=NOW)) == OpenTargets()
    )


async def test_a_promise_counts_when_it_was_due_or_kept_and_only_in_that_window(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        ticket = a_numbered_ticket(uow)
        kept(uow, ticket, at=MARCH.since)
        kept(uow, ticket, at=MARCH.until)
        kept(uow, ticket, at=MARCH.since - timedelta(microseconds=1))
        missed(uow, ticket, due_at=MARCH.since - HOUR, late=WEEK)
        missed(uow, ticket, due_at=MARCH.until - HOUR, late=WEEK)

    await storage.run(work)
    tallies = await storage.read(lambda uow: uow.reports.tallies(MARCH))
    assert sorted((each.week, each.kept, each.missed) for each in tallies) == [
        (date(2026, 2, 23), 1, 0),
        (date(2026, 3, 30), 0, 1),
    ]


@pytest.mark.parametrize(
    ("zone", "weeks"),
    [
        pytest.param(ZoneInfo("UTC"), [date(2026, 3, 23), date(2026, 3, 30)], id="UTC"),
        # Berlin's clock goes forward on 29 March: before, its Monday begins at 23:00 UTC, after it at 22:00.
        pytest.param(BERLIN, [date(2026, 3, 30), date(2026, 3, 30)], id="Berlin"),
        pytest.param(SYDNEY, [date(2026, 3, 30), date(2026, 3, 30)], id="Sydney"),
        pytest.param(ZoneInfo("America/New_York"), [date(2026, 3, 23), date(2026, 3, 23)], id="New York"),
    ],
)
async def test_weeks_begin_at_midnight_where_the_team_is(
    storage: Storage, zone: ZoneInfo, weeks: list[date]
) -> None:
    def work(uow: UnitOfWork) -> None:
        ticket = a_numbered_ticket(uow)
        kept(uow, ticket, at=datetime(2026, 3, 29, 22, 0, tzinfo=UTC))
        kept(uow, ticket, at=datetime(2026, 3, 30, 0, 0, tzinfo=UTC), measure=Measure.FIRST_RESPONSE)

    await storage.run(work)
    asked = ReportQuery(since=NOW, until=NOW + 5 * WEEK, zones={"it": zone})
    tallies = await storage.read(lambda uow: uow.reports.tallies(asked))
    assert sorted(each.week for each in tallies) == weeks


async def test_each_team_has_weeks_of_its_own(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for team in ("it", "sydney", "elsewhere"):
            kept(uow, a_numbered_ticket(uow, team=team), at=datetime(2026, 3, 8, 14, 0, tzinfo=UTC))

    await storage.run(work)
    asked = ReportQuery(since=NOW, until=NOW + 4 * WEEK, zone=BERLIN, zones={"it": BERLIN, "sydney": SYDNEY})
    tallies = await storage.read(lambda uow: uow.reports.tallies(asked))
    assert {each.team: each.week for each in tallies} == {
        "it": date(2026, 3, 2),
        "sydney": date(2026, 3, 9),
        "elsewhere": date(2026, 3, 2),
    }


async def test_only_the_teams_asked_for_are_counted(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for team in ("it", "network", "people"):
            kept(uow, a_numbered_ticket(uow, team=team), at=NOW)

    await storage.run(work)
    asked = ReportQuery(since=NOW, until=NOW + WEEK, teams=frozenset({"it", "people"}))
    assert {each.team for each in await storage.read(lambda uow: uow.reports.tallies(asked))} == {
        "it",
        "people",
    }
    nobody = ReportQuery(since=NOW, until=NOW + WEEK, teams=frozenset())
    assert await storage.read(lambda uow: uow.reports.tallies(nobody)) == []
    assert await storage.read(lambda uow: uow.reports.lateness(nobody)) == {}


async def test_a_policy_goes_by_its_name_and_variant_however_many_copies_there_are(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for body in (
            {"name": "standard", "targets": {}},
            {"name": "standard", "targets": {"resolution": {}}},
            {"name": "standard", "variant": "vip", "targets": {}},
        ):
            key = uow.sla_timers.copy_policy(body)
            kept(uow, a_numbered_ticket(uow, sla_policy="standard", sla_policy_copy=key), at=NOW)

    await storage.run(work)
    tallies = await storage.read(lambda uow: uow.reports.tallies(MARCH))
    assert sorted((each.policy, each.kept) for each in tallies) == [("standard", 2), ("standard/vip", 1)]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        pytest.param([5], (5, 5, 5), id="one"),
        pytest.param([4, 1], (2.5, 4, 4), id="two"),
        pytest.param(list(range(1, 11)), (5.5, 9, 10), id="ten"),
        pytest.param([*range(1, 12)], (6, 10, 11), id="eleven"),
        pytest.param([3, 3, 3, 600], (3, 600, 600), id="one far off"),
    ],
)
async def test_how_late_is_told_by_rank(
    storage: Storage, minutes: list[int], expected: tuple[float, float, float]
) -> None:
    def work(uow: UnitOfWork) -> None:
        ticket = a_numbered_ticket(uow)
        for each in minutes:
            missed(uow, ticket, due_at=NOW + HOUR, late=timedelta(minutes=each))
        missed(uow, ticket, due_at=NOW + HOUR, late=None)
        kept(uow, ticket, at=NOW + HOUR)

    await storage.run(work)
    late = await storage.read(lambda uow: uow.reports.lateness(MARCH))
    median, ninetieth, worst = (timedelta(minutes=each) for each in expected)
    told = Lateness(median=median, ninetieth=ninetieth, worst=worst)
    assert late == {
        (None, ""): told,
        (Dimension.TEAM, "it"): told,
        (Dimension.POLICY, ""): told,
        (Dimension.PRIORITY, "normal"): told,
        (Dimension.MEASURE, "resolution"): told,
        (Dimension.WEEK, "2026-03-02"): told,
    }


async def test_promises_are_listed_newest_first_a_page_at_a_time(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> list[int]:
        ticket = a_numbered_ticket(uow, priority=Priority.HIGH)
        made = [kept(uow, ticket, at=NOW + minute * timedelta(minutes=1)).id for minute in (0, 1, 1, 2)]
        return [*made, missed(uow, ticket, due_at=NOW + HOUR, late=HOUR).id]

    made = await storage.run(work)
    found: list[DecidedTarget] = []
    for _ in range(4):
        before = found[-1] if found else None
        found += await storage.read(lambda uow, b=before: uow.reports.promises(MARCH, limit=2, before=b))  # type: ignore[misc]
    assert [each.id for each in found] == [made[4], made[3], *sorted(made[1:3], reverse=True), made[0]]
    late = found[0]
    assert (late.ticket, late.team, late.priority, late.measure) == ("IT-1", "it", "high", "resolution")
    assert (late.due_at, late.stopped_at, late.late) == (NOW + HOUR, NOW + 2 * HOUR, HOUR)
    assert (found[1].due_at, found[1].late) == (None, None)


async def test_finished_tickets_come_by_their_newest_decision_and_only_once(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> list[int]:
        first = a_numbered_ticket(uow, status=Status.CLOSED)
        second = a_numbered_ticket(uow, status=Status.RESOLVED)
        for ticket, hours in ((first, 1), (first, 9), (second, 5), (a_numbered_ticket(uow), 7)):
            kept(uow, ticket, at=NOW + hours * HOUR)
        return [first.id, second.id]

    finished = await storage.run(work)
    assert await storage.read(lambda uow: uow.reports.finished_tickets(MARCH, limit=9)) == finished
    assert await storage.read(lambda uow: uow.reports.finished_tickets(MARCH, limit=1)) == finished[:1]


async def test_a_tickets_way_is_told_from_its_opening_on(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> int:
        ticket, other = a_numbered_ticket(uow), a_numbered_ticket(uow)
        for each in (ticket, other):
            opened = TicketOpened(actor="web:ana", at=NOW, why_here=sentence("team.why_no_rule"), team="it")
            uow.audit_log.append(each.id, [opened])
        waited = StatusChanged(actor="web:bo", at=NOW + HOUR, before="new", after="pending")
        moved = TicketTransferred(actor="web:bo", at=NOW + 2 * HOUR, before="it", after="network")
        tagged = TagsChanged(actor="web:bo", at=NOW + HOUR, before=(), after=("vpn",))
        why = sentence("sla.why_default")
        put_on = PolicyApplied(actor="desk", at=NOW + 3 * HOUR, policy="swift", copy="s1", why=why)
        uow.audit_log.append(ticket.id, [moved, tagged, waited, put_on])
        return ticket.id

    ticket = await storage.run(work)
    moves = await storage.read(lambda uow: uow.reports.moves([ticket]))
    assert [(each.ticket, each.at - NOW, each.status, each.team, each.policy_copy) for each in moves] == [
        ("IT-1", 0 * HOUR, "new", "it", None),
        ("IT-1", HOUR, "pending", None, None),
        ("IT-1", 2 * HOUR, None, "network", None),
        ("IT-1", 3 * HOUR, None, None, "s1"),
    ]
    assert await storage.read(lambda uow: uow.reports.moves([])) == []


async def test_what_came_and_went_is_counted_by_team_and_window(storage: Storage) -> None:
    """What was resolved, reopened and resolved again was resolved twice; what was withdrawn was not."""

    def work(uow: UnitOfWork) -> None:
        answered_late = a_numbered_ticket(uow, opened_at=MARCH.since)
        a_fact(uow, answered_late, FactKind.ANSWERED, at=MARCH.until)
        old = {"opened_at": MARCH.since - HOUR, "status": Status.CLOSED}
        twice = a_numbered_ticket(uow, **old)
        a_fact(uow, twice, FactKind.ANSWERED)
        for hours, kind in enumerate((FactKind.RESOLVED, FactKind.REOPENED, FactKind.RESOLVED), start=1):
            a_fact(uow, twice, kind, at=NOW + hours * HOUR)
        a_fact(uow, a_numbered_ticket(uow, **old), FactKind.WITHDRAWN)
        a_fact(uow, a_numbered_ticket(uow, **old), FactKind.RESOLVED, at=MARCH.since - HOUR)
        other = a_numbered_ticket(uow, team="network")
        a_fact(uow, other, FactKind.ANSWERED)

    await storage.run(work)
    asked = replace(MARCH, teams=frozenset({"it"}))
    assert await storage.read(lambda uow: uow.reports.flow(asked)) == Flow(
        opened=1, answered=1, resolved=2, live=1
    )
    nobody = replace(MARCH, teams=frozenset({"people"}))
    assert await storage.read(lambda uow: uow.reports.flow(nobody)) == Flow(
        opened=0, answered=0, resolved=0, live=0
    )


async def test_what_came_and_went_counts_for_the_team_of_that_moment(storage: Storage) -> None:
    """Opened for the service desk and answered there, then transferred to the network team, which resolved it."""

    def work(uow: UnitOfWork) -> None:
        ticket = a_numbered_ticket(uow, team="network", inbox="help-it", status=Status.RESOLVED)
        a_fact(uow, ticket, FactKind.ANSWERED, team="it")
        a_fact(uow, ticket, FactKind.MOVED, at=NOW + HOUR, team="it", other="network")
        a_fact(uow, ticket, FactKind.RESOLVED, at=NOW + 2 * HOUR)

    await storage.run(work)
    for team, counts in (("it", (1, 1, 0, 0)), ("network", (0, 0, 1, 0))):
        asked = replace(MARCH, teams=frozenset({team}))
        flow = Flow(**dict(zip(("opened", "answered", "resolved", "live"), counts, strict=True)))

        def counted(uow: UnitOfWork, asked: ReportQuery = asked) -> tuple[Any, ...]:
            ways = (TicketDimension.TEAM, TicketDimension.INBOX)
            return uow.reports.flow(asked), *(uow.reports.flows(asked, by=by) for by in ways)

        assert await storage.read(counted) == (flow, {team: flow}, {"help-it": flow})


@pytest.mark.parametrize(
    ("by", "values"),
    [
        (TicketDimension.TEAM, ("it", "network")),
        (TicketDimension.INBOX, ("help-it", "")),
        (TicketDimension.PRIORITY, ("high", "normal")),
        (TicketDimension.PLATFORM, ("web", "slack")),
        (TicketDimension.CATEGORY, ("Hardware", "")),
    ],
)
async def test_what_came_and_went_is_told_apart_by_any_property(
    storage: Storage, by: TicketDimension, values: tuple[str, str]
) -> None:
    def work(uow: UnitOfWork) -> None:
        first = {"inbox": "help-it", "priority": Priority.HIGH, "fields": {"category": "Hardware"}}
        a_numbered_ticket(uow, **first)
        a_fact(uow, a_numbered_ticket(uow, **first), FactKind.ANSWERED)
        a_numbered_ticket(uow, team="network", origin=ChannelRef("slack", "C1"))
        before = {"opened_at": NOW - 9 * WEEK, "status": Status.CLOSED}
        old = a_numbered_ticket(uow, **before, team="people", inbox="old", priority=Priority.LOW)
        a_fact(uow, old, FactKind.RESOLVED, at=NOW - 8 * WEEK)

    await storage.run(work)
    flows = await storage.read(lambda uow: uow.reports.flows(MARCH, by=by))
    counts = {value: (flow.opened, flow.answered, flow.resolved, flow.live) for value, flow in flows.items()}
    assert counts == dict(zip(values, [(2, 1, 0, 2), (1, 0, 0, 1)], strict=True))
