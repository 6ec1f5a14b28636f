"""Who publishes: any agent of the team, or its leads alone where the team wants that."""

from pathlib import Path

import pytest

from bot.domain.knowledge.article import ArticleState
from storage.store import DeskStorage
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.commands.knowledge.shelf import article, put
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said
from tests.stories.desk_files import DESK

TITLE = "About vpn"


@pytest.fixture
async def by_leads(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    text = DESK.read_text(encoding="utf-8").replace(
        "    title: Service Desk\n", "    title: Service Desk\n    knowledge: {published_by: leads}\n"
    )
    config = tmp_path / "desk.yaml"
    config.write_text(text, encoding="utf-8")
    return await DeskAtWork.opened(sqlite_storage, tmp_path, config=config)


async def test_a_draft_is_its_teams_until_it_is_published(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    await sqlite_storage.run(lambda uow: put(uow, article("vpn", state=ArticleState.DRAFT)))
    assert await at_work.types(ANA, "/kb show vpn") == said("knowledge.no_article", text="vpn")
    assert said("knowledge.shown_draft") in await at_work.types(BO, "/kb show vpn")
    done = await at_work.presses(BO, said("knowledge.button_publish"))
    assert done.startswith(said("knowledge.published_now", title=TITLE, name="vpn"))
    assert "frobnicator" in await at_work.types(ANA, "/kb show vpn")
    assert await at_work.types(BO, "/kb publish vpn") == said("knowledge.is_published", title=TITLE)


async def test_where_leads_publish_an_agent_cannot(by_leads: DeskAtWork, sqlite_storage: DeskStorage) -> None:
    await sqlite_storage.run(lambda uow: put(uow, article("vpn", state=ArticleState.DRAFT)))
    told = said("knowledge.leads_publish", team="Service Desk")
    assert await by_leads.types(BO, "/kb publish vpn") == told
    await by_leads.types(BO, "/kb show vpn")
    assert said("knowledge.button_publish") not in by_leads.buttons()
    await by_leads.types(LEE, "/kb publish vpn")
    assert "frobnicator" in await by_leads.types(ANA, "/kb show vpn")
    question = await by_leads.types(BO, "/kb retire vpn")
    assert question == said("knowledge.retire", title=TITLE)
    assert await by_leads.presses(BO, said("commands.kb_retire_submit")) == told


async def test_what_was_changed_since_the_question_is_not_retired(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    first = article("vpn", state=ArticleState.DRAFT)
    await sqlite_storage.run(lambda uow: put(uow, first))
    await at_work.types(BO, "/kb retire vpn")
    button = at_work.buttons()[said("commands.kb_retire_submit")]
    await at_work.types(LEE, "/kb publish vpn")
    told = await at_work.presses_button(BO, button)
    assert told == said("knowledge.changed_by_another", title=TITLE)


async def test_without_any_article_it_is_said_how_one_is_made(at_work: DeskAtWork) -> None:
    told = said("knowledge.none_yet_for_agents", command="/kb new")
    for verb in ("edit", "publish", "retire"):
        assert await at_work.types(BO, f"/kb {verb}") == told
