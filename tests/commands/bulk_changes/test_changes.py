"""What would change and what not, and why: the preview of each action."""

from tests.commands.bulk_changes.bulk_steps import do, left, runs, three_mice, works
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.said import said


def mouse(number: int) -> str:
    """The line of a preview."""
    name = ("first", "second", "third")[number - 1]
    return f"IT-{number} · My {name} mouse is dead · Ana Alves"


async def test_all_that_a_search_finds_is_claimed_at_once(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(CLEO, "/desk claim IT-2")

    answer = await at_work.types(BO, "/desk bulk mouse status:new,open")
    assert answer.splitlines()[0] == said("bulk.selected", count=3)

    preview = await at_work.presses(BO, do("claim"))
    assert preview.splitlines() == [
        said("bulk.title_claim"),
        said("bulk.will_change", count=2),
        mouse(3),
        mouse(1),
        left("taken", "IT-2"),
    ]
    assert (await at_work.ticket(1)).assignee is None, "a preview changes nothing"

    assert await runs(at_work, BO, 2) == said("bulk.started")
    holders = [(await at_work.ticket(number)).assignee for number in (1, 2, 3)]
    assert holders == [BO.key, CLEO.key, BO.key]


async def test_resolving_says_what_is_missing_where(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk reply IT-1 Here is a new one")
    await at_work.types(BO, "/desk close IT-3 done")
    await at_work.types(BO, "/desk bulk mouse sort:oldest")

    preview = await at_work.presses(BO, do("resolve"))
    assert preview.splitlines()[1:] == [
        said("bulk.will_change", count=1),
        mouse(1),
        left("owed", "IT-2"),
        left("finished", "IT-3"),
    ]
    button = at_work.buttons()[said("bulk.button_other")]
    await at_work.presses_button(BO, button)
    preview = await at_work.presses(BO, do("resolve"), resolution="Mice were replaced")
    assert said("bulk.requesters_read", text="Mice were replaced") in preview
    assert said("bulk.will_change", count=2) in preview
    await runs(at_work, BO, 2, does="bulk.button_run_resolve")
    assert [(await at_work.ticket(number)).status for number in (1, 2, 3)] == [
        "resolved",
        "resolved",
        "closed",
    ]


async def test_an_agent_changes_nothing_of_another_team_and_nothing_that_they_asked(
    at_work: DeskAtWork,
) -> None:
    await at_work.asks("The mouse of the wifi is dead")  # goes to Network
    await at_work.asks("My payslip shows a mouse")  # goes to People, in private
    await at_work.asks("My mouse is dead", who=BO)
    await at_work.asks("My mouse is dead")

    await at_work.types(BO, "/desk bulk mouse sort:oldest")
    preview = await at_work.presses(BO, do("claim"))
    assert preview.splitlines()[1:] == [
        said("bulk.will_change", count=2),
        f"IT-2 · My payslip shows a mouse · Ana Alves · {said('lists.private')}",
        "IT-4 · My mouse is dead · Ana Alves",
        left("not_yours", "IT-1", "IT-3"),
    ]

    answer = await at_work.types(CLEO, "/desk bulk mouse sort:oldest")
    assert answer.splitlines()[0] == said("bulk.selected", count=3), "the private one is not counted"
    preview = await at_work.presses(CLEO, do("claim"))
    assert "IT-2" not in preview
    await runs(at_work, CLEO, 3)
    assert [(await at_work.ticket(number)).assignee for number in (1, 2, 3, 4)] == [
        CLEO.key,
        None,
        CLEO.key,
        CLEO.key,
    ]


async def test_a_private_ticket_is_transferred_by_itself(at_work: DeskAtWork) -> None:
    await at_work.asks("My payslip is wrong")
    await at_work.asks("My mouse is dead")
    await at_work.types(BO, "/desk bulk IT-1 IT-2")
    preview = await at_work.presses(BO, do("transfer"), team="network")

    assert preview.splitlines()[1:] == [
        said("bulk.will_change", count=1),
        "IT-2 · My mouse is dead · Ana Alves",
        left("private", "IT-1"),
    ]


async def test_of_many_that_will_change_the_first_ten_are_shown(at_work: DeskAtWork) -> None:
    for number in range(22):
        await at_work.asks(f"Mouse {number} is dead")
    await at_work.types(BO, "/desk bulk mouse sort:oldest")
    preview = await at_work.presses(BO, do("claim"))
    shown = [each for each in preview.splitlines() if "is dead · Ana Alves" in each]
    assert [each.partition(" · ")[0] for each in shown] == [f"IT-{number}" for number in range(1, 11)]
    assert preview.splitlines()[-1] == said("bulk.and_more", count=12)


async def test_a_category_is_set(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk bulk mouse")
    await at_work.presses(BO, do("category"), category="Hardware")
    await runs(at_work, BO, 3)

    assert (await at_work.ticket(2)).fields["category"] == "Hardware"


async def test_tickets_are_snoozed_together_and_undone_to_what_each_was(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk snooze IT-2 2h")
    before = (await at_work.ticket(2)).snoozed_until
    await at_work.types(BO, "/desk close IT-3 done")
    await at_work.types(BO, "/desk bulk mouse")
    preview = await at_work.presses(BO, do("snooze"), until="until Monday")
    assert said("bulk.will_change", count=2) in preview
    assert left("finished", "IT-3") in preview
    await runs(at_work, BO, 2)
    one, two, three = [(await at_work.ticket(number)).snoozed_until for number in (1, 2, 3)]
    assert one == two
    assert one is not None
    assert one != before
    assert three is None
    await at_work.types(BO, "/desk bulk-undo")
    await works(at_work)
    again = [(await at_work.ticket(number)).snoozed_until for number in (1, 2, 3)]
    assert again == [None, before, None]
