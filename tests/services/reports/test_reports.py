"""A report: who sees whose, in what order things are told, and where the time of finished tickets went."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.directory import Person
from bot.domain.errors import NotAllowed
from bot.domain.events import StatusChanged, TicketOpened, TicketTransferred
from bot.domain.sentence import sentence
from bot.domain.sla.time_spent import TimeSpent
from bot.domain.sla.timer import Measure
from bot.domain.tickets.ticket import Priority, Status
from bot.ports.storage.reports import Dimension, TicketMove
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.reports.reports import (
    Report,
    TicketLife,
    asked_of,
    lives_of,
    read_report,
    teams_seen_by,
    zone_of,
)
from tests.storage.sample_rows import NOW, a_numbered_ticket, a_timer
from tests.stories import desk_files

DESK = load_desk(desk_files.DESK, KNOWN_PLATFORMS)
HOUR = timedelta(hours=1)
FRIDAY_16 = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
"""In Berlin, where the team People is in the office from nine to five."""


def person(name: str) -> Person:
    return Person(key=f"web:{name}", name=name.title())


def moved(hours: float, *, ticket: int = 1, **now: str) -> TicketMove:
    at = FRIDAY_16 + hours * HOUR
    return TicketMove(ticket_id=ticket, ticket=f"IT-{ticket}", at=at, **now)


def lives(moves: list[TicketMove]) -> tuple[TicketLife, ...]:
    """`always` and `office` are copies of policies: around the clock, and in the hours that People has."""
    hours = {"always": DESK.teams["it"].calendar, "office": DESK.teams["people"].calendar}
    return lives_of(moves, DESK, hours_by=hours.__getitem__)


def kept(uow: UnitOfWork, *, at: datetime = NOW, measure: Measure = Measure.RESOLUTION, **fields: Any) -> int:
    ticket = a_numbered_ticket(uow, **fields)
    a_timer(uow, ticket, measure=measure, running_since=None, due_at=None, next_at=None, stopped_at=at)
    return ticket.id


async def reported(storage: Storage, *, since: datetime = NOW, weeks: int = 1) -> Report:
    asked = asked_of(DESK, since=since, until=since + timedelta(weeks=weeks), now=NOW, teams=None)
    return await storage.read(lambda uow: read_report(uow, DESK, asked, language="en"))


@pytest.mark.parametrize(
    ("who", "wanted", "seen"),
    [
        ("lee", None, None),
        ("lee", ["gone"], {"gone"}),
        ("bo", None, {"it", "people"}),
        ("bo", ["it"], {"it"}),
        ("cleo", ["it", "network"], {"it", "network"}),
    ],
)
def test_admins_see_all_teams_and_others_their_own(
    who: str, wanted: list[str] | None, seen: set[str] | None
) -> None:
    assert teams_seen_by(DESK, person(who), wanted=wanted) == seen


@pytest.mark.parametrize(
    ("who", "wanted", "sentence"),
    [
        ("bo", ["it", "network"], "refusals.report_of_team(team=Network)"),
        ("ana", None, "refusals.reports"),
        ("ana", ["it"], "refusals.report_of_team(team=Service Desk)"),
    ],
)
def test_nobody_sees_another_teams(who: str, wanted: list[str] | None, sentence: str) -> None:
    with pytest.raises(NotAllowed, match=re.escape(sentence)):
        teams_seen_by(DESK, person(who), wanted=wanted)


def test_a_report_is_by_the_clock_of_its_team() -> None:
    assert zone_of(DESK, frozenset({"people"})) == ZoneInfo("Europe/Berlin")
    assert zone_of(DESK, frozenset({"people", "it"})) == zone_of(DESK, None) == ZoneInfo("UTC")
    assert zone_of(DESK, frozenset({"gone"})) == ZoneInfo("UTC")


async def test_things_are_told_in_the_order_people_name_them(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for priority in Priority:
            kept(uow, priority=priority)
        for measure in reversed(Measure):
            kept(uow, measure=measure, team="network")
        kept(uow, team="a team that is no more")

    await storage.run(work)
    report = await reported(storage)
    told = {dimension: [line.label for line in report.lines[dimension]] for dimension in Dimension}
    assert told[Dimension.TEAM] == ["a team that is no more", "Network", "Service Desk"]
    assert told[Dimension.PRIORITY] == ["urgent", "high", "normal", "low"]
    assert told[Dimension.MEASURE] == ["first response", "next response", "resolution", "periodic update"]
    assert told[Dimension.POLICY] == ["unknown"]
    assert (report.total.kept, report.total.share_kept) == (9, 1.0)


async def test_quiet_weeks_are_told_too_where_there_are_not_too_many(storage: Storage) -> None:
    await storage.run(lambda uow: kept(uow, at=NOW + timedelta(weeks=1)))
    some, many = await reported(storage, weeks=3), await reported(storage, weeks=100)
    assert [(line.value, line.kept) for line in some.lines[Dimension.WEEK]] == [
        ("2026-03-02", 0),
        ("2026-03-09", 1),
        ("2026-03-16", 0),
        ("2026-03-23", 0),
    ]
    assert [line.value for line in many.lines[Dimension.WEEK]] == [date(2026, 3, 9).isoformat()]


async def test_where_the_time_went_is_read_from_the_history_of_finished_tickets(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        ticket = kept(uow, at=NOW + 3 * HOUR, status=Status.RESOLVED)
        uow.audit_log.append(
            ticket,
            [
                TicketOpened(actor="web:ana", at=NOW, why_here=sentence("team.why_no_rule"), team="it"),
                StatusChanged(actor="web:bo", at=NOW + HOUR, before="new", after="pending"),
                StatusChanged(actor="web:bo", at=NOW + 3 * HOUR, before="pending", after="resolved"),
            ],
        )
        unfinished = kept(uow, at=NOW + HOUR)
        opened = TicketOpened(actor="web:ana", at=NOW, why_here=sentence("team.why_no_rule"), team="it")
        moved = TicketTransferred(actor="web:bo", at=NOW + HOUR, before="it", after="network")
        uow.audit_log.append(unfinished, [opened, moved])

    await storage.run(work)
    report = await reported(storage)
    assert report.lives == (
        TicketLife(ticket="IT-1", team="it", spent=TimeSpent(team=HOUR, requester=2 * HOUR)),
    )
    assert not report.has_more_lives


def test_each_teams_own_hours_count_while_it_has_the_ticket() -> None:
    """An hour of People's before they go home, the evening, and two hours of a team that never sleeps."""
    (life,) = lives(
        [
            moved(0, status="new", team="people"),
            moved(5, team="it"),
            moved(7, status="resolved"),
        ]
    )
    assert life == TicketLife(ticket="IT-1", team="it", spent=TimeSpent(team=3 * HOUR, off_hours=4 * HOUR))


