"""What every storage promises about time that agents logged, and about timers that run."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.search.query import Criterion, FilterName, SearchOrder
from bot.domain.search.visibility import Visibility
from bot.domain.worked_time.stopwatch import Stopwatch
from bot.domain.worked_time.time_entry import TimeEntry
from bot.ports.storage.reports import ReportQuery
from bot.ports.storage.search import TicketSearch
from bot.ports.storage.worked_time.time_entries import ReportedEntry, TimeDimension, WorkedTime
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import ANA, NOW, a_numbered_ticket

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MONDAY = date(2026, 3, 2)
MARCH = ReportQuery(since=NOW - DAY, until=NOW + 30 * DAY)


def logged(uow: UnitOfWork) -> list[TimeEntry]:
    """Two on a VPN ticket of the service desk, one of them for yesterday; one on a ticket of the network's."""
    vpn = a_numbered_ticket(uow, fields={"category": "VPN"})
    other = a_numbered_ticket(uow, team="network")
    first = TimeEntry(
        id=uow.new_id(),
        ticket=vpn.id,
        team="it",
        agent="web:bo",
        day=MONDAY,
        length=25 * MINUTE,
        text="Größe 7",
        added_at=NOW,
    )
    second = replace(first, id=uow.new_id(), agent="web:cleo", day=MONDAY - DAY, length=60 * MINUTE, text="")
    third = replace(first, id=uow.new_id(), ticket=other.id, team="network", length=5 * MINUTE)
    for each in (first, second, third):
        uow.time_entries.add(each)
    return [first, second, third]


async def test_entries_are_kept_whole_in_the_order_of_their_days(storage: Storage) -> None:
    first, second, third = await storage.run(logged)
    assert await storage.read(lambda uow: uow.time_entries.of_ticket(first.ticket)) == [second, first]
    assert await storage.read(lambda uow: uow.time_entries.find(third.id)) == third
    assert await storage.read(lambda uow: uow.time_entries.total_of(first.ticket)) == 85 * MINUTE


async def test_what_was_changed_reads_so_and_what_was_removed_counts_nowhere(storage: Storage) -> None:
    first, second, third = await storage.run(logged)
    changed = replace(first, day=MONDAY - 2 * DAY, length=7 * MINUTE, text="cable")
    await storage.run(lambda uow: uow.time_entries.save(changed))
    await storage.run(lambda uow: uow.time_entries.remove(third.id))
    assert await storage.read(lambda uow: uow.time_entries.of_ticket(first.ticket)) == [changed, second]
    assert await storage.read(lambda uow: uow.time_entries.find(third.id)) is None
    assert await storage.read(lambda uow: uow.time_entries.total_of(third.ticket)) == timedelta()
    assert [each.entry for each in await _reported(storage)] == [second]


async def test_figures_add_up_by_team_agent_and_category(storage: Storage) -> None:
    await storage.run(logged)

    async def worked_by(by: TimeDimension, asked: ReportQuery = MARCH) -> dict[str, WorkedTime]:
        return dict(await storage.read(lambda uow: uow.time_entries.worked_by(asked, by=by)))

    network = WorkedTime(length=5 * MINUTE, entries=1, tickets=1)
    vpn = WorkedTime(length=85 * MINUTE, entries=2, tickets=1)
    assert await worked_by(TimeDimension.TEAM) == {"it": vpn, "network": network}
    assert await worked_by(TimeDimension.CATEGORY) == {"VPN": vpn, "": network}
    assert await worked_by(TimeDimension.AGENT) == {
        "web:bo": WorkedTime(length=30 * MINUTE, entries=2, tickets=2),
        "web:cleo": WorkedTime(length=60 * MINUTE, entries=1, tickets=1),
    }
    of_network = replace(MARCH, teams=frozenset({"network"}))
    assert await worked_by(TimeDimension.TEAM, of_network) == {"network": network}
    assert await storage.read(lambda uow: uow.time_entries.worked(of_network)) == network
    assert await storage.read(lambda uow: uow.time_entries.worked(MARCH)) == WorkedTime(
        length=90 * MINUTE, entries=3, tickets=2
    )


