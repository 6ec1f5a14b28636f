"""Time worked on tickets in Slack and Discord: typed, by the card's menu, by timer, and needed to resolve."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    title = f"    title: {platform.team_title}\n"
    required = "    required_to_resolve: [time]\n"
    desk = platform.desk_file.replace(title, title + required)
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        await office.says("ana", "requests", "My laptop is dead")
        yield office


async def test_time_is_typed_and_shown_on_the_card_and_never_to_the_requester(office: Office) -> None:
    answer = await office.types("bo", "team", "/desk ticket time", ticket="IT-1", spent="25m zephyr fuse")
    assert "25 min" in answer.words
    assert "zephyr fuse" in answer.words
    card = (await office.card("IT-1")).words
    assert said("time.label") in card
    assert "25 min" in card
    everything = [*office.reads("ana", "requests"), *office.reads_privately("ana", "requests")]
    assert not any("zephyr" in each.words or "25 min" in each.words for each in everything)


async def test_the_cards_menu_asks_for_time_in_a_form(office: Office) -> None:
    answers = {
        said("time.ask_spent"): "1h 20m",
        said("time.ask_day"): "yesterday",
        said("time.ask_words"): "new cable",
    }
    await office.fills_chosen("bo", await office.card("IT-1"), said("team.button_time_form"), answers)
    assert "1 h 20 min" in (await office.card("IT-1")).words
    listed = (await office.types("bo", "team", "/desk ticket time", ticket="IT-1")).words
    assert "new cable" in listed
    assert office.called("bo") in listed


async def test_a_timer_is_started_and_stopped_and_a_forgotten_ones_owner_is_asked(office: Office) -> None:
    await office.types("bo", "team", "/desk ticket time-start", ticket="IT-1")
    await office.passes(minutes=7)
    stopped = await office.types("bo", "team", "/desk ticket time-stop", words="new cable")
    assert "7 min" in stopped.words
    await office.types("bo", "team", "/desk ticket time-start", ticket="IT-1")
    office.clock.move(timedelta(hours=30))
    await office.desk.tick_clocks()
    await office.settle()
    asked = [each.words for each in office.reads_directly("bo") if "timer" in each.words]
    assert len(asked) == 1
    assert "IT-1" in asked[0]


async def test_resolving_asks_for_minutes(office: Office) -> None:
    solved = said("commands.desk_resolve_resolution_label")
    await office.fills("bo", await office.card("IT-1"), said("team.button_resolve"), {solved: "new battery"})
    assert "resolved" not in (await office.card("IT-1")).words
    await office.goes_on("bo", {said("time.ask_minutes"): "25"})
    card = (await office.card("IT-1")).words
    assert "resolved" in card
    assert "25 min" in card
