"""`/desk bulk`: which tickets are chosen, by a search, by their numbers, or in a form."""

from bot.messages import verbs
from tests.commands.bulk_changes.bulk_steps import do, opens, runs, submits, three_mice
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said


async def test_nobody_presses_for_somebody_else(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk bulk mouse")
    claim = at_work.buttons()[do("claim")]

    assert await at_work.presses_button(CLEO, claim) == said("bulk.gone")


async def test_one_says_which_of_them_in_a_form(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk bulk mouse sort:oldest")
    await at_work.presses(BO, do("claim"))
    form = await opens(at_work, BO, said("bulk.button_choose"))

    (field,) = form.fields
    ids = [value for value, _ in field.choices]
    assert [label for _, label in field.choices] == [
        "IT-1 · My first mouse is dead",
        "IT-2 · My second mouse is dead",
        "IT-3 · My third mouse is dead",
    ]
    assert field.value == ",".join(ids), "all are ticked at first"

    preview = await submits(at_work, BO, form, tickets=f"{ids[0]},{ids[2]}")
    assert said("bulk.will_change", count=2) in preview
    await runs(at_work, BO, 2)
    assert [(await at_work.ticket(number)).assignee for number in (1, 2, 3)] == [BO.key, None, BO.key]


async def test_with_nothing_ticked_there_is_nothing_to_do(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk bulk mouse")
    form = await opens(at_work, BO, said("bulk.button_choose"))
    menu = await submits(at_work, BO, form)

    assert said("bulk.choose_some") in menu
    assert do("claim") not in at_work.buttons()


async def test_tickets_can_be_named(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    answer = await at_work.types(BO, "/desk bulk IT-1, IT-3 IT-99")

    assert answer.splitlines()[0] == said("bulk.selected", count=2)
    assert answer.splitlines()[-1] == said("bulk.not_seen", references="IT-99")


async def test_tickets_that_are_hidden_are_named_like_those_that_do_not_exist(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk on-behalf-of @ana private payslip")
    answer = await at_work.types(CLEO, "/desk bulk IT-1 IT-4 IT-99")
    assert answer.splitlines()[0] == said("bulk.selected", count=1)
    assert answer.splitlines()[-1] == said("bulk.not_seen", references="IT-4 and IT-99")
    assert await at_work.types(CLEO, "/desk bulk IT-4 IT-99") == answer.splitlines()[-1]


async def test_more_than_a_form_shows_is_chosen_page_by_page(at_work: DeskAtWork) -> None:
    for number in range(27):
        await at_work.asks(f"Mouse number {number}")
    await at_work.types(BO, "/desk bulk mouse")

    assert said("bulk.button_choose_page", first=1, last=25) in at_work.buttons()
    none = await at_work.presses(BO, said("bulk.button_choose_none"))
    assert said("bulk.selected", count=0) in none
    form = await opens(at_work, BO, said("bulk.button_choose_page", first=26, last=27))
    assert len(form.fields[0].choices) == 2
    assert form.fields[0].value == ""


async def test_somebody_who_only_asks_changes_nothing(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    command = verbs.typed({}, verbs.OPEN)
    refused = said("commands.agents_only", command="/desk bulk", ask=command)
    assert await at_work.types(ANA, "/desk bulk mouse") == refused


async def test_lists_offer_to_change_several(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    for number in (1, 2):
        await at_work.types(BO, f"/desk claim IT-{number}")
    several = said("bulk.button_several")
    for line, count in (
        ("/desk search mouse", 3),
        ("/desk queue", 3),
        ("/desk mine", 2),
    ):
        await at_work.types(BO, line)
        answer = await at_work.presses(BO, several)
        assert answer.splitlines()[0] == said("bulk.selected", count=count), line
    await at_work.types(ANA, "/ticket search mouse")
    assert several not in at_work.buttons()
