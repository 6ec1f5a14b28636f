"""An alert's message says only what is true when it is read, and offers what can still be done."""

from datetime import timedelta

import pytest

from bot.messages.outbound import Button, Notice, Tone
from bot.ports.storage.outbox import RowKind
from bot.services.tickets import actions
from bot.views.alert import LISTED, WITH_BUTTONS
from tests.fakes.desk.desk_without_platform import BO
from tests.fakes.desk.headless_desk import HeadlessDesk

WARNED_AFTER, BREACHED_AFTER = 24, 30


def notice_of(content: object) -> Notice:
    assert isinstance(content, Notice)
    return content


async def shown(desk: HeadlessDesk) -> Notice:
    """The newest alert message, as it is now."""
    *_, newest = await desk.sent(RowKind.ALERT)
    return notice_of(newest.content)


def verbs(buttons: tuple[Button, ...]) -> set[str]:
    return {button.verb for button in buttons}


async def test_a_warning_names_the_ticket_and_pings_nobody_when_nobody_has_it(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=WARNED_AFTER)
    (told,) = await headless.sent(RowKind.ALERT)
    assert told.channel == "web:escalations-it"
    assert "My mouse is dead" in told.words
    assert told.mentions == []
    assert {"desk acknowledge", "desk snooze"} <= verbs((notice_of(told.content)).buttons)


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
    assert verbs(notice.buttons).isdisjoint({"desk acknowledge", "desk snooze"})


async def test_a_warning_that_came_true_says_so_and_offers_nothing(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=WARNED_AFTER)
    await headless.sent()
    await headless.passes(minutes=BREACHED_AFTER - WARNED_AFTER)
    warning = next(each for each in await headless.sent(RowKind.ALERT) if each.row.shown)
    assert notice_of(warning.content).buttons == ()
    assert "breach" in warning.words.lower()


@pytest.mark.parametrize(
    ("tickets", "named"), [(2, 2), (WITH_BUTTONS + 2, WITH_BUTTONS + 2), (LISTED + 3, LISTED)]
)
async def test_of_several_each_has_buttons_with_its_number_as_long_as_there_is_room(
    headless: HeadlessDesk, tickets: int, named: int
) -> None:
    for number in range(tickets):
        await headless.opens(f"Mouse {number} is dead")
    await headless.passes(minutes=WARNED_AFTER)
    (told,) = await headless.sent(RowKind.ALERT)
    assert told.words.count("is dead") == named
    references = {button.ticket for button in notice_of(told.content).buttons}
    assert references == {f"IT-{number + 1}" for number in range(min(tickets, WITH_BUTTONS))}


async def test_why_a_private_ticket_was_snoozed_stays_with_its_team(headless: HeadlessDesk) -> None:
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
