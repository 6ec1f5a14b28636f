"""The buttons below what was shown: once, and for whoever asked alone."""

from pathlib import Path

import pytest

from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, CLEO
from tests.said import said
from tests.stories.desk_files import DESK
from tests.workers.knowledge.test_article_offers import QUESTION, keep_articles

SOLVED, ASK = said("requester.button_solved_it"), said("requester.button_ask_team")


@pytest.fixture
async def at_work(storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    config = tmp_path / "desk.yaml"
    config.write_text(
        f"{DESK.read_text(encoding='utf-8')}\nknowledge: {{answers: before}}\n", encoding="utf-8"
    )
    at_work = await DeskAtWork.opened(storage, tmp_path, config=config)
    await storage.run(keep_articles)
    return at_work


async def test_what_was_solved_stays_so_and_opens_nothing(at_work: DeskAtWork) -> None:
    assert "pull out the paper" in await at_work.types(ANA, f"/ticket open {QUESTION}")
    solved, ask = at_work.buttons()[SOLVED], at_work.buttons()[ASK]
    assert await at_work.presses_button(ANA, solved) == said("answers.solved_before")
    assert await at_work.presses_button(ANA, solved) == said("refusals.offer_solved")
    assert await at_work.presses_button(ANA, ask) == said("refusals.offer_solved")
    assert await at_work.desk.number_of_tickets() == 0


async def test_somebody_else_decides_nothing(at_work: DeskAtWork) -> None:
    await at_work.types(ANA, f"/ticket open {QUESTION}")
    assert await at_work.presses(CLEO, SOLVED) == said("refusals.offer_over")


async def test_who_asks_the_team_may_still_say_that_it_is_solved(at_work: DeskAtWork) -> None:
    await at_work.types(ANA, f"/ticket open {QUESTION}")
    solved, ask = at_work.buttons()[SOLVED], at_work.buttons()[ASK]
    assert "IT-1" in await at_work.presses_button(ANA, ask)
    assert await at_work.presses_button(ANA, solved) == said("answers.closed_own", reference="IT-1")
    assert (await at_work.ticket()).status == "closed"
    assert await at_work.desk.number_of_tickets() == 1


async def test_the_same_words_once_more_are_the_same_request(at_work: DeskAtWork) -> None:
    first = await at_work.types(ANA, f"/ticket open {QUESTION}")
    assert await at_work.types(ANA, f"/ticket open {QUESTION}") == first
    assert await at_work.desk.number_of_tickets() == 0
