"""Drafts, better words and translations are asked for by agents of teams that let text leave, a few at a time."""

from pathlib import Path

import pytest

from storage.store import DeskStorage
from tests.commands.assistant.desk_with_model import at_work_with_model
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said


@pytest.fixture
async def with_model(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    return await at_work_with_model(sqlite_storage, tmp_path)


async def test_each_says_what_comes_and_in_which_language(with_model: DeskAtWork) -> None:
    await with_model.asks()
    told = await with_model.types(BO, "/desk draft IT-1")
    assert told == said("assistant.draft_follows", reference="IT-1", into="English")
    told = await with_model.types(BO, "/desk rephrase IT-1 mouse come tomorrow")
    assert told == said("assistant.rephrase_follows", reference="IT-1")
    told = await with_model.types(BO, "/desk translate IT-1 fr")
    assert told == said("assistant.translation_in_follows", reference="IT-1", into="French")
    told = await with_model.types(BO, "/desk translate IT-1 de It is on its way")
    assert told == said("assistant.translation_out_follows", reference="IT-1", into="German")


async def test_a_team_that_keeps_its_text_is_named(with_model: DeskAtWork) -> None:
    await with_model.asks("The vpn is slow")
    told = await with_model.types(CLEO, "/desk draft IT-1")
    assert told == said("assistant.team_keeps_text", team="Network")


async def test_one_person_waits_for_a_few_at_a_time(with_model: DeskAtWork) -> None:
    await with_model.asks()
    for _ in range(5):
        await with_model.types(BO, "/desk draft IT-1")
    assert await with_model.types(BO, "/desk draft IT-1") == said("assistant.too_many_waiting", maximum=5)


async def test_words_have_an_end(with_model: DeskAtWork) -> None:
    await with_model.asks()
    told = await with_model.types(BO, f"/desk rephrase IT-1 {'x' * 3_001}")
    assert told.startswith(said("assistant.words_too_long", maximum="3,000"))


async def test_requesters_have_none_of_it(with_model: DeskAtWork) -> None:
    await with_model.asks()
    for verb in ("draft", "rephrase", "translate"):
        assert said("assistant.rephrase_follows", reference="IT-1") != await with_model.types(
            ANA, f"/desk {verb} IT-1 hello"
        )
