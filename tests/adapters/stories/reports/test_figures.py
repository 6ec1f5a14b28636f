"""Figures and the forecast in Slack and Discord: ratings and time worked among them, and tables as files."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.adapters.stories.ratings.test_ratings import GOOD, question
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = platform.desk_file + "\nsatisfaction: {{after: 1m}}\n"
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        yield office


async def test_figures_have_ratings_and_time_worked_and_come_as_json_lines(office: Office) -> None:
    request = await office.says("ana", "requests", "My laptop is dead")
    await office.types("bo", "team", "/desk ticket time", ticket="IT-1", spent="25m new battery")
    await office.presses("ana", await question(office, request), GOOD)

    told = await office.types("bo", "team", "/desk team report")
    rows = [line.split() for line in told.words.splitlines()]
    assert ["new", "1", "0"] in rows
    assert ["ratings", "1", "0"] in rows
    assert ["good", "100%", "–"] in rows
    assert [row for row in rows if row[:1] == ["time"] and "25" in row], rows

    await office.presses("bo", told, said("answers.button_json_lines"))
    await office.settle()
    came = said("reports.tables", title="", period="").split(":")[0]
    assert [each.words for each in office.reads_directly("bo") if each.words.startswith(came)]


async def test_a_forecast_says_what_it_lacks(office: Office) -> None:
    await office.says("ana", "requests", "My laptop is dead")
    told = await office.types("bo", "team", "/desk team report", team="forecast")
    assert "30" in told.words
    assert said("answers.button_charts") not in told.buttons
