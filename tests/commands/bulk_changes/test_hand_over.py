"""`/desk hand-over`: a colleague, or the queue, gets all that somebody has."""

from tests.commands.bulk_changes.bulk_steps import left, runs, three_mice, works
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.said import said


async def test_all_of_ones_own_goes_to_a_colleague(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.asks("My payslip is wrong")
    for number in (1, 3, 4):
        await at_work.types(BO, f"/desk claim IT-{number}")
    await at_work.types(BO, "/desk wait IT-3 Which one?")

    preview = await at_work.types(BO, "/desk hand-over @cleo")
    assert preview.splitlines() == [
        said("bulk.title_hand_over", name="Cleo Chen"),
        said("bulk.will_change", count=2),
        "IT-1 · My first mouse is dead · Ana Alves",
        "IT-3 · My third mouse is dead · Ana Alves",
        left("not_of_team", "IT-4"),
    ]
    await runs(at_work, BO, 2)
    assert [(await at_work.ticket(number)).assignee for number in (1, 2, 3, 4)] == [
        CLEO.key,
        None,
        CLEO.key,
        BO.key,
    ]
    assert (await at_work.ticket(3)).status == "pending"


async def test_all_of_ones_own_goes_back_to_the_queue_and_returns(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    for number in (1, 3):
        await at_work.types(BO, f"/desk claim IT-{number}")
    await at_work.types(BO, "/desk hand-over queue")
    await runs(at_work, BO, 2)
    assert (await at_work.ticket(1)).assignee is None
    assert (await at_work.ticket(1)).status == "new"

    await at_work.types(BO, "/desk bulk-undo")
    await works(at_work)
    assert [(await at_work.ticket(number)).assignee for number in (1, 2, 3)] == [BO.key, None, BO.key]
    assert (await at_work.ticket(1)).status == "open"


async def test_only_a_lead_hands_over_what_somebody_else_has(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk claim IT-1")

    refused = await at_work.types(CLEO, "/desk hand-over @cleo from @bo")
    assert refused == said("bulk.leads_only", name="Bo Berg")
    assert said("bulk.will_change", count=1) in await at_work.types(LEE, "/desk hand-over @cleo from @bo")
    await runs(at_work, LEE, 1)
    assert (await at_work.ticket(1)).assignee == CLEO.key
    nothing = await at_work.types(LEE, "/desk hand-over @cleo from @bo")
    assert nothing == said("bulk.nothing_open", name="Bo Berg")


async def test_the_form_offers_colleagues_and_the_queue_but_not_oneself(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk claim IT-1")
    form = at_work.desk.intake.form_for(at_work.desk.typed(BO, "hand-over"))
    assert form is not None
    (colleague,) = form.fields
    names = [label.partition(" · ")[0] for _, label in colleague.choices]
    assert names == ["Cleo Chen", "Lee Lund", said("commands.back_to_queue")]
    value, _ = colleague.choices[-1]
    assert said("bulk.title_release") in await at_work.types(BO, f"/desk hand-over {value}")


async def test_that_whoever_gets_them_is_away_is_said_before_and_after(at_work: DeskAtWork) -> None:
    await three_mice(at_work)
    await at_work.types(BO, "/desk claim IT-1")
    away = said("bulk.assignee_away", name="Cleo Chen", until="")[:-1]
    assert away not in await at_work.types(LEE, "/desk hand-over @cleo from @bo")
    await at_work.types(CLEO, "/desk away until Friday")
    assert away in await at_work.types(LEE, "/desk hand-over @cleo from @bo")
