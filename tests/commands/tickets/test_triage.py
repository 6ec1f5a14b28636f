"""How urgent a ticket is, what it is about, and whose."""

from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.said import said


async def test_a_priority_is_one_of_four_in_any_letter_case(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert await at_work.types(BO, "/desk priority IT-1 HIGH") == "IT-1 has priority high."
    assert "Choose one of low, normal, high, urgent." in await at_work.types(BO, "/desk priority IT-1 top")


async def test_tags_are_added_and_with_a_minus_removed(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert await at_work.types(BO, "/desk tag IT-1 VPN +office") == "IT-1 has the tags: vpn, office."
    assert await at_work.types(BO, "/desk tag IT-1 -vpn -office") == "IT-1 has the tags: none."
    assert "Name the tags to add" in await at_work.types(BO, "/desk tag IT-1 +")


async def test_tags_are_short_and_not_too_many(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert "at most 40 characters" in await at_work.types(BO, f"/desk tag IT-1 {'x' * 41}")
    many = " ".join(f"tag{number}" for number in range(21))
    assert "at most 20 tags" in await at_work.types(BO, f"/desk tag IT-1 {many}")


async def test_a_ticket_moves_to_a_team_by_its_name_or_title(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(BO, "/desk transfer IT-1 NETWORK it is the switch")
    assert told == "IT-1 is with Network now. Only the team sees: “it is the switch”"
    assert (await at_work.ticket()).why_here == "transferred by Bo Berg: it is the switch"
    await at_work.asks("My screen is dark")
    unknown = said("commands.unknown_team", text="nobody")
    teams = said("commands.teams", teams="it, network and people")
    assert await at_work.types(BO, "/desk transfer IT-2 nobody") == f"{unknown} {teams}"
