"""What a report in chat is of, and of when."""

import pytest

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_without_words_it_is_of_all_ones_teams_and_the_last_four_weeks(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/desk report sla")
    nothing = said("reports.nothing_decided", teams="Service Desk and People", period="3 Feb – 2 Mar 2026")
    look_back = said("answers.report_look_back", command="/desk report sla 12 weeks")
    assert told == f"{nothing} {said('reports.open_none')} {look_back}"


async def test_what_is_typed_first_may_be_the_team_or_the_time(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 it is on its way")
    for line in ("/desk report it today", "/desk report today", "/desk report this week", "/desk report it"):
        assert "No promise" not in await at_work.types(BO, line), line
        assert list(at_work.buttons()) == [
            said("answers.button_charts"),
            said("answers.button_tables"),
            said("answers.button_json_lines"),
        ]


async def test_files_come_in_direct_messages(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 it is on its way")
    await at_work.types(BO, "/desk report")
    assert await at_work.presses(BO, said("answers.button_charts")) == said("answers.report_charts")
    await at_work.types(BO, "/desk report")
    assert await at_work.presses(BO, said("answers.button_tables")) == said("answers.report_tables")
    await at_work.types(BO, "/desk report")
    assert await at_work.presses(BO, said("answers.button_json_lines")) == said("answers.report_json_lines")


async def test_what_is_neither_a_team_nor_a_time_is_refused_as_what_it_looks_like(
    at_work: DeskAtWork,
) -> None:
    assert (
        f"{said('reports.no_team_or_report', text='nettwork')} {said('refusals.did_you_mean', word='network')}"
        in await at_work.types(LEE, "/desk report nettwork")
    )
    elsewhere = said("reports.problems_elsewhere", command="/desk problems 12 weeks")
    assert await at_work.types(LEE, "/desk report problems 12 weeks") == elsewhere
    refused = await at_work.types(LEE, "/desk report last fortnight")
    assert refused.startswith(said("commands.not_a_period", text="last fortnight"))
    told = await at_work.types(LEE, "/desk report 3 years")
    assert told == said("answers.report_too_long", text="3 years")


async def test_requests_without_a_field_are_not_taken_for_none(at_work: DeskAtWork) -> None:
    of = {"teams": "Service Desk and People", "period": "3 Feb – 2 Mar 2026"}
    look_back = said("answers.report_look_back", command="/desk report fields 12 weeks")
    assert (
        await at_work.types(BO, "/desk report fields")
        == f"{said('figures.nothing_opened', **of)} {look_back}"
    )
    for text in ("My mouse is dead", "The door does not open"):
        await at_work.asks(text)
    told = await at_work.types(BO, "/desk report fields")
    assert told == f"{said('figures.no_field_set', count=2, **of)} {look_back}"


async def test_what_is_neither_team_nor_report_is_refused_with_both(at_work: DeskAtWork) -> None:
    told = await at_work.types(LEE, "/desk report nonsense")
    assert told.startswith(said("reports.no_team_or_report", text="nonsense"))
    assert "network" in told
    assert "sla" in told
    assert "figures" in told


async def test_a_report_may_be_named_after_its_team(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for words in ("languages it", "languages it 12 weeks"):
        _, team, *time = words.split()
        swapped = " ".join([team, "languages", *time])
        asked = await at_work.types(BO, f"/desk report {words}")
        assert said("figures.heading_languages", teams="Service Desk") in asked
        assert await at_work.types(BO, f"/desk report {swapped}") == asked


async def test_the_example_is_a_report_that_the_reader_may_read(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(BO, "/desk report")
    assert "/desk report sla" in told
    assert "agents" not in told
    assert "/desk report agents" in await at_work.types(LEE, "/desk report")


async def test_requesters_read_no_reports(at_work: DeskAtWork) -> None:
    assert await at_work.types(ANA, "/desk report") == said("commands.staff_only", command="/desk report")


@pytest.mark.parametrize(
    "typed",
    [
        "inboxes network last month",
        "inboxes last month network",
        "network last month inboxes",
        "network inboxes last month",
        "last month network inboxes",
        "last month inboxes network",
    ],
)
async def test_report_team_and_time_may_stand_in_any_order(at_work: DeskAtWork, typed: str) -> None:
    told = await at_work.types(LEE, f"/desk report {typed}")
    assert told == await at_work.types(LEE, "/desk report inboxes network last month")
    assert "Network" in told
    assert "Feb" in told


async def test_a_period_that_is_over_says_nothing_of_what_is_open_now(at_work: DeskAtWork) -> None:
    await at_work.asks("The vpn drops")
    told = await at_work.types(LEE, "/desk report last month network")
    facts = {"teams": "Network", "period": "1 – 28 Feb 2026"}
    assert told.startswith(said("reports.no_requests_then", **facts))


async def test_a_forecast_of_too_little_says_what_it_takes_and_sends_nobody_further_back(
    at_work: DeskAtWork,
) -> None:
    told = await at_work.types(LEE, "/desk report forecast 12 weeks")
    assert said("reports.forecast_too_few", team="People", weeks=8, requests=30, count=0) in told
    assert said("answers.report_look_back", command="/desk report forecast 12 weeks") not in told


async def test_a_week_by_itself_is_asked_about(at_work: DeskAtWork) -> None:
    asked = said("reports.which_period", command="/desk report this week", other="/desk report last week")
    assert await at_work.types(LEE, "/desk report week") == asked


@pytest.mark.parametrize(("verb", "meant"), [("workload", "/desk report agents"), ("digest", "/desk report")])
async def test_what_has_another_name_is_offered_by_it(at_work: DeskAtWork, verb: str, meant: str) -> None:
    told = await at_work.types(LEE, f"/desk {verb}")
    assert said("refusals.did_you_mean", word=meant) in told


@pytest.mark.parametrize("typed", ["tomorrow", "next week", "2027"])
async def test_what_is_to_come_is_answered_with_the_report_that_looks_ahead(
    at_work: DeskAtWork, typed: str
) -> None:
    ahead = said("reports.not_yet", text=typed, command="/desk report forecast")
    assert await at_work.types(BO, f"/desk report {typed}") == ahead
    assert await at_work.types(BO, f"/desk report it {typed}") == ahead


async def test_words_that_no_model_could_write_are_refused_with_what_there_is(at_work: DeskAtWork) -> None:
    told = await at_work.types(LEE, "/desk report it 7d in words")
    assert told == said("reports.no_words_here", command="/desk report it 7d")
    told = await at_work.types(LEE, "/desk report in words")
    assert told == said("reports.no_words_here", command="/desk report")
