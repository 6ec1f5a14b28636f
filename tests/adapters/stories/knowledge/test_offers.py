"""In Slack and Discord a request is answered where it was asked, and both buttons do what they say."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, Read
from tests.said import said

ARTICLE = "# Printer jams\n\nOpen the **tray** of the printer, pull out the paper and close it. @everyone\n"
QUESTION = "The printer jams, how do I pull the paper out of the tray?"
SOLVED, ASK, MORE = (said(f"requester.button_{each}") for each in ("solved_it", "ask_team", "need_help"))


def with_articles(platform: Platform, folder: Path, answers: str) -> str:
    articles = folder / "knowledge"
    articles.mkdir()
    (articles / "jam.md").write_text(ARTICLE, encoding="utf-8")
    return f"{platform.desk_file}\nknowledge: {{{{folder: '{articles}', answers: {answers}}}}}\n"


@pytest.fixture
async def beside(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = with_articles(platform, tmp_path, "beside")
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        await office.desk.workers["article_folder"].tick()
        yield office


@pytest.fixture
async def before(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = with_articles(platform, tmp_path, "before")
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        await office.desk.workers["article_folder"].tick()
        yield office


async def looks(office: Office) -> None:
    await office.desk.workers["article_offers"].tick()
    await office.settle()


def newest(messages: list[Read], button: str) -> Read:
    return [each for each in messages if button in each.buttons][-1]


async def test_in_its_thread_the_article_solves_the_ticket(beside: Office) -> None:
    asked = await beside.says("ana", "requests", QUESTION)
    await looks(beside)
    offer = newest(beside.reads_thread("ana", asked), SOLVED)
    assert "pull out the paper" in offer.words
    assert offer.pings == ()
    assert said("team.answers_unjudged", title="Printer jams") in (await beside.card("IT-1")).words
    await beside.presses("ana", offer, SOLVED)
    card = (await beside.card("IT-1")).words
    assert said("terms.status_closed") in card.casefold()
    assert said("team.answers_solved", title="Printer jams") in card


async def test_who_still_needs_help_is_heard_quietly(beside: Office) -> None:
    asked = await beside.says("ana", "requests", QUESTION)
    await looks(beside)
    thread = len(beside.reads_thread("ana", asked))
    await beside.presses("ana", newest(beside.reads_thread("ana", asked), MORE), MORE)
    assert said("team.answers_unsolved", title="Printer jams") in (await beside.card("IT-1")).words
    assert len(beside.reads_thread("ana", asked)) == thread


async def test_before_a_ticket_opens_the_team_can_be_asked(before: Office) -> None:
    reply = await before.types("ana", "requests", "/ticket open", text=QUESTION)
    assert "pull out the paper" in reply.words
    assert ASK in reply.buttons
    await before.presses("ana", reply, ASK)
    card = await before.card("IT-1")
    assert QUESTION in card.words
    assert said("team.answers_unsolved", title="Printer jams") in card.words


async def test_a_message_that_is_answered_first_opens_by_itself_when_its_time_comes(before: Office) -> None:
    await before.says("ana", "requests", QUESTION)
    told = before.reads_directly("ana") + before.reads_privately("ana", "requests")
    assert any("pull out the paper" in each.words and SOLVED in each.buttons for each in told)
    await before.passes(minutes=11)
    await looks(before)
    assert QUESTION in (await before.card("IT-1")).words


async def test_a_message_that_the_article_answers_opens_nothing(before: Office) -> None:
    await before.says("ana", "requests", QUESTION)
    told = before.reads_directly("ana") + before.reads_privately("ana", "requests")
    await before.presses("ana", newest(told, SOLVED), SOLVED)
    await before.passes(minutes=11)
    await looks(before)
    assert not any("IT-1" in each.words for each in before.reads("bo", "team"))


async def test_the_team_is_told_first_what_the_requester_has_already_seen(
    beside: Office, tmp_path: Path
) -> None:
    await beside.says("ana", "requests", QUESTION)
    await looks(beside)
    offered = await beside.types("bo", "team", "/desk ticket kb", ticket="IT-1")
    head = said("knowledge.already_seen", name=beside.called("ana"))
    assert head in offered.words
    assert "Printer jams" in offered.words.partition(head)[2]
    assert said("knowledge.button_insert", title="Printer jams") not in offered.buttons
    (tmp_path / "knowledge" / "tray.md").write_text(ARTICLE.replace("jams", "tray"), encoding="utf-8")
    await beside.passes(minutes=6)
    await beside.desk.workers["article_folder"].tick()
    offered = await beside.types("bo", "team", "/desk ticket kb", ticket="IT-1")
    assert offered.buttons == (said("knowledge.button_insert", title="Printer tray"),)
    assert offered.words.index(head) < offered.words.index("Printer tray")
