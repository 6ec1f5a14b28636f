"""What comes again, as agents and leads read it, and the tickets behind it."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said

SCANNER = (
    "Scanner lid breaks every hour",
    "the scanner lid is broken, it breaks",
    "Scanner: the lid breaks",
    "scanner lid breaks",
)
PRINTER = ("Printer jams on floor two", "the printer jams", "Printer jammed on floor two")


async def many(at_work: DeskAtWork) -> None:
    for text in (*SCANNER, *PRINTER, "New laptop for the intern", "The invoice of March is missing"):
        await at_work.asks(text, who=CLEO if text == SCANNER[1] else ANA)


async def test_the_most_frequent_comes_first_with_its_words_and_people(at_work: DeskAtWork) -> None:
    await many(at_work)
    told = await at_work.types(BO, "/desk problems")
    first, second = told.index("1. Scanner lid breaks"), told.index("2. ")
    assert first < second
    assert "4 requests from 2 people" in told
    assert "scanner" in told[first:second]
    assert "lid" in told[first:second]
    assert "Printer" in told[second:]
    assert "laptop" not in told
    assert said("reports.compared", count=9) in told


async def test_one_press_leads_to_the_tickets(at_work: DeskAtWork) -> None:
    await many(at_work)
    await at_work.types(BO, "/desk problems")
    told = await at_work.presses(BO, said("reports.button_problem", number=2, count=3))
    for number in (5, 6, 7):
        assert f"IT-{number}" in told
    assert "IT-1 " not in told
    assert said("reports.problem_words", words="printer and jams") in told or "printer" in told


async def test_nothing_that_comes_again_is_said(at_work: DeskAtWork) -> None:
    await at_work.asks("New laptop for the intern")
    await at_work.asks("The invoice of March is missing")
    told = await at_work.types(BO, "/desk problems today")
    assert told == said("reports.no_problems", teams="Service Desk and People", period="2 Mar 2026", count=2)


async def test_what_one_may_not_read_is_no_problem_of_theirs(at_work: DeskAtWork) -> None:
    """Payslips are private to People; Dan and Lee work at the Service Desk alone."""
    for text in (
        "payslip of February is wrong",
        "my payslip of February is wrong",
        "payslip wrong in February",
    ):
        await at_work.asks(text)
    assert "payslip" in (await at_work.types(BO, "/desk problems")).lower()
    assert "payslip" not in (await at_work.types(CLEO, "/desk problems")).lower()


async def test_requesters_see_no_problems(at_work: DeskAtWork) -> None:
    assert await at_work.types(ANA, "/desk problems") == said("commands.staff_only", command="/desk problems")


async def test_a_button_of_yesterdays_list_says_that_it_is_over(at_work: DeskAtWork) -> None:
    await many(at_work)
    await at_work.types(BO, "/desk problems")
    button = at_work.buttons()[said("reports.button_problem", number=1, count=4)]
    gone = {**button.options, "like": "17"}
    press = type(button)(label=button.label, verb=button.verb, options=gone)
    assert await at_work.presses_button(BO, press) == said("reports.problem_gone")


async def test_a_team_and_a_time_may_be_named(at_work: DeskAtWork) -> None:
    await many(at_work)
    assert "Scanner" in await at_work.types(LEE, "/desk problems it 12 weeks")
    refused = await at_work.types(LEE, "/desk problems last fortnight")
    assert refused.startswith(said("commands.not_a_period", text="last fortnight"))
