"""One sentence about a change: in the reader's language, with the buttons that answer it."""

from dataclasses import replace
from functools import partial

import pytest

from bot.domain.directory import ChannelRef, Person
from bot.messages.outbound import Notice
from bot.ports.storage.outbox import RowKind
from bot.services.tickets import actions
from bot.views.notice import PANEL_BUTTONS, panel_buttons
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk, Sent

SLACK_LEE = Person(key="slack:U1", name="Lee Lund")


async def notices(desk: HeadlessDesk, side: str) -> list[Sent]:
    return [each for each in await desk.sent(RowKind.NOTICE) if each.side == side]


async def test_a_resolution_can_be_answered_by_reopening(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.does(BO, partial(actions.resolve_ticket, resolution="Done"))
    (told,) = await notices(headless, "requester")
    assert isinstance(told.content, Notice)
    assert [(each.verb, each.ticket) for each in told.content.buttons] == [("ticket reopen", "IT-1")]


async def test_the_requester_reads_their_own_language_and_the_team_the_desks(headless: HeadlessDesk) -> None:
    german = replace(ANA, language="de")
    await headless.opens("Meine Maus ist kaputt", by=german)
    await headless.does(BO, lambda context, ticket: actions.resolve_ticket(context, ticket, resolution="Neu"))
    told = await headless.sent(RowKind.NOTICE)
    by_side = {each.side: each.words for each in told}
    assert "gelöst" in by_side["requester"]
    assert "resolved" in by_side["team"]


async def test_an_assignee_of_another_platform_is_named_and_not_mentioned(headless: HeadlessDesk) -> None:
    everyday = everyday_desk()
    it = replace(everyday.teams["it"], agents=frozenset({SLACK_LEE.key}))
    headless.desk = replace(everyday, teams={**everyday.teams, "it": it})
    await headless.meets(SLACK_LEE)
    await headless.opens()
    await headless.does(LEE, lambda context, ticket: actions.assign_ticket(context, ticket, to=SLACK_LEE))
    (told,) = await notices(headless, "team")
    assert "Lee Lund" in told.words
    assert told.mentions == []


@pytest.mark.parametrize(("categories", "buttons"), [(0, 1), (1, 1), (PANEL_BUTTONS, PANEL_BUTTONS), (99, 1)])
def test_a_panel_has_a_button_a_category_as_long_as_there_is_room(categories: int, buttons: int) -> None:
    desk = replace(everyday_desk(), categories=tuple(f"Topic {number}" for number in range(categories)))
    shown = panel_buttons(desk, ChannelRef("web", "help-it"))
    assert len(shown) == buttons
    assert all(each.verb == "ticket open" and each.opens_form for each in shown)
    assert bool(shown[0].options) is (0 < categories <= PANEL_BUTTONS)
