"""A message with buttons that ask for help."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA
from tests.said import said


async def test_staff_post_a_panel_with_a_title_of_their_own(at_work: DeskAtWork) -> None:
    told = await at_work.types(LEE, "/ticket panel What do you need?")
    assert told == said("answers.panel_posted")
    assert await at_work.types(ANA, "/ticket panel") == said("commands.staff_only", command="/ticket panel")


async def test_a_title_that_is_too_long_is_refused(at_work: DeskAtWork) -> None:
    told = await at_work.types(LEE, f"/ticket panel {'x' * 201}")
    assert told == said("answers.panel_title_too_long", limit=200)
