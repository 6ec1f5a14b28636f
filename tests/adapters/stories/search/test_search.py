"""Agents and requesters look for what was said, on each platform."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.repositories.search import candidates, common_words, found_tickets
from tests.adapters.stories.platforms import Office, Platform
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_an_agent_finds_a_closed_ticket_by_a_word_of_its_third_message_and_by_a_filter(
    office: Office,
) -> None:
    request = await office.says("ana", "requests", "My laptop is slow")
    await office.answers("bo", request, "Which model is it?")
    await office.answers("ana", request, "It is the Zephyrus with the broken hinge")
    await office.types("bo", "team", "/desk resolve", ticket="IT-1", resolution="It was the dust")
    await office.types("bo", "team", "/desk close", ticket="IT-1")
    await office.says("ana", "requests", "My laptop is slow again, and so is my screen")

    found = await office.types("bo", "team", "/desk search", query="zephyrus")
    assert f"{said('search.found', text='zephyrus')} · 1" in found.words
    assert "It is the Zephyrus with the broken hinge" in found.words
    assert "IT-1" in found.words

    found = await office.types("bo", "team", "/desk search", query="laptop status:closed")
    assert "IT-1" in found.words
    assert "IT-2" not in found.words


async def test_the_requester_finds_their_own_and_never_a_note(office: Office) -> None:
    await office.says("ana", "requests", "My laptop is slow")
    await office.types("bo", "team", "/desk note", ticket="IT-1", text="Replaced the thermal paste")

    found = await office.types("ana", "requests", "/ticket search", query="laptop")
    assert "IT-1" in found.words
    found = await office.types("ana", "requests", "/ticket search", query="thermal")
    assert said("search.nothing_found", text="thermal") in found.words
    assert "IT-1" not in found.words


async def test_a_common_word_is_looked_for_in_the_newest_and_the_list_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(common_words, "MOST_TEXTS", 0)
    for each in (candidates, found_tickets):
        monkeypatch.setattr(each, "MOST_LOOKED_AT", 1)
    await office.says("ana", "requests", "My laptop is slow")
    await office.says("ana", "requests", "The laptop of my neighbour burns")

    found = await office.types("bo", "team", "/desk search", query="laptop")

    assert "IT-2" in found.words
    assert "IT-1" not in found.words
    assert said("search.common_in_newest", number=1) in found.words
