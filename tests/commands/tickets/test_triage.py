"""How urgent a ticket is, what it is about, and whose."""

from dataclasses import replace

from bot.domain.sentence import sentence
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.said import said


async def test_a_priority_is_one_of_four_in_any_letter_case(at_work: DeskAtWork) -> None:
    await at_work.asks()
    answer = await at_work.types(BO, "/desk priority IT-1 HIGH")
    first, *due = answer.splitlines()
    assert first == said("answers.priority_set", reference="IT-1", priority="high")
    assert len(due) == 2, "the first response and the resolution are due sooner"
    told = await at_work.types(BO, "/desk priority IT-1 top")
    assert told == said("answers.not_a_priority", text="top", choices="low, normal, high or urgent")


async def test_tags_are_added_and_with_a_minus_removed(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert await at_work.types(BO, "/desk tag IT-1 VPN +office") == said(
        "answers.tags", reference="IT-1", names="vpn and office"
    )
    assert await at_work.types(BO, "/desk tag IT-1 -vpn -office") == said(
        "answers.tags_none", reference="IT-1"
    )
    assert await at_work.types(BO, "/desk tag IT-1 +") == said("answers.tags_needed")


async def test_who_reads_german_is_answered_in_german(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(replace(BO, language="de"), "/desk tag IT-1 vpn office")
    assert told == said("answers.tags", language="de", reference="IT-1", names="vpn und office")


async def test_tags_are_short_and_not_too_many(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert said("refusals.tag_too_long", maximum=40) in await at_work.types(BO, f"/desk tag IT-1 {'x' * 41}")
    many = " ".join(f"tag{number}" for number in range(21))
    assert said("refusals.too_many_tags", maximum=20) in await at_work.types(BO, f"/desk tag IT-1 {many}")


async def test_a_ticket_moves_to_a_team_by_its_name_or_title(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(BO, "/desk transfer IT-1 NETWORK it is the switch")
    seen = said("answers.seen_by_note", text="it is the switch")
    assert told.startswith(said("answers.transferred", reference="IT-1", team="Network"))
    assert told.endswith(seen)
    assert (await at_work.ticket()).why_here == sentence(
        "team.why_transferred_because", name="Bo Berg", reason="it is the switch"
    )
    await at_work.asks("My screen is dark")
    unknown = said("commands.unknown_team", text="nobody")
    teams = said("commands.teams", teams="it, network and people")
    assert await at_work.types(BO, "/desk transfer IT-2 nobody") == f"{unknown} {teams}"
