"""`private`: who may use it, and that it is done once."""

from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_the_requester_and_an_agent_of_its_team_may_and_a_second_time_changes_nothing(
    at_work: DeskAtWork,
) -> None:
    await at_work.asks()
    await at_work.asks("My keyboard is dead")
    for who, command, number in ((ANA, "/ticket private", 1), (BO, "/desk private", 2)):
        await at_work.types(who, f"{command} IT-{number}")
        assert (await at_work.ticket(number)).is_private
        again = await at_work.types(who, f"{command} IT-{number}")
        assert again.splitlines()[0] == said("refusals.already_private", reference=f"IT-{number}")


async def test_a_finished_request_is_reopened_first(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk resolve IT-1 new battery")
    await at_work.types(ANA, "/ticket private IT-1")
    assert not (await at_work.ticket()).is_private