def test_hours_are_those_of_the_policy_that_the_ticket_was_on_then() -> None:
    """Around the clock, then in an office that is closed, until another team has it."""
    (life,) = lives(
        [
            moved(0, status="new", team="people"),
            moved(0, policy_copy="always"),
            moved(3, policy_copy="office"),
            moved(5, team="it"),
            moved(7, status="resolved"),
        ]
    )
    assert life.spent == TimeSpent(team=5 * HOUR, off_hours=2 * HOUR)


def test_tickets_are_told_apart_and_one_that_was_never_finished_so_far_takes_no_more_time() -> None:
    first, second = lives(
        [
            moved(0, status="new", team="it"),
            moved(1, status="on_hold"),
            moved(3, status="resolved"),
            moved(0, status="new", team="network", ticket=2),
        ]
    )
    assert first.spent == TimeSpent(team=HOUR, third_party=2 * HOUR)
    assert second == TicketLife(ticket="IT-2", team="network", spent=TimeSpent())


def test_figures_of_single_people_are_for_leads_of_the_team_alone() -> None:
    mona = person("mona")
    it, people = DESK.teams["it"], DESK.teams["people"]
    teams = {**DESK.teams, "it": replace(it, leads=frozenset({mona.key}))}
    teams["people"] = replace(people, agents=people.agents | {mona.key})
    desk = replace(DESK, teams=teams, admins=frozenset())
    assert teams_seen_by(desk, mona, as_lead=True) == frozenset({"it"})
    assert teams_seen_by(desk, mona) == frozenset({"it", "people"})
    with pytest.raises(NotAllowed):
        teams_seen_by(desk, mona, wanted=["people"], as_lead=True)
    with pytest.raises(NotAllowed):
        teams_seen_by(desk, person("bo"), as_lead=True)
