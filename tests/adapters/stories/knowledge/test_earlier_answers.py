"""In Slack and Discord too, what ended a request is shown to another requester alone, and agents leave it out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said

FIRST = "The label printer in the warehouse prints only blank labels since this morning"
SECOND = "Our label printer in the warehouse prints nothing but blank labels today, what can I do?"
ANSWER = "Turn the roll of labels round so that the shiny side faces the print head, then press Feed twice"
SOLVED = said("requester.button_solved_it")


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    team = "helpers" if "helpers" in platform.desk_file else "it"
    desk = f"{platform.desk_file}\nknowledge: {{{{from_replies: [{team}]}}}}\n"
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        yield office


async def test_an_earlier_answer_reaches_its_reader_alone_until_it_is_left_out(office: Office) -> None:
    first = await office.says("ana", "requests", FIRST)
    await office.types("bo", "team", "/desk reply", ticket="IT-1", text=f"{ANSWER} @everyone")
    await office.types("bo", "team", "/desk resolve", ticket="IT-1")
    await office.desk.workers["earlier_answers"].tick()
    asked = await office.says("cleo", "requests", SECOND)
    await office.desk.workers["article_offers"].tick()
    await office.settle()
    (offer,) = [each for each in office.reads_directly("cleo") if SOLVED in each.buttons]
    assert ANSWER in offer.words
    assert "IT-1" not in offer.words
    assert offer.pings == ()
    assert not any(ANSWER in each.words for each in office.reads_thread("cleo", asked))
    named = said("team.earlier_answer", reference="IT-1")
    assert said("team.answers_unjudged", title=named) in (await office.card("IT-2")).words
    assert any(ANSWER in each.words for each in office.reads_thread("ana", first))

    await office.types("bo", "team", "/kb exclude", ticket="IT-1")
    found = await office.types("bo", "team", "/desk ticket kb", ticket="IT-2", words="blank labels")
    assert ANSWER not in found.words
