"""Behind each number of a report are the tickets that it counts, found by the search that it leads to.

Random histories, on both databases. What may count a ticket more than once (it was resolved twice, say) is compared
with the facts themselves, read one by one; every other number is the count of its list.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.documents.console.figures.report_html import NOTHING
from bot.documents.report_kind import report_named
from bot.documents.report_table import Grid
from bot.domain.bulk_changes.bulk_change import BulkAction
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.events import NO_REPLY
from bot.domain.figures.ticket_facts import TicketFact
from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.offer import Offer, OfferState
from bot.domain.worked_time.time_entry import TimeEntry
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context
from bot.services.figures.figures import previous
from bot.services.reports.reports import asked_of
from bot.services.search.ticket_search import SearchScope, find_tickets, read_search, visibility_in
from bot.services.tickets import actions
from bot.services.tickets.fields.changes import set_fields
from bot.services.tickets.privacy.private_requests import make_private
from bot.text.sentences import words
from tests.fakes.desk.desk_without_platform import ANA, BO, HELP
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.services.bulk_changes.busy_desk import busy_desk, changes
from tests.services.figures.adorned_tickets import SECRET, VPN, adorn
from tests.services.figures.slow_count import all_tickets
from tests.services.figures.test_figures_twice import TEAMS, some_weeks

NOW, BEFORE = 0, 1
INSTANT = timedelta(microseconds=1)
TIMES = (("time", 1), ("inboxes", 2), ("categories", 2))
"""Columns that count a ticket more than once: logged time, and what was resolved."""
REPORTS = (
    *("figures", "agents", "tags", "hours", "inboxes", "categories"),
    *("groups", "languages", "fields", "time", "answers"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What it says, and the ids of the tickets behind it."""

    label: str
    column: int
    told: int
    found: frozenset[int]


@dataclass(frozen=True, slots=True)
class Fact:
    ticket: int
    fact: TicketFact


SEVERAL: dict[str, Callable[[TicketFact], bool]] = {
    "resolved": lambda fact: fact.kind == "resolved",
    "withdrawn": lambda fact: fact.kind == "withdrawn",
    "reopened": lambda fact: fact.kind == "reopened",
    "lapsed": lambda fact: fact.kind == "lapsed",
    "no_reply": lambda fact: fact.kind == "resolved" and fact.other == NO_REPLY,
    "arrived": lambda fact: fact.kind == "moved",
    "left": lambda fact: fact.kind == "moved",
}
"""Lines of the figures that may count a ticket more than once."""


@pytest.mark.seeds(1, 2)
async def test_a_number_of_a_report_leads_to_the_tickets_that_it_counts(
    storage: Storage, seed: int, tmp_path: Path
) -> None:
    random = Random(seed)
    desk = HeadlessDesk(storage, desk=busy_desk(tmp_path))
    await some_weeks(desk, random)
    await adorn(desk, random)
    facts = await storage.read(facts_in)
    now = desk.clock.now()
    checked: Counter[str] = Counter()
    for teams in TEAMS:
        for days, ago in ((4, 0), (20, 0), (9, 2)):
            until = now + timedelta(microseconds=1) - timedelta(days=ago)
            asked = asked_of(desk.desk, since=until - timedelta(days=days), until=until, now=now, teams=teams)
            part = (asked.since - timedelta(days=days), asked.since - timedelta(hours=random.randint(1, 40)))
            for report in REPORTS:
                async for cell in cells(desk, report, replace(asked, compared=part)):
                    label = name_of(cell.label) if report == "figures" else ""
                    if label in SEVERAL and cell.column in (NOW, BEFORE):
                        since, until_ = (asked.since, asked.until) if cell.column == NOW else part
                        wanted = [
                            each.ticket
                            for each in facts
                            if SEVERAL[label](each.fact)
                            and since <= each.fact.at < until_
                            and is_of(each.fact, label, teams)
                        ]
                        assert cell.told == len(wanted), (label, cell)
                        assert cell.found == frozenset(wanted), (label, cell)
                    elif (report, cell.column) in TIMES:
                        assert min(cell.told, 1) <= len(cell.found) <= cell.told, (report, cell)
                    elif report not in ("figures", "agents") or label:
                        assert len(cell.found) == cell.told, (report, cell)
                    else:
                        assert len(cell.found) <= cell.told <= 3 * len(cell.found), (report, cell)
                    checked[label or report] += len(cell.found)
            wanted = [
                each.ticket
                for each in facts
                if SEVERAL["resolved"](each.fact)
                and asked.since <= each.fact.at < asked.until
                and is_of(each.fact, "", teams)
            ]
            flow = await storage.read(lambda uow, it=asked: uow.reports.flow(it))  # type: ignore[misc]
            assert flow.resolved == len(wanted)
    assert {*SEVERAL, "opened", "answered", "one_touch", "first_contact", "backlog"} <= checked.keys()
    assert all(checked[each] for each in REPORTS if each != "figures")


