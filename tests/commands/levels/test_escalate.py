"""A ticket goes to the next level, with what was tried."""

from pathlib import Path

import pytest

from bot.messages.outbound import Form
from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said
from tests.stories.desk_files import DESK

TRIED = "Restarted the router, same error"


@pytest.fixture
async def with_levels(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    config = tmp_path / "levels.yaml"
    text = DESK.read_text(encoding="utf-8")
    team = "    channel: web:team-it\n"
    assert text.count(team) == 1
    config.write_text(text.replace(team, f"{team}    escalates: {{to: network, tried: required}}\n"), "utf-8")
    return await DeskAtWork.opened(sqlite_storage, tmp_path, config=config)


async def test_the_next_level_gets_the_ticket(with_levels: DeskAtWork) -> None:
    await with_levels.asks()
    told = await with_levels.types(BO, f"/desk escalate IT-1 {TRIED}")
    assert told.startswith(said("answers.escalated", reference="IT-1", team="Network"))
    assert (await with_levels.ticket()).team == "network"


async def test_without_what_was_tried_it_stays(with_levels: DeskAtWork) -> None:
    await with_levels.asks()
    typed = with_levels.desk.typed(BO, "escalate IT-1", group="desk")
    assert isinstance(await with_levels.desk.intake.take(typed), Form)
    assert (await with_levels.ticket()).team == "it"


async def test_where_there_is_no_next_level_transferring_is_named(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(BO, f"/desk escalate IT-1 {TRIED}")
    assert "/desk transfer" in told
    assert (await at_work.ticket()).team == "it"


async def test_requesters_escalate_nothing(at_work: DeskAtWork) -> None:
    await at_work.asks()
    refused = said("commands.agents_only", command="/desk escalate", ask="/ticket open")
    assert await at_work.types(ANA, f"/desk escalate IT-1 {TRIED}") == refused


async def test_who_transfers_a_ticket_goes_on_seeing_it_unless_it_is_private(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(BO, "/desk transfer IT-1 network")
    assert said("answers.escalated_follows", command="/desk unfollow IT-1") in told
    assert said("answers.escalated_more", team="Network") in told
    assert "IT-1" in await at_work.types(BO, "/desk show IT-1")
    await at_work.types(BO, "/desk unfollow IT-1")
    await at_work.asks("My payslip is wrong")  # goes to People, in private
    await at_work.types(BO, "/desk transfer IT-2 network")
    told = await at_work.presses(BO, said("commands.desk_transfer_submit"))
    assert told.startswith(said("answers.transferred", reference="IT-2", team="Network"))
    assert said("answers.escalated_follows", command="/desk unfollow IT-2") not in told
    assert (await at_work.ticket(2)).team == "network"
