"""What ended a ticket, kept from others or given back to them; and who reads the list of what is shown."""

from pathlib import Path

import pytest

from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.fakes.desk.headless_desk import LEE
from tests.said import said
from tests.workers.knowledge.test_earlier_answers import config_with


async def with_replies(storage: DeskStorage, tmp_path: Path, *teams: str) -> DeskAtWork:
    return await DeskAtWork.opened(storage, tmp_path, config=config_with(tmp_path, *teams))


@pytest.fixture
async def at_work(storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    at_work = await with_replies(storage, tmp_path, "it")
    await at_work.asks()
    await at_work.types(BO, "/desk resolve IT-1 Turn the mouse round, then press its button twice")
    return at_work


async def test_an_answer_is_left_out_once_and_given_back_once(at_work: DeskAtWork) -> None:
    left_out = said("knowledge.answer_excluded", reference="IT-1")
    assert await at_work.types(BO, "/kb exclude IT-1") == left_out
    assert await at_work.types(BO, "/kb exclude IT-1") == said("knowledge.answer_left_out", reference="IT-1")
    listed = await at_work.types(LEE, "/kb replies")
    assert said("knowledge.answers_left_out", references="IT-1") in listed
    given_back = said("knowledge.answer_included", reference="IT-1", command="/desk show IT-1")
    assert await at_work.types(BO, "/kb include IT-1") == given_back
    again = await at_work.types(BO, "/kb include IT-1")
    assert again == said("knowledge.answer_not_left_out", reference="IT-1")


async def test_only_leads_and_administrators_list_them(at_work: DeskAtWork) -> None:
    assert await at_work.types(LEE, "/kb replies") == said("knowledge.answers_none")
    refused = said("knowledge.answers_for_leads", command="/desk show")
    assert await at_work.types(BO, "/kb replies") == refused


async def test_of_a_team_whose_replies_are_not_used_there_is_nothing_to_leave_out(
    storage: DeskStorage, tmp_path: Path
) -> None:
    at_work = await with_replies(storage, tmp_path, "network")
    await at_work.asks()
    await at_work.types(BO, "/desk resolve IT-1 Turn it round")
    refused = said("knowledge.no_answer_for_others", reference="IT-1")
    assert await at_work.types(BO, "/kb exclude IT-1") == refused