def is_of(fact: TicketFact, label: str, teams: frozenset[str] | None) -> bool:
    if label == "arrived":
        return teams is not None and fact.other in teams and fact.team not in teams
    if label == "left":
        return teams is not None and fact.team in teams and fact.other not in teams
    return teams is None or fact.team in teams


def facts_in(uow: UnitOfWork) -> list[Fact]:
    tickets = all_tickets(uow)
    return [Fact(each.id, kept.fact) for each in tickets for kept in uow.figures.facts(each.id)]


def name_of(label: str) -> str:
    names = (
        *SEVERAL,
        *("opened", "answered", "one_touch", "first_contact", "backlog"),
    )
    return next((each for each in names if words("en", f"figures.line_{each}") == label), "")


async def cells(desk: HeadlessDesk, report: str, asked: ReportQuery) -> AsyncIterator[Cell]:
    found = await desk.storage.read(lambda uow: report_named(report).read(uow, desk.desk, asked, "en"))
    for grid in (each for each in found.text if isinstance(each, Grid) and each.searches):
        for (label, *told), (_, *searches) in zip(
            grid.rows, (each or ("",) for each in grid.searches), strict=True
        ):
            for column, (number, search) in enumerate(zip(told, searches, strict=False)):
                is_line = report != "figures" or bool(name_of(label))
                assert search or number in NOTHING or not is_line, (report, label, column)
                if search and number.isdecimal():
                    ids = await found_by(desk, LEE, f"{search} zone:{asked.zone.key}")
                    yield Cell(label, column, int(number), ids)


@pytest.mark.seeds(3)
async def test_time_worked_leads_to_the_tickets_that_it_was_logged_on(
    storage: Storage, seed: int, tmp_path: Path
) -> None:
    random = Random(seed)
    desk = HeadlessDesk(storage, desk=busy_desk(tmp_path))
    await some_weeks(desk, random)
    await adorn(desk, random)
    now = desk.clock.now()
    for teams in TEAMS:
        for days in (3, 9):
            asked = asked_of(
                desk.desk, since=now - timedelta(days=days), until=now + INSTANT, now=now, teams=teams
            )
            part = (asked.since - timedelta(days=days), asked.since - timedelta(hours=random.randint(1, 40)))
            asked = replace(asked, compared=part)
            report = await storage.read(
                lambda uow, it=asked: report_named("figures").read(uow, desk.desk, it, "en")  # type: ignore[misc]
            )
            summary = next(each for each in report.text if isinstance(each, Grid))
            lines = {row[0]: searches for row, searches in zip(summary.rows, summary.searches, strict=True)}
            for line in ("line_time", "line_time_each"):
                _, *searches = lines[words("en", f"figures.{line}")]
                for search, period in zip(searches, (asked, previous(asked)), strict=True):
                    wanted = await storage.read(lambda uow, it=period: worked_in(uow, it))  # type: ignore[misc]
                    assert await found_by(desk, LEE, f"{search} zone:{asked.zone.key}") == wanted, search


def worked_in(uow: UnitOfWork, asked: ReportQuery) -> frozenset[int]:
    """Entry for entry: those for a day of the period that had been added when it ended."""
    first, last = (each.astimezone(asked.zone).date() for each in (asked.since, asked.until - INSTANT))
    entries = [each for ticket in all_tickets(uow) for each in uow.time_entries.of_ticket(ticket.id)]
    return frozenset(
        each.ticket
        for each in entries
        if first <= each.day <= last
        and (each.day < last or each.added_at < asked.until)
        and (asked.teams is None or each.team in asked.teams)
    )