async def test_a_period_is_its_days_and_an_empty_one_has_no_time(storage: Storage) -> None:
    first, second, third = await storage.run(logged)
    monday = ReportQuery(since=NOW, until=NOW + timedelta(hours=1))
    assert [each.entry for each in await _reported(storage, monday)] == [third, first]
    assert [each.entry for each in await _reported(storage)] == [third, first, second]
    reported = (await _reported(storage))[1]
    assert (reported.reference, reported.category) == ("IT-1", "VPN")
    later = ReportQuery(since=NOW + DAY, until=NOW + 2 * DAY)
    nothing = WorkedTime(length=timedelta(), entries=0, tickets=0)
    assert await storage.read(lambda uow: uow.time_entries.worked(later)) == nothing
    assert await storage.read(lambda uow: uow.time_entries.worked_by(later, by=TimeDimension.TEAM)) == {}


async def _reported(storage: Storage, asked: ReportQuery = MARCH) -> Sequence[ReportedEntry]:
    return await storage.read(lambda uow: uow.time_entries.reported(asked, limit=10))


async def test_tickets_are_found_by_their_time_by_those_alone_who_read_its_notes(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for minutes in (0, 30, 120, 121):
            a_numbered_ticket(uow, subject=f"took {minutes}", worked=minutes * MINUTE)

    await storage.run(work)
    it = frozenset({"it"})
    team = Visibility(person="web:bo", teams=it, known_teams=it)

    async def found(sign: str, minutes: str, visibility: Visibility = team) -> list[str]:
        criterion = Criterion(name=FilterName.TIME, values=(sign, minutes))
        wanted = TicketSearch(now=NOW, criteria=(criterion,))
        answer = await storage.read(
            lambda uow: uow.search.find(wanted, visibility=visibility, order=SearchOrder.OLDEST, limit=9)
        )
        return [each.subject.removeprefix("took ") for each in answer.tickets]

    assert await found(">", "120") == ["121"]
    assert await found(">=", "120") == ["120", "121"]
    assert await found("<=", "30") == ["0", "30"]
    assert await found("<", "30") == ["0"]
    assert await found(">", "0", Visibility(person=ANA.key, teams=it, known_teams=it)) == []
    assert await found(">", "0", Visibility(person="web:cleo", sees_everywhere=True)) == []


def running(uow: UnitOfWork) -> list[Stopwatch]:
    ticket = a_numbered_ticket(uow)
    bo = Stopwatch(
        id=uow.new_id(),
        agent="web:bo",
        ticket=ticket.id,
        started_at=NOW,
        counts_until=NOW + 60 * MINUTE,
        ends_at=NOW + 120 * MINUTE,
    )
    cleo = replace(bo, id=uow.new_id(), agent="web:cleo", started_at=NOW + MINUTE, ends_at=NOW + 90 * MINUTE)
    assert uow.stopwatches.start(bo)
    assert uow.stopwatches.start(cleo)
    return [bo, cleo]


async def test_somebody_has_one_timer_and_several_may_run_on_a_ticket(storage: Storage) -> None:
    bo, cleo = await storage.run(running)
    another = replace(bo, id=bo.id + 1)
    assert not await storage.run(lambda uow: uow.stopwatches.start(another))
    assert await storage.read(lambda uow: uow.stopwatches.of_ticket(bo.ticket)) == [bo, cleo]
    assert await storage.read(lambda uow: uow.stopwatches.of_agents(["web:bo", "slack:bo"])) == [bo]
    assert await storage.read(lambda uow: uow.stopwatches.of_agents([])) == []


async def test_a_timer_ends_once_and_is_due_by_desk_time(storage: Storage) -> None:
    bo, cleo = await storage.run(running)

    async def due(minutes: int, limit: int = 9) -> list[Stopwatch]:
        at = NOW + minutes * MINUTE
        return list(await storage.read(lambda uow: uow.stopwatches.due(at, limit=limit)))

    assert await due(89) == []
    assert await due(90) == [cleo]
    assert await due(120) == [cleo, bo]
    assert await due(120, limit=1) == [cleo]
    assert await storage.run(lambda uow: uow.stopwatches.end(cleo.id))
    assert not await storage.run(lambda uow: uow.stopwatches.end(cleo.id)), "once"
    assert await due(120) == [bo]
