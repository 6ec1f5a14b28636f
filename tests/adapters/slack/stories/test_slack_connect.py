"""In a channel shared with another organisation, files reach the team like any other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack.office import Office, open_office


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sqlite_template) as office:
        office.slack.workspace.channel("help-it").is_shared_with_others = True
        yield office


async def shown(office: Office) -> list[str]:
    """The files that the team sees in the ticket's thread."""
    return [
        file
        for seen in office.bo.reads_thread(await office.card("IT-1"))
        for file in seen.files
        if not seen.is_ephemeral
    ]


async def test_a_file_of_which_slack_names_the_id_alone_is_asked_for_and_reaches_the_team(
    office: Office,
) -> None:
    request = await office.ana.says("help-it", "My screen flickers")
    await office.ana.says("help-it", "Look:", thread=request, files=[("screen.png", b"picture of a screen")])
    await office.settle()
    assert await shown(office) == ["screen.png"]
    copies = [f for f in office.slack.workspace.files.values() if f.content == b"picture of a screen"]
    assert len(copies) == 2, "the one she sent, and the team's"


async def test_where_slack_does_not_tell_what_a_file_is_the_words_arrive_all_the_same(office: Office) -> None:
    request = await office.ana.says("help-it", "My screen flickers")
    await office.settle()
    office.slack.plan_failures("files.info", times=9, status=503)
    await office.ana.says("help-it", "Look:", thread=request, files=[("screen.png", b"picture of a screen")])
    await office.settle()
    thread = "\n".join(office.thread(office.bo, await office.card("IT-1")))
    assert "Look:" in thread