async def found_by(desk: HeadlessDesk, who: Person, search: str) -> frozenset[int]:
    def find(context: Context) -> frozenset[int]:
        query = read_search(context, search, scope=SearchScope.SEEN, zone=desk.desk.teams["it"].calendar.zone)
        visibility = visibility_in(context, SearchScope.SEEN)
        found = find_tickets(context, query, visibility=visibility, limit=1_000)
        assert len(found.tickets) == found.count
        return frozenset(each.id for each in found.tickets)

    return await desk.works(who, find)


def works_and_shows(uow: UnitOfWork, tickets: Sequence[int], *, at: datetime) -> None:
    """Bo's time is logged on each, and for each two articles were shown, one of which is for a team alone."""
    for each in tickets:
        entry = TimeEntry(
            id=uow.new_id(),
            ticket=each,
            team="it",
            agent=BO.key,
            day=at.date(),
            length=timedelta(minutes=5),
            text="",
            added_at=at,
        )
        offer = Offer(
            id=uow.new_id(),
            person=ANA.key,
            mode=AnswerTime.BESIDE,
            state=OfferState.SOLVED,
            at=at,
            ticket=each,
            team="it",
            shown=(VPN, SECRET),
        )
        uow.time_entries.add(entry)
        uow.offers.add(offer, channel=HELP)


async def test_who_may_not_see_a_ticket_or_its_notes_finds_it_by_nothing_that_happened(
    storage: Storage, tmp_path: Path
) -> None:
    desk = HeadlessDesk(storage, desk=busy_desk(tmp_path))
    await desk.meets(ANA, BO, LEE)
    for each in (ANA, BO):
        await desk.opens("My mouse is dead", by=each)
    for number in (1, 2):
        await desk.does(LEE, lambda *it: actions.reply_as_agent(*it, text="We look"), number=number)
        await desk.does(LEE, lambda *it: actions.resolve_ticket(*it, resolution="done"), number=number)
    first, second = (each.id for each in await storage.read(all_tickets))
    assert await found_by(desk, BO, "resolved:today") == {first, second}
    assert await found_by(desk, BO, 'resolved:today by:"web:lee"') == {first}
    assert await found_by(desk, LEE, "resolved:today by:me") == {first, second}
    assert await found_by(desk, LEE, "answered:<1h,late") == frozenset()
    assert await found_by(desk, LEE, "-resolved:today") == frozenset()
    await storage.run(lambda uow: works_and_shows(uow, (first, second), at=desk.clock.now()))
    tag = desk.desk.custom_fields.defined["asset_tag"]
    for number in (1, 2):
        await desk.does(LEE, lambda context, it: set_fields(context, it, [(tag, "7")]), number=number)
    for search in ("worked:today", "shown:solved", "article:vpn/drops", "field:asset_tag=7"):
        assert await found_by(desk, BO, search) == {first}, search
        assert await found_by(desk, LEE, search) == {first, second}, search
    assert await found_by(desk, LEE, "article:network.wall") == frozenset()
    assert await found_by(desk, LEE, "worked:today by:me") == frozenset()
    assert await found_by(desk, LEE, "shown:earlier,today team-then:it") == frozenset()
    await desk.does(LEE, actions.reopen_ticket, number=1)
    await changes(desk, LEE, [1], BulkAction.TRANSFER, {"team": "network"})
    assert await found_by(desk, LEE, "resolved:today team-then:network") == frozenset()
    assert await found_by(desk, LEE, "resolved:today team-then:it") == {first, second}
    assert await found_by(desk, LEE, "opened:today -team-then:network") == {first, second}
    await desk.does(LEE, make_private, number=1)
    assert await found_by(desk, BO, "resolved:today") == {second}

    def asks_as_requester(context: Context) -> None:
        with pytest.raises(Refused) as refused:
            read_search(
                context, "resolved:today", scope=SearchScope.OWN, zone=desk.desk.teams["it"].calendar.zone
            )
        assert refused.value.sentences[0].key == "search.unknown_filter"

    await desk.works(ANA, asks_as_requester)
