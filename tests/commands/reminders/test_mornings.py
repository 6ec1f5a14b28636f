"""Whether and when somebody has a message in the morning."""

from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.said import said

CHANGE = said("answers.morning_change", command="/desk morning 8:30")


def shown(key: str, **facts: str) -> str:
    return f"{said(key, **facts)}\n{CHANGE}"


async def test_it_is_off_until_one_wants_it(at_work: DeskAtWork) -> None:
    assert await at_work.types(BO, "/desk morning") == shown("answers.morning_off")
    assert await at_work.types(BO, "/desk morning on") == shown("answers.morning_at", time="9:00")
    assert await at_work.types(BO, "/desk morning 8:30") == shown("answers.morning_at", time="8:30")
    assert await at_work.types(BO, "/desk morning") == shown("answers.morning_at", time="8:30")
    assert await at_work.presses(BO, said("answers.button_morning_off")) == shown("answers.morning_off")


async def test_where_the_team_is_there_all_day_it_is_said_that_it_comes_at_nine(at_work: DeskAtWork) -> None:
    assert await at_work.types(BO, "/desk morning on") == shown("answers.morning_at", time="9:00")


async def test_what_is_no_time_changes_nothing(at_work: DeskAtWork) -> None:
    await at_work.types(BO, "/desk morning on")
    for typed in ("early", "25:00", "24:00", "8:75"):
        answer = await at_work.types(BO, f"/desk morning {typed}")
        assert answer == said("answers.morning_not_understood", text=typed, command="/desk morning 8:30")
    assert await at_work.types(BO, "/desk morning") == shown("answers.morning_at", time="9:00")
