"""What people do to a ticket in alert, and who is notified of it from then on."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.errors import AlreadySo, Refused
from bot.domain.escalations.escalation import Escalation
from bot.messages.outbound import Notice
from bot.ports.storage.outbox import RowKind
from bot.services.tickets import actions
from bot.services.tickets.actions import write_as_requester
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.said import said
from tests.stories.desk_files import DESK

ALERTED_AFTER = 24
"""Minutes: four fifths of half an hour."""


@pytest.fixture
async def desk(headless: HeadlessDesk, tmp_path: Path) -> HeadlessDesk:
    """Each warning is followed by a step after two minutes while nobody acknowledges it; IT-1 has one."""
    notify = "      notify: [escalation_channel, assignee]\n"
    text = DESK.read_text(encoding="utf-8")
    (tmp_path / "desk.yaml").write_text(
        text.replace(notify, f"{notify}      steps: [{{after: 2m, mention: leads}}]\n"), encoding="utf-8"
    )
    headless.desk = load_desk(tmp_path / "desk.yaml", KNOWN_PLATFORMS)
    await headless.opens()
    await headless.passes(minutes=ALERTED_AFTER)
    await headless.sent()
    return headless


async def escalations(desk: HeadlessDesk) -> list[Escalation]:
    ticket = await desk.ticket()
    return list(await desk.storage.read(lambda uow: uow.escalations.under_way([ticket.id])))


async def notified(desk: HeadlessDesk, *, minutes: int) -> list[list[str]]:
    """Whom the messages mention that come while so much time goes by."""
    await desk.passes(minutes=minutes)
    return [each.mentions for each in await desk.sent(RowKind.ALERT) if not each.row.shown]


async def test_while_nobody_acknowledges_it_the_step_is_taken(desk: HeadlessDesk) -> None:
    assert await notified(desk, minutes=2) == [["Lee Lund"]]


async def test_once_acknowledged_nobody_else_is_notified(desk: HeadlessDesk) -> None:
    await desk.does(BO, actions.acknowledge)
    assert await notified(desk, minutes=3) == []


async def test_a_second_person_is_told_who_acknowledged_it(desk: HeadlessDesk) -> None:
    await desk.does(BO, actions.acknowledge)
    with pytest.raises(AlreadySo, match=r"^refusals\.acknowledged_by\(.*name=Bo Berg\)$"):
        await desk.does(CLEO, actions.acknowledge)
    with pytest.raises(AlreadySo, match=r"^refusals\.acknowledged_by_you\("):
        await desk.does(BO, actions.acknowledge)


async def test_a_ticket_without_an_alert_has_nothing_to_acknowledge(desk: HeadlessDesk) -> None:
    await desk.opens("Another mouse is dead")
    with pytest.raises(Refused, match="IT-2"):
        await desk.does(BO, actions.acknowledge, number=2)


async def test_who_claims_the_ticket_has_acknowledged_it_until_they_give_it_back(desk: HeadlessDesk) -> None:
    await desk.does(BO, actions.claim_ticket)
    assert await notified(desk, minutes=3) == []
    await desk.does(BO, actions.release_ticket)
    assert await notified(desk, minutes=2) == [["Lee Lund"]]


async def test_assigned_by_a_lead_the_next_step_waits_for_the_assignee(desk: HeadlessDesk) -> None:
    await desk.passes(minutes=1)
    await desk.does(LEE, lambda context, ticket: actions.assign_ticket(context, ticket, to=BO))
    assert await notified(desk, minutes=1) == [], "it would have been due by now"
    assert await notified(desk, minutes=1) == [["Lee Lund"]]


async def test_snoozed_nobody_is_notified_before_its_end_and_then_reminded(desk: HeadlessDesk) -> None:
    until = desk.clock.now() + timedelta(minutes=4)
    await desk.does(
        BO, lambda context, ticket: actions.snooze(context, ticket, until=until, reason="the vendor")
    )
    assert await notified(desk, minutes=3) == []
    assert await notified(desk, minutes=1) == [[]]


async def test_while_the_requester_is_asked_the_steps_rest(desk: HeadlessDesk) -> None:
    await desk.does(BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="Which one?"))
    await desk.passes(minutes=384 - ALERTED_AFTER)
    await desk.sent()
    await desk.does(BO, actions.wait_for_requester)
    assert await notified(desk, minutes=60) == []
    await desk.does(ANA, lambda context, ticket: write_as_requester(context, ticket, text="The red one"))
    assert await notified(desk, minutes=2) == [["Lee Lund"]]


async def test_another_team_is_alerted_anew_whoever_acknowledged_it_before(desk: HeadlessDesk) -> None:
    await desk.does(BO, actions.acknowledge)
    await desk.does(
        BO,
        lambda context, ticket: actions.transfer_ticket(context, ticket, team=context.desk.teams["network"]),
    )
    (begun,) = await escalations(desk)
    assert begun.acknowledged_by is None
    assert await notified(desk, minutes=2) == [["Lee Lund"]]


async def test_an_answer_ends_the_alert_and_its_message_says_so(desk: HeadlessDesk) -> None:
    await desk.does(BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="On my way"))
    assert await escalations(desk) == []
    (warning,) = await desk.sent(RowKind.ALERT)
    kept = said(
        "team.alert_kept",
        reference="IT-1",
        subject="My mouse is dead",
        measure="first response",
        at="2026-03-02 09:24 UTC",
    )
    assert kept in warning.words
    assert isinstance(warning.content, Notice)
    assert warning.content.buttons == ()


async def test_a_breach_takes_the_place_of_the_warning(desk: HeadlessDesk) -> None:
    await desk.does(BO, actions.acknowledge)
    await desk.passes(minutes=30 - ALERTED_AFTER)
    (under_way,) = await escalations(desk)
    assert under_way.is_breach
    assert under_way.acknowledged_by is None
    assert under_way.stage == 2
