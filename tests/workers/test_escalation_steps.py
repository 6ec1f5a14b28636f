"""What a step changes while nobody acknowledges the alert: only upwards, and what is impossible is passed over."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.on_call.absence import Absence
from bot.domain.tickets.ticket import Priority
from bot.messages.plain import plain
from bot.ports.storage.outbox import RowKind
from bot.services.on_call.absences import go_away
from bot.services.tickets import actions
from bot.text.sentences import say
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.stories.desk_files import DESK

WARNED_AFTER = 24


@pytest.fixture
def with_steps(headless: HeadlessDesk, request: pytest.FixtureRequest) -> HeadlessDesk:
    """Two minutes after each warning a step is taken, two minutes later another."""
    first, second = request.param
    notify = "      notify: [escalation_channel, assignee]\n"
    steps = f"      steps: [{{after: 2m, {first}}}, {{after: 4m, {second}}}]\n"
    path = request.getfixturevalue("tmp_path") / "desk.yaml"
    path.write_text(DESK.read_text(encoding="utf-8").replace(notify, notify + steps), encoding="utf-8")
    headless.desk = load_desk(path, KNOWN_PLATFORMS)
    return headless


async def warned(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.passes(minutes=WARNED_AFTER)


@pytest.mark.parametrize(
    ("with_steps", "priority"),
    [
        (("priority: high", "mention: leads"), Priority.HIGH),
        (("priority: low", "mention: leads"), Priority.NORMAL),
    ],
    indirect=["with_steps"],
)
async def test_a_priority_is_raised_and_never_lowered(with_steps: HeadlessDesk, priority: Priority) -> None:
    await warned(with_steps)
    await with_steps.passes(minutes=2)
    assert (await with_steps.ticket()).priority is priority


@pytest.mark.parametrize("with_steps", [("transfer: network", "mention: leads")], indirect=True)
async def test_a_ticket_is_transferred_and_stays_with_the_team_it_went_to(with_steps: HeadlessDesk) -> None:
    await warned(with_steps)
    await with_steps.passes(minutes=2)
    assert (await with_steps.ticket()).team == "network"
    await with_steps.passes(minutes=60)
    assert (await with_steps.ticket()).team == "network"


@pytest.mark.parametrize("with_steps", [("transfer: network", "priority: urgent")], indirect=True)
async def test_a_team_that_is_gone_by_then_does_not_keep_the_rest_from_being_done(
    with_steps: HeadlessDesk,
) -> None:
    await warned(with_steps)
    teams = {name: team for name, team in with_steps.desk.teams.items() if name != "network"}
    with_steps.desk = replace(with_steps.desk, teams=teams)
    await with_steps.passes(minutes=4)
    ticket = await with_steps.ticket()
    assert (ticket.team, ticket.priority) == ("it", Priority.URGENT)


@pytest.mark.parametrize("with_steps", [("mention: leads", "priority: urgent")], indirect=True)
async def test_acknowledged_nothing_of_it_is_changed(with_steps: HeadlessDesk) -> None:
    await warned(with_steps)
    await with_steps.does(BO, actions.acknowledge)
    await with_steps.passes(minutes=5)
    assert (await with_steps.ticket()).priority is Priority.NORMAL


@pytest.mark.parametrize("with_steps", [("mention: leads", "mention: assignee")], indirect=True)
async def test_steps_that_fell_due_while_nothing_ran_are_one_message_to_all_of_them(
    with_steps: HeadlessDesk,
) -> None:
    desk = with_steps
    await desk.opens()
    await desk.does(LEE, lambda context, ticket: actions.assign_ticket(context, ticket, to=CLEO))
    await desk.passes(minutes=WARNED_AFTER)
    await desk.sent()
    await desk.passes(minutes=5)
    told = [each.mentions for each in await desk.sent() if each.mentions and not each.row.parts]
    assert [sorted(each) for each in told] == [["Cleo Chen", "Lee Lund"]]


@pytest.mark.parametrize("with_steps", [("mention: leads", "priority: high")], indirect=True)
async def test_a_step_that_finds_nobody_there_says_so(with_steps: HeadlessDesk) -> None:
    desk = with_steps
    await warned(desk)
    now = desk.clock.now()
    for each in (BO, CLEO, LEE):
        absence = Absence(person=each.key, since=now, until=now + timedelta(days=1))
        await desk.works(each, partial(go_away, absence=absence))
    await desk.sent()
    await desk.passes(minutes=2)
    (step,) = [each for each in await desk.sent(RowKind.ALERT) if not each.row.shown]
    assert step.mentions == []
    assert plain(say("en", "team.alert_nobody")).strip() in step.words
