"""An agent works through lists with a name, keeps a search, and asks for the next ticket, on each platform."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_the_list_of_views_leads_to_each_of_them(office: Office) -> None:
    await office.says("ana", "requests", "My laptop is slow")
    await office.says("ana", "requests", "My screen is dark")
    await office.types("bo", "team", "/desk claim", ticket="IT-2")

    views = await office.types("bo", "team", "/desk view")
    assert f"{said('lists.title_unassigned')} · 1 · " in views.words.replace("*", "")
    await office.presses("bo", views, said("lists.title_mine"))
    mine = office.reads_privately("bo", "team")[-1]
    assert "IT-2" in mine.words
    assert "IT-1" not in mine.words
    assert f"{office.called('ana')} has waited" in mine.words


async def test_a_search_is_kept_with_a_form_and_opened_by_its_name(office: Office) -> None:
    await office.says("ana", "requests", "My laptop is slow")
    found = await office.types("bo", "team", "/desk search", query="laptop is:open")
    name = said("commands.desk_view_save_name_label")
    await office.fills("bo", found, said("lists.save_button"), {name: "Slow ones"})

    view = await office.types("bo", "team", "/desk view", name="slow ones")
    assert "laptop is:open" in view.words
    assert "IT-1" in view.words


async def test_next_claims_the_oldest_of_equals_and_shows_it(office: Office) -> None:
    await office.says("ana", "requests", "My laptop is slow")
    await office.says("ana", "requests", "My screen is dark")

    given = await office.types("bo", "team", "/desk next")
    assert "My laptop is slow" in given.words
    await office.presses("bo", given, said("lists.next_button"))
    assert "My screen is dark" in office.reads_privately("bo", "team")[-1].words
    nothing = await office.types("bo", "team", "/desk next")
    assert "My screen is dark" not in nothing.words
