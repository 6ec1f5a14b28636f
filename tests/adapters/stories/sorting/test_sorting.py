"""Suggestions in Slack and Discord: a card says them, and one press accepts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.learner.small_models import knows
from tests.said import said

ACCEPT = said("team.button_accept", label="urgent")


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = platform.desk_file + "\nsorting: {{fields: [priority, tags]}}\n"
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        says = {"priority": {"outage": "urgent"}, "tags": {"outage": "network", "floor": "building"}}
        await knows(office.desk, office.clock.now(), **says)
        yield office


async def test_a_card_suggests_and_one_press_accepts(office: Office) -> None:
    await office.says("ana", "requests", "There is an outage on floor 2")
    card = await office.card("IT-1")
    assert "99% sure (outage)" in card.words
    await office.presses("bo", card, ACCEPT)
    card = await office.card("IT-1")
    together = said("team.button_accept", label="building and network")  # tags are still suggested
    assert together in card.buttons
    await office.presses("bo", card, together)
    assert "sure" not in (await office.card("IT-1")).words
    assert ACCEPT not in card.buttons
    shown = (await office.types("bo", "team", "/desk ticket show", ticket="IT-1")).words
    assert "urgent" in shown.lower()


async def test_typed_it_accepts_all(office: Office) -> None:
    await office.says("ana", "requests", "There is an outage on floor 2")
    answer = await office.types("bo", "team", "/desk assistant accept", ticket="IT-1")
    assert "network" in answer.words
    assert "sure" not in (await office.card("IT-1")).words
