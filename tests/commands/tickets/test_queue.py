"""Which tickets there are to work on."""

from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO


async def test_the_queue_is_that_of_all_ones_teams_or_of_one(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await at_work.asks("The vpn drops")
    everything = await at_work.types(CLEO, "/desk queue")
    assert "IT-1 My mouse is dead · new · normal · nobody has it" in everything
    assert "IT-2 The vpn drops" in everything
    network = await at_work.types(CLEO, "/desk queue network")
    assert network.startswith("Queue of Network")
    assert "IT-1" not in network
    assert await at_work.types(BO, "/desk queue people") == "The queue of People is empty."


async def test_the_queue_of_another_team_is_not_shown(at_work: DeskAtWork) -> None:
    assert await at_work.types(BO, "/desk queue network") == (
        "Only agents and leads of Network see its queue."
    )
    assert "There is no team netwrk. Did you mean network?" in await at_work.types(BO, "/desk queue netwrk")
    assert "Only agents and leads" in await at_work.types(ANA, "/desk queue")


async def test_mine_are_those_one_has(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert await at_work.types(BO, "/desk mine") == "You have no open tickets."
    await at_work.types(BO, "/desk claim IT-1")
    assert "IT-1 My mouse is dead" in await at_work.types(BO, "/desk mine")
