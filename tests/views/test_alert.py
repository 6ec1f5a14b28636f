"""An alert's message says only what is true when it is read, and offers what can still be done."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from adapters.discord.render.messages import RenderOptions, in_parts
from bot.domain.directory import ChannelRef
from bot.messages.outbound import Button, Notice, Tone
from bot.messages.plain import plain
from bot.ports.storage.outbox import RowKind
from bot.services.context.view import View
from bot.services.escalations.alerts import KEPT
from bot.services.tickets import actions
from bot.views.alert import LISTED
from tests.fakes.desk.desk_without_platform import BO
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.said import said

WARNED_AFTER, BREACHED_AFTER = 24, 30


def notice_of(content: object) -> Notice:
    assert isinstance(content, Notice)
    return content


async def shown(desk: HeadlessDesk) -> Notice:
    """The newest alert message, as it is now."""
    *_, newest = await desk.sent(RowKind.ALERT)
    return notice_of(newest.content)


async def current(desk: HeadlessDesk) -> list[int]:
    """The rows of the alerts that are shown in the first one's channel."""

    def shown_there(view: View) -> list[int]:
        conversation = view.uow.conversations.of_channel(ChannelRef("web", "escalations-it"))
        return [each.id for each in view.uow.outbox.current_alerts(conversation.id) if each.is_shown]

    return await desk.looks(shown_there)


def verbs(buttons: tuple[Button, ...]) -> set[str]:
    return {button.verb for button in buttons}


async def test_a_warning_names_the_ticket_and_pings_nobody_when_nobody_has_it(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=WARNED_AFTER)
    (told,) = await headless.sent(RowKind.ALERT)
    assert told.channel == "web:escalations-it"
    assert "My mouse is dead" in told.words
    assert told.mentions == []
    assert {"desk acknowledge", "desk alert snooze"} <= verbs((notice_of(told.content)).buttons)


async def test_a_breach_mentions_its_assignee_and_the_lead_each_once(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.does(BO, actions.claim_ticket)
    await headless.passes(minutes=WARNED_AFTER)
    await headless.sent()
    await headless.passes(minutes=BREACHED_AFTER - WARNED_AFTER)
    told = [each for each in await headless.sent(RowKind.ALERT) if not each.row.shown]
    assert [each.mentions for each in told] == [["Bo Berg", "Lee Lund"]]


async def test_what_was_answered_before_it_could_be_sent_is_not_sent_at_all(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=WARNED_AFTER)
    await headless.does(BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="Soon"))
    assert await headless.sent(RowKind.ALERT) == []


async def test_acknowledged_it_looks_calmer_and_cannot_be_acknowledged_again(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=WARNED_AFTER)
    assert (await shown(headless)).tone is Tone.WARNING
    await headless.does(BO, actions.acknowledge)
    (told,) = await headless.sent(RowKind.ALERT)
    notice = notice_of(told.content)
    assert "Bo Berg" in told.words
    assert notice.tone is Tone.ATTENTION
    assert verbs(notice.buttons) >= {"desk alert snooze", "desk unacknowledge", "desk claim"}
    assert "desk acknowledge" not in verbs(notice.buttons)


async def test_a_warning_that_came_true_makes_room_for_the_breach(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=WARNED_AFTER)
    await headless.sent()
    await headless.passes(minutes=BREACHED_AFTER - WARNED_AFTER)
    (told,) = [each for each in await headless.sent(RowKind.ALERT) if not each.row.shown]
    assert told.words.startswith("Breached")
    assert await current(headless) == [told.row.id]


@pytest.mark.parametrize(("tickets", "named"), [(2, 2), (LISTED, LISTED), (LISTED + 3, LISTED)])
async def test_of_several_all_are_handled_at_once_or_claimed_from_a_menu(
    headless: HeadlessDesk, tickets: int, named: int
) -> None:
    for number in range(tickets):
        await headless.opens(f"Mouse {number} is dead")
    await headless.passes(minutes=WARNED_AFTER)
    (told,) = await headless.sent(RowKind.ALERT)
    notice = notice_of(told.content)
    assert told.words.count("is dead") == named
    more = {"desk queue"} if tickets > named else set()
    assert verbs(notice.buttons) == {"desk acknowledge-all", "desk snooze-all", *more}
    assert notice.menu is not None
    assert {entry.ticket for entry in notice.menu.entries} == {f"IT-{n + 1}" for n in range(tickets)}


