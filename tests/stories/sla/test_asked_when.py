"""Who asks when, and was promised nothing, is told what is true."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office


@pytest.fixture
async def undated(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """An office that promises a first response alone."""
    config = tmp_path / "undated.yaml"
    lines = DESK.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("    resolution: {")]
    config.write_text("\n".join(kept), encoding="utf-8")
    async with open_office(folder, config=config) as office:
        yield office


async def asks(office: Office, who: str, thread: str) -> str:
    async with office.page_of(who) as told:
        await office.says(who, "help-it", "When will somebody finally look at it?", thread=thread)
    return told[-1]


async def test_who_asks_when_is_told_each_time_of_the_solution_that_is_promised(office: Office) -> None:
    thread = await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk resolve IT-1 new cable", channel="team-it")
    await office.types("ana", "/ticket reopen IT-1 still dark", channel="help-it")
    first = await asks(office, "ana", thread)
    assert said("requester.resolution_promised", at="…").partition("…")[0] in first
    assert said("requester.team_sees") in first
    assert said("requester.no_time_yet") not in first
    await office.passes(hours=1)
    assert await asks(office, "ana", thread) == first
    await office.passes(days=2)
    assert said("requester.is_late") in await asks(office, "ana", thread)


async def test_who_was_promised_no_time_is_told_so(undated: Office) -> None:
    thread = await undated.says("ana", "help-it", "My screen is dark")
    await undated.types("bo", "/desk reply IT-1 Which one?", channel="team-it")
    told = await asks(undated, "ana", thread)
    assert said("requester.no_time_yet") in told
    assert said("requester.team_sees") in told
