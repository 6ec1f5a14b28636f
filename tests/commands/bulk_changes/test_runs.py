"""A change of many tickets is done once, to those that were chosen, and undone."""

from bot.domain.bulk_changes.bulk_change import BulkOutcome
from bot.messages import verbs
from bot.messages.outbound import Button
from tests.commands.bulk_changes.bulk_steps import do, runs, three_mice, works
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said


async def test_undone_within_half_an_hour_all_is_as_it_was(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk bulk mouse")
    await at_work.presses(BO, do("tag"), tags="vpn -office")
    await runs(at_work, BO, 3)
    assert (await at_work.ticket(1)).tags == ("vpn",)
    await at_work.types(CLEO, "/desk tag IT-2 urgent")

    told = await at_work.types(BO, "/desk bulk-undo")
    tickets, started = told.splitlines()
    assert tickets.startswith(said("bulk.title_tag", tags="vpn, without office"))
    assert all(each in tickets for each in ("IT-1", "IT-2", "IT-3"))
    assert started == said("bulk.undo_started")
    await works(at_work)

    assert [(await at_work.ticket(number)).tags for number in (1, 2, 3)] == [(), ("vpn", "urgent"), ()]
    assert await at_work.types(BO, "/desk bulk-undo") == said("bulk.already_undone")
    told = said("history.change_undone", name="Bo Berg")
    assert told in await at_work.types(BO, "/desk history IT-1")
    assert told not in await at_work.types(BO, "/desk history IT-2")


async def test_what_is_opened_after_the_preview_is_not_drawn_in(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk bulk mouse")
    await at_work.presses(BO, do("priority"), level="urgent")
    await at_work.asks("My fourth mouse is dead")
    await runs(at_work, BO, 3)

    assert [(await at_work.ticket(number)).priority for number in (1, 3, 4)] == ["urgent", "urgent", "normal"]


async def test_it_is_started_once_however_often_it_is_pressed(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk bulk mouse")
    await at_work.presses(BO, do("claim"))
    run = at_work.buttons()[said("bulk.button_run", count=3)]
    await at_work.presses_button(BO, run)

    assert await at_work.presses_button(BO, run) == said("bulk.already_started")
    await works(at_work)
    await works(at_work)
    history = await at_work.types(BO, "/desk history IT-1")
    assert history.count(said("history.claimed", name="Bo Berg", owner="Bo Berg")) == 1


async def test_a_ticket_that_cannot_be_changed_stops_none_of_the_others(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk bulk mouse sort:oldest")
    await at_work.presses(BO, do("assign"), person=CLEO.key)
    run = at_work.buttons()[said("bulk.button_run", count=3)]
    await at_work.types(CLEO, "/desk close IT-2 done")
    await at_work.presses_button(BO, run)
    await works(at_work)

    assert [(await at_work.ticket(number)).assignee for number in (1, 2, 3)] == [CLEO.key, None, CLEO.key]
    last = await at_work.desk.storage.read(lambda uow: uow.bulk_changes.last_of(BO.key))
    assert last is not None
    items = await at_work.desk.storage.read(lambda uow: uow.bulk_changes.items(last.id))
    assert [each.outcome for each in items] == [BulkOutcome.CHANGED, BulkOutcome.LEFT, BulkOutcome.CHANGED]


async def test_who_has_changed_nothing_has_nothing_to_undo(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(CLEO, "/desk bulk mouse")
    assert await at_work.types(CLEO, "/desk bulk-undo") == said("bulk.nothing_to_undo")


async def test_undone_again_the_change_before_that_is_named_and_undone_by_its_button(
    at_work: DeskAtWork,
) -> None:
    await three_mice(at_work)
    for action, given in (("priority", {"level": "urgent"}), ("tag", {"tags": "vpn"})):
        await at_work.types(BO, "/desk bulk mouse sort:oldest")
        await at_work.presses(BO, do(action), **given)
        await runs(at_work, BO, 3)
    first = await at_work.types(BO, "/desk bulk-undo")
    await works(at_work)
    second = await at_work.types(BO, "/desk bulk-undo")
    await works(at_work)
    assert (await at_work.ticket(1)).priority == "urgent", "nothing is undone unasked"
    await at_work.presses(BO, said("bulk.button_undo"))
    await works(at_work)

    assert first.startswith(f"{said('bulk.title_tag', tags='vpn')}: IT-1, IT-2, IT-3")
    assert second.startswith(said("bulk.already_undone"))
    assert f"{said('bulk.title_priority', priority='urgent')}: IT-1, IT-2, IT-3" in second
    ticket = await at_work.ticket(1)
    assert (ticket.tags, ticket.priority) == ((), "normal")
    assert await at_work.types(BO, "/desk bulk-undo") == said("bulk.already_undone")


async def test_what_others_changed_after_the_preview_is_left_and_can_be_looked_at_again(
    at_work: DeskAtWork,
) -> None:
    await three_mice(at_work)
    await at_work.types(CLEO, "/desk claim IT-3")
    await at_work.types(BO, "/desk bulk mouse sort:oldest")
    previewed = await at_work.presses(BO, do("resolve"), resolution="New mice are in the post")
    assert said("bulk.whose", name="Cleo Chen", references="IT-3") in previewed
    run = at_work.buttons()[said("bulk.button_run_resolve", count=3)]
    await at_work.types(CLEO, "/desk claim IT-1")
    await at_work.types(ANA, "/ticket reply IT-2 Wait, it works again")
    await at_work.presses_button(BO, run)
    await works(at_work)

    assert [(await at_work.ticket(number)).status for number in (1, 2, 3)] == ["open", "new", "resolved"]
    last = await at_work.desk.storage.read(lambda uow: uow.bulk_changes.last_of(BO.key))
    assert last is not None
    items = await at_work.desk.storage.read(lambda uow: uow.bulk_changes.items(last.id))
    reasons = [each.reason.key if each.reason is not None else "" for each in items]
    assert reasons == ["bulk.since_assigned", "bulk.since_wrote", ""]
    again = Button(label="", verb=verbs.BULK_AGAIN, options={"change": str(last.id)})
    anew = await at_work.presses_button(BO, again)
    assert said("bulk.whose", name="Cleo Chen", references="IT-1") in anew
    await runs(at_work, BO, 2, does="bulk.button_run_resolve")
    assert [(await at_work.ticket(number)).status for number in (1, 2)] == ["resolved", "resolved"]


async def test_what_one_changed_oneself_after_the_preview_is_changed_all_the_same(
    at_work: DeskAtWork,
) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk bulk mouse")
    await at_work.presses(BO, do("priority"), level="urgent")
    run = at_work.buttons()[said("bulk.button_run", count=3)]
    await at_work.types(BO, "/desk claim IT-1")
    await at_work.presses_button(BO, run)
    await works(at_work)
    assert [(await at_work.ticket(number)).priority for number in (1, 2, 3)] == ["urgent"] * 3
