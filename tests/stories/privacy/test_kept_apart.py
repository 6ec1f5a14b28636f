"""What a rule keeps private leaves the channel at once, though its author might have been asked what it is about."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.direct_messages.test_unanswered_questions import ticks
from tests.stories.office import Office, open_office, shown


@pytest.fixture
async def careful(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """A desk whose inbox asks first, where Ana has two open requests."""
    asks = "help-it: {channel: web:help-it, ask_first: true}"
    config = tmp_path / "careful.yaml"
    text = DESK.read_text("utf-8").replace("help-it: {channel: web:help-it}", asks)
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My screen is dark since Monday")
        await office.passes(minutes=2)
        await office.says("ana", "help-it", "My keyboard is wet and sticky")
        await office.passes(minutes=2)
        yield office


@pytest.mark.parametrize(
    "text", ["When will I get my payslip?", "Any update on my payslip?", "payslip wrong"]
)
async def test_it_goes_to_its_team_and_no_question_leaves_it_there(careful: Office, text: str) -> None:
    await careful.says("ana", "help-it", text)
    assert "payslip" not in await careful.everything_seen_by("dan")
    content = (await careful.card("bo", "team-people", "IT-3"))["content"]
    assert (content["excerpt"], content["is_private"]) == (text, True)


async def test_it_joins_no_request_that_others_read(careful: Office) -> None:
    await careful.says("ana", "help-it", "My mouse does not click any more")
    await careful.says("ana", "help-it", "and my payslip is wrong")
    assert "payslip" not in await careful.everything_seen_by("dan")
    assert (await careful.card("bo", "team-people", "IT-4"))["content"]["is_private"]


async def test_a_question_about_what_is_no_request_yet_becomes_one(careful: Office) -> None:
    replies: list[dict[str, object]] = []
    async with careful.page_of("ana", replies):
        await careful.says("ana", "help-it", "Is there any update on the coffee machine?")
        await careful.says("ana", "help-it", "Is there any update on my keyboard?")
    unanswered = said("requester.opens_by_itself")
    assert [unanswered in shown(each) for each in replies] == [True, False]
    await careful.passes(minutes=16)
    assert await ticks(careful) == 1
    card = await careful.card("bo", "team-it", "IT-3")
    assert card["content"]["subject"] == "Is there any update on the coffee machine?"
