"""Nobody who writes an article waits until the language of texts can be told: it is made ready before."""

import asyncio
import time
from pathlib import Path

from bot.services.context.context import ContextFactory
from bot.text.language_detector import LanguageDetector
from bot.workers.knowledge.language_detection import LanguageDetection
from tests.stories.assistant.desk_with_model import office_with_model
from tests.stories.knowledge.test_articles import writes
from tests.stories.office import Office


def detector(office: Office) -> LanguageDetector:
    found = office.desk.contexts.language_of
    assert isinstance(found, LanguageDetector)
    return found


async def is_loaded_soon(office: Office) -> bool:
    until = time.monotonic() + 60
    while not detector(office).is_loaded and time.monotonic() < until:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    return detector(office).is_loaded


async def test_opening_the_form_has_it_loaded_before_the_article_is_kept(office: Office) -> None:
    assert not detector(office).is_loaded
    await office.types_for_reply("bo", "/kb new")
    assert await is_loaded_soon(office)


async def test_a_desk_without_articles_loads_nothing(office: Office) -> None:
    await office.desk.workers["language_detection"].tick()
    assert not detector(office).is_loaded


async def test_a_desk_with_a_language_model_is_ready_for_words_to_be_rephrased(folder: Path) -> None:
    async with office_with_model(folder) as (office, _):
        await office.desk.workers["language_detection"].tick()
        assert detector(office).is_loaded


async def test_a_desk_with_articles_written_in_chat_loads_it_when_it_starts(office: Office) -> None:
    await writes(office, "bo")
    started = ContextFactory(desk=office.desk.contexts.desk, clock=office.desk.contexts.clock)
    assert isinstance(started.language_of, LanguageDetector)
    await LanguageDetection(storage=office.desk.storage, contexts=started).tick()
    assert started.language_of.is_loaded
