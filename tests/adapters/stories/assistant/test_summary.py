"""A summary is told to the agent alone, from the facts and in a model's words, and nobody's markup comes with it."""

from pathlib import Path

from tests.adapters.stories.assistant.desk_with_model import is_answered, with_model
from tests.adapters.stories.platforms import Platform
from tests.fakes.language_model.endpoint import open_endpoint
from tests.said import said


async def test_the_facts_come_at_once_and_the_words_directly(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_endpoint() as endpoint:
        endpoint.key = ""
        endpoint.says = "Ana's mouse is dead. <!channel> @everyone *now*"
        desk = with_model(platform, endpoint.url)
        async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
            await office.says("ana", "requests", "My mouse is dead")
            shown = await office.types("bo", "team", "/desk assistant summary", ticket="IT-1")
            assert "My mouse is dead" in shown.words
            assert said("assistant.summary_follows") in shown.words
            await is_answered(office)
            told = office.reads_directly("bo")[-1]
            assert "Ana's mouse is dead. <!channel> @everyone *now*" in told.words.replace("\\", "")
            assert told.pings == ()
            assert not any("Ana's mouse is dead" in each.words for each in office.reads_directly("ana"))


async def test_without_a_model_the_facts_are_there(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        await office.says("ana", "requests", "My mouse is dead")
        shown = await office.types("bo", "team", "/desk assistant summary", ticket="IT-1")
        assert "My mouse is dead" in shown.words
