"""Whom an alert notifies: the people meant who are there, each once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.calendars.calendar import Calendar
from bot.domain.on_call.absence import Absence
from bot.domain.on_call.rota import Every, Rota
from bot.domain.sla.timer import Notify
from bot.services.escalations.recipients import Recipients
from bot.services.tickets import actions
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk

DAYS = Rota(
    name="days",
    zone=Calendar.around_the_clock().zone,
    people=(BO.key, CLEO.key),
    every=Every.DAY,
    starts=date(2026, 3, 2),
)


@pytest.fixture
async def desk(headless: HeadlessDesk) -> HeadlessDesk:
    """IT-1 is Bo's, who is on call today; Lee leads."""
    everyday = everyday_desk()
    it = replace(everyday.teams["it"], rota="days")
    headless.desk = replace(everyday, teams={**everyday.teams, "it": it}, rotas={"days": DAYS})
    await headless.opens()
    await headless.does(BO, actions.claim_ticket)
    return headless


async def notified(desk: HeadlessDesk, *notify: Notify) -> list[str]:
    return await desk.does(
        LEE,
        lambda context, ticket: [
            each.name
            for each in Recipients(context.uow, context.desk, now=context.now).called(ticket, notify)
        ],
    )


async def goes_away(desk: HeadlessDesk, key: str) -> None:
    now = desk.clock.now()
    absence = Absence(person=key, since=now, until=now + timedelta(days=2))
    await desk.works(LEE, lambda context: context.uow.absences.put(absence))


@pytest.mark.parametrize(
    ("notify", "people"),
    [
        (Notify.ESCALATION_CHANNEL, []),
        (Notify.ASSIGNEE, ["Bo Berg"]),
        (Notify.LEADS, ["Lee Lund"]),
        (Notify.ON_CALL, ["Bo Berg"]),
    ],
)
async def test_each_word_of_the_policy_means_these_people(
    desk: HeadlessDesk, notify: Notify, people: list[str]
) -> None:
    assert await notified(desk, notify) == people


async def test_who_is_meant_twice_is_notified_once(desk: HeadlessDesk) -> None:
    assert await notified(desk, Notify.ON_CALL, Notify.ASSIGNEE, Notify.LEADS) == ["Bo Berg", "Lee Lund"]


async def test_a_lead_who_is_away_is_not_notified_and_the_next_in_turn_is_on_call(desk: HeadlessDesk) -> None:
    await goes_away(desk, LEE.key)
    await goes_away(desk, BO.key)
    assert await notified(desk, Notify.LEADS, Notify.ON_CALL) == ["Cleo Chen"]


async def test_with_an_assignee_who_is_away_whoever_is_on_call_is_notified_else_the_leads(
    desk: HeadlessDesk,
) -> None:
    await goes_away(desk, BO.key)
    assert await notified(desk, Notify.ASSIGNEE) == ["Bo Berg", "Cleo Chen"]
    desk.desk = everyday_desk()
    assert await notified(desk, Notify.ASSIGNEE) == ["Bo Berg", "Lee Lund"]


async def test_in_place_of_an_assignee_who_has_left_somebody_who_is_there_is_notified(
    desk: HeadlessDesk,
) -> None:
    await desk.meets(replace(BO, is_active=False))
    assert await notified(desk, Notify.ASSIGNEE) == ["Cleo Chen"]


async def test_without_a_rota_leads_are_notified_in_place_of_whoever_would_be_on_call(
    desk: HeadlessDesk,
) -> None:
    desk.desk = everyday_desk()
    assert await notified(desk, Notify.ON_CALL) == ["Lee Lund"]


async def test_with_the_lead_away_whoever_is_on_call_is_notified_and_not_who_has_the_ticket_alone(
    desk: HeadlessDesk,
) -> None:
    await goes_away(desk, LEE.key)
    assert await notified(desk, Notify.LEADS) == ["Cleo Chen"], "Bo is on call, and has the ticket"
    await desk.does(BO, actions.release_ticket)
    assert await notified(desk, Notify.LEADS) == ["Bo Berg"]
    await goes_away(desk, CLEO.key)
    await desk.does(BO, actions.claim_ticket)
    assert await notified(desk, Notify.LEADS) == ["Bo Berg"], "nobody else is there"


async def test_with_lead_and_rota_away_the_agents_who_are_there_are_notified(desk: HeadlessDesk) -> None:
    desk.desk = everyday_desk()
    await desk.does(BO, actions.release_ticket)
    await goes_away(desk, LEE.key)
    assert await notified(desk, Notify.ASSIGNEE, Notify.LEADS) == ["Bo Berg", "Cleo Chen"]
    await goes_away(desk, BO.key)
    assert await notified(desk, Notify.LEADS) == ["Cleo Chen"]


async def test_with_the_whole_team_away_administrators_are_notified_and_else_nobody(
    desk: HeadlessDesk,
) -> None:
    for key in (BO.key, CLEO.key):
        await goes_away(desk, key)
    await desk.does(BO, actions.release_ticket)
    it = replace(desk.desk.teams["it"], leads=frozenset())
    desk.desk = replace(desk.desk, teams={**desk.desk.teams, "it": it}, admins=frozenset({LEE.key}))
    assert await notified(desk, Notify.LEADS) == ["Lee Lund"]
    await goes_away(desk, LEE.key)
    assert await notified(desk, Notify.LEADS) == []
