"""Saying that one is away, and that one is back."""

from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said


async def test_who_goes_away_is_told_until_when_and_how_to_end_it(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/desk away until tomorrow 9:00, dentist")
    assert told.startswith("You are away until 2026-03-03 09:00 UTC.")
    assert "/desk away back" in told
    await at_work.asks()
    assert "But Bo Berg is away until 2026-03-03 09:00 UTC" in await at_work.types(
        CLEO, "/desk assign IT-1 @bo"
    )
    assert "reach you again" in await at_work.types(BO, "/desk away back")
    assert "is away" not in await at_work.types(CLEO, "/desk on-call")


async def test_the_tickets_one_still_has_can_be_given_back(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    told = await at_work.types(BO, "/desk away 2h")
    assert "You still have this ticket: IT-1" in told
    assert "/desk assign" in told
    assert await at_work.presses(BO, "Give back IT-1") == "IT-1 is back in the queue."
    assert (await at_work.ticket()).assignee is None


async def test_what_is_no_time_or_is_for_no_agent_is_refused(at_work: DeskAtWork) -> None:
    refused = await at_work.types(BO, "/desk away for good")
    assert refused.startswith(said("commands.not_a_time", text="for good"))
    refused = said("commands.agents_only", command="away", ask="/ticket open")
    assert await at_work.types(ANA, "/desk away 2h") == refused