@pytest.mark.parametrize("length", [10, 40, 70, 100])
async def test_however_long_its_subjects_are_an_alert_is_one_message_of_whole_lines(
    headless: HeadlessDesk, length: int
) -> None:
    for number in range(LISTED + 2):
        await headless.opens(f"{number:02} {'x' * (length - 3)}")
    await headless.passes(minutes=WARNED_AFTER)
    (told,) = await headless.sent(RowKind.ALERT)
    (post,) = in_parts(
        notice_of(told.content), RenderOptions(link_of=lambda _: f"https://discord.com/{'9' * 70}")
    )
    assert isinstance(post, Notice)
    whole = sum(each.endswith("unassigned") for each in plain(post.text).splitlines())
    left = LISTED + 2 - whole
    assert 0 < whole <= LISTED
    assert said("team.more_tickets", count=left) in plain(post.text)
    assert said("team.button_more_tickets", count=left) in [each.label for each in post.buttons]


async def test_what_is_on_hold_before_it_was_sent_is_not_sent(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=WARNED_AFTER)
    await headless.does(BO, lambda context, ticket: actions.hold_ticket(context, ticket, reason="the vendor"))
    assert await headless.sent(RowKind.ALERT) == []


async def test_moved_to_another_team_the_alert_here_says_so_and_offers_nothing(
    headless: HeadlessDesk,
) -> None:
    await headless.opens()
    await headless.passes(minutes=BREACHED_AFTER)
    await headless.sent()
    await headless.does(
        BO,
        lambda context, ticket: actions.transfer_ticket(context, ticket, team=context.desk.teams["network"]),
    )
    notice = await shown(headless)
    assert notice.buttons == ()
    assert "now with Network" in plain(notice.text)


async def test_why_a_private_ticket_was_snoozed_stays_with_its_team(headless: HeadlessDesk) -> None:
    teams = dict(headless.desk.teams)
    teams["it"] = replace(teams["it"], escalation_channel=teams["people"].escalation_channel)
    headless.desk = replace(headless.desk, teams=teams)
    await headless.opens("My payslip is wrong")
    await headless.passes(minutes=WARNED_AFTER)
    until = headless.clock.now() + timedelta(hours=1)
    await headless.does(
        BO, lambda context, ticket: actions.snooze(context, ticket, until=until, reason="a divorce")
    )
    (told,) = await headless.sent(RowKind.ALERT)
    assert "Bo Berg" in told.words
    assert "divorce" not in told.words
    assert "payslip" not in told.words


@pytest.mark.parametrize(
    ("reason", "told"),
    [("waits for a part", "team.alert_awake"), ("", "team.alert_awake_plain")],
)
async def test_a_snooze_that_is_over_is_told_with_its_reason_if_it_had_one(
    headless: HeadlessDesk, reason: str, told: str
) -> None:
    await headless.opens()
    await headless.passes(minutes=WARNED_AFTER)
    for why, minutes in (("waits for a part", 2), (reason, 3)):
        until = headless.clock.now() + timedelta(minutes=minutes)
        await headless.does(BO, partial(actions.snooze, until=until, reason=why))
        if why != reason or reason:
            await headless.passes(minutes=minutes)
    if not reason:
        await headless.does(BO, actions.unacknowledge)
    text = plain((await shown(headless)).text)
    assert said(told, reason=reason) in text
    assert (said("team.alert_awake", reason="") in text) == bool(reason)


async def test_what_a_message_was_sent_for_is_in_it_however_much_is_breached(headless: HeadlessDesk) -> None:
    for number in range(LISTED + 1):
        await headless.opens(f"Mouse {number} is dead")
    await headless.passes(minutes=BREACHED_AFTER)
    await headless.sent()
    await headless.opens("My screen is dark")
    await headless.passes(minutes=WARNED_AFTER)
    told = next(each for each in await headless.sent(RowKind.ALERT) if not each.row.shown)
    assert told.words.startswith("Breached earlier\nIT-1 ")
    assert "At risk\nIT-12 “My screen is dark”" in told.words
    assert "… and 2 more tickets. List them with /desk queue it overdue." in told.words


async def test_what_is_over_is_not_among_those_that_there_is_no_room_for(headless: HeadlessDesk) -> None:
    for number in range(LISTED + 2):
        await headless.opens(f"Mouse {number} is dead")
    await headless.passes(minutes=WARNED_AFTER)
    assert "… and 2 more tickets" in plain((await shown(headless)).text)
    for number in (1, 2):
        await headless.does(BO, partial(actions.resolve_ticket, resolution="Done"), number=number)
    assert "more ticket" not in plain((await shown(headless)).text)


async def test_more_than_a_message_remembers_are_counted_once(headless: HeadlessDesk) -> None:
    for number in range(KEPT + 5):
        await headless.opens(f"Mouse {number} is dead")
    await headless.passes(minutes=WARNED_AFTER)
    assert f"… and {KEPT + 5 - LISTED} more tickets" in plain((await shown(headless)).text)
