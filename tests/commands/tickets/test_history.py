"""The history of a ticket, for its team."""

from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, words_of
from tests.said import said


async def test_the_team_reads_who_did_what(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    told = await at_work.types(BO, "/desk history IT-1")
    assert told.startswith(said("commands.history", reference="IT-1"))
    assert "Ana Alves" in told
    assert "Bo Berg" in told


async def test_it_is_said_even_beside_the_card(at_work: DeskAtWork) -> None:
    """No card shows a history."""
    await at_work.asks()
    reply = await at_work.desk.intake.take(at_work.desk.pressed(BO, "desk history", "IT-1"))
    assert words_of(reply).startswith(said("commands.history", reference="IT-1"))


async def test_requesters_do_not_read_it(at_work: DeskAtWork) -> None:
    await at_work.asks()
    refused = said("commands.agents_only", command="history", ask="/ticket open")
    assert await at_work.types(ANA, "/desk history IT-1") == refused
