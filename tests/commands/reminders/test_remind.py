"""What may be typed after `remind`, and what is said of what cannot be done."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said


async def test_without_a_time_it_asks_for_one(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert said("commands.desk_remind_when_missing") in await at_work.types(BO, "/desk remind IT-1")


async def test_a_requester_cannot_set_one(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(ANA, "/desk remind IT-1 2h, call the vendor")
    found = await at_work.desk.storage.read(lambda uow: uow.reminders.waiting_of(ANA.key))
    assert found == []


async def test_the_time_ends_where_it_stops_to_mean_one(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for line, words in (
        ("2h call the vendor", "call the vendor"),
        ("tomorrow 9:00, look again", "look again"),
        ("friday", ""),
        ("me 3 days order 2 mice", "order 2 mice"),
        ("2h, ask Eve, then Dan", "ask Eve, then Dan"),
    ):
        await at_work.types(BO, f"/desk remind IT-1 {line}")
        found = await at_work.desk.storage.read(lambda uow: uow.reminders.waiting_of(BO.key))
        assert words in [each.words for each in found], line


async def test_what_was_set_for_somebody_can_be_cancelled_by_either(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for who in (BO, CLEO):
        await at_work.types(BO, "/desk remind IT-1 @cleo 2h, call the vendor")
        answer = await at_work.types(who, "/desk remind IT-1 cancel")
        assert answer == said("answers.reminders_cancelled", count=1, reference="IT-1")
    assert await at_work.types(BO, "/desk remind IT-1 cancel") == said(
        "refusals.no_reminder_on", reference="IT-1"
    )


async def test_others_reminders_are_none_of_ones_own(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk remind IT-1 2h, call the vendor")
    none = said("answers.reminders_none", command="/desk remind")
    assert await at_work.types(LEE, "/desk reminders") == none
    (found,) = await at_work.desk.storage.read(lambda uow: uow.reminders.waiting_of(BO.key))
    await at_work.types(BO, "/desk reminders")
    cancel = at_work.buttons()[said("answers.button_reminder_cancel", number=1)]
    assert await at_work.presses_button(LEE, cancel) == said("refusals.no_reminder")
    assert await at_work.desk.storage.read(lambda uow: uow.reminders.get(found.id)) == found
