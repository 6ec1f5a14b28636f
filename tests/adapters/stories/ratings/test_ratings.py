"""Ratings in Slack and Discord: buttons in the requester's thread, a form for the comment, and the lead's alert."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, Read
from tests.said import said

BAD = f"👎 {said('requester.rate_bad')}"
GOOD = f"👍 {said('requester.rate_good')}"


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = platform.desk_file + "\nsatisfaction: {{after: 1m}}\n"
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        yield office


async def until_noon(office: Office) -> None:
    """It is day where Ana is, whenever the story began: people's zones here are European."""
    now = office.clock.now()
    noon = now.replace(hour=12, minute=0)
    office.clock.move((noon if noon > now else noon + timedelta(days=1)) - now)


async def question(office: Office, request: Read) -> Read:
    """What Ana is asked, some time after Bo solved it."""
    await office.types("bo", "team", "/desk resolve", ticket="IT-1", resolution="A new battery")
    await office.passes(minutes=5)
    await until_noon(office)
    await office.desk.workers["surveys"].tick()
    await office.settle()
    (found,) = (each for each in office.reads_thread("ana", request) if BAD in each.buttons)
    return found


async def test_a_low_rating_and_its_comment_reach_the_lead_and_are_kept_true(office: Office) -> None:
    request = await office.says("ana", "requests", "My mouse is dead")
    asked = await question(office, request)
    assert set(asked.pings) <= {office.called("ana")}
    await office.presses("ana", asked, BAD)
    (told,) = (each for each in office.reads("lee", "escalations") if "👎" in each.words)
    assert "My mouse is dead" in told.words
    thanks = await office.types("ana", "requests", "/ticket rate", ticket="IT-1", score="👎")
    assert said("answers.button_comment") in thanks.buttons
    answers = {said("commands.ticket_rate_comment_label"): "It died again"}
    await office.fills("ana", thanks, said("answers.button_comment"), answers)
    (told,) = (each for each in office.reads("lee", "escalations") if "👎" in each.words)
    assert "It died again" in told.words
    thread = office.reads_thread("bo", await office.card("IT-1"))
    assert any("It died again" in each.words for each in thread)
    assert not any("👎" in each.words for each in office.reads_thread("ana", request) if not each.buttons)


async def test_words_rate_as_well(office: Office) -> None:
    request = await office.says("ana", "requests", "My mouse is dead")
    await question(office, request)
    answer = await office.types("ana", "requests", "/ticket rate", ticket="IT-1", score="👍", comment="quick")
    assert "👍" in answer.words
    assert "quick" in answer.words
    assert "👍" in (await office.types("bo", "team", "/desk ticket show", ticket="IT-1")).words


async def test_who_had_an_answer_is_asked_in_a_thread_that_was_put_away(office: Office) -> None:
    request = await office.says("ana", "requests", "My mouse is dead")
    await office.types("bo", "team", "/desk reply", ticket="IT-1", text="Try the other port")
    await office.types("bo", "team", "/desk close", ticket="IT-1", reason="No news")
    await office.passes(minutes=5)
    await until_noon(office)
    await office.desk.workers["surveys"].tick()
    await office.settle()
    read = [*office.reads_thread("ana", request), *office.reads_directly("ana")]
    (asked,) = (each for each in read if GOOD in each.buttons)
    await office.presses("ana", asked, GOOD)
    assert "👍" in (await office.types("bo", "team", "/desk ticket show", ticket="IT-1")).words
