"""What a report in chat is of, and of when."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_without_words_it_is_of_all_ones_teams_and_the_last_four_weeks(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/desk report")
    assert "No target of " in told
    assert "/desk report 12 weeks" in told


async def test_what_is_typed_first_may_be_the_team_or_the_time(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 it is on its way")
    for line in ("/desk report it this week", "/desk report this week", "/desk report it"):
        assert "No promise" not in await at_work.types(BO, line), line
        assert list(at_work.buttons()) == ["Charts", "Tables (CSV)"]


async def test_files_come_in_direct_messages(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 it is on its way")
    await at_work.types(BO, "/desk report")
    assert await at_work.presses(BO, "Charts") == "The charts come in your direct messages."


async def test_what_is_neither_a_team_nor_a_time_is_refused_as_what_it_looks_like(
    at_work: DeskAtWork,
) -> None:
    assert (
        f"{said('commands.unknown_team', text='nettwork')} {said('commands.did_you_mean', command='network')}"
        in await at_work.types(LEE, "/desk report nettwork")
    )
    refused = await at_work.types(LEE, "/desk report last fortnight")
    assert refused.startswith(said("commands.not_a_period", text="last fortnight"))
    assert "goes back more than a year" in await at_work.types(LEE, "/desk report 3 years")


async def test_requesters_read_no_reports(at_work: DeskAtWork) -> None:
    assert await at_work.types(ANA, "/desk report") == said("commands.staff_only", command="report")
