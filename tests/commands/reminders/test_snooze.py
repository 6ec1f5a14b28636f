"""What may be typed after `snooze`; alerts are snoozed by another command."""

from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_a_time_is_needed_and_a_reason_is_not(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert said("commands.desk_snooze_until_missing") in await at_work.types(BO, "/desk snooze IT-1")
    await at_work.types(BO, "/desk snooze IT-1 soonish")
    assert (await at_work.ticket()).snoozed_until is None
    await at_work.types(BO, "/desk snooze IT-1 2h")
    assert (await at_work.ticket()).snoozed_by == BO.key
    answer = await at_work.types(BO, "/desk snooze IT-1 3h, the vendor is closed")
    assert said("answers.seen_by_note", text="the vendor is closed") in answer


async def test_a_requester_cannot(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(ANA, "/desk snooze IT-1 2h")
    assert (await at_work.ticket()).snoozed_until is None


async def test_the_alert_has_a_snooze_of_its_own(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for typed in ("snooze-alert", "alert snooze"):
        answer = await at_work.types(BO, f"/desk {typed} IT-1 2h, the vendor rings")
        assert answer == said("refusals.no_alert", reference="IT-1")
    assert (await at_work.ticket()).snoozed_until is None


async def test_unsnooze_is_refused_where_nothing_is_snoozed(at_work: DeskAtWork) -> None:
    await at_work.asks()
    refused = said("refusals.not_snoozed", reference="IT-1")
    assert await at_work.types(BO, "/desk unsnooze IT-1") == refused
    await at_work.types(BO, "/desk snooze IT-1 2h")
    assert await at_work.types(BO, "/desk unsnooze IT-1") == said(
        "answers.ticket_unsnoozed", reference="IT-1"
    )
    assert await at_work.types(BO, "/desk unsnooze IT-1") == refused
