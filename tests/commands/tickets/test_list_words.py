"""`/ticket list` by the words that mean it in direct messages."""

import pytest

from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA
from tests.said import said


@pytest.mark.parametrize("words", ["status", "Status", "my tickets", "my requests", "tickets"])
async def test_what_lists_ones_requests_in_direct_messages_lists_them_as_a_command(
    at_work: DeskAtWork, words: str
) -> None:
    await at_work.asks("My mouse is dead")
    assert await at_work.types(ANA, f"/ticket {words}") == await at_work.types(ANA, "/ticket list")


async def test_common_verbs_are_known_in_ones_own_language(at_work: DeskAtWork) -> None:
    await at_work.types(ANA, "/ticket neu Maus kaputt")
    assert "Maus kaputt" in await at_work.types(ANA, "/ticket estado IT-1")
    assert await at_work.types(ANA, "/ticket hilfe") == await at_work.types(ANA, "/ticket help")
    told = await at_work.types(ANA, "/ticket delete IT-1")
    assert said("refusals.did_you_mean", word="/ticket close IT-1") in told


async def test_status_with_more_words_asks_which_ticket(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    told = await at_work.types(ANA, "/ticket status of my mouse")
    assert said("commands.not_a_ticket", text="of my mouse") in told
    assert at_work.buttons()["IT-1 · My mouse is dead"].verb == "ticket show"
