"""A file that is gone from the desk's store is said to be, and holds up nothing."""

import shutil
from pathlib import Path

from tests.adapters.slack.office import DESK, open_office
from tests.said import said

TWO_TEAMS = DESK.replace("    escalation_channel: slack:{escalations}\n", "").replace(
    "\nrouting:",
    '\n  net: {{title: Network, channel: "slack:{escalations}", agents: [bo@example.org]}}\n\nrouting:',
)


async def test_words_go_on_at_once_without_a_file_that_is_missing(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template, desk=TWO_TEAMS) as office:
        request = await office.ana.says("help-it", "My screen is dark")
        await office.ana.says("help-it", "Look:", thread=request, files=[("screen.png", b"a dark screen")])
        await office.ana.says("help-it", "It was fine yesterday", thread=request)
        await office.settle()
        shutil.rmtree(tmp_path / "files")
        await office.bo.types("/desk transfer IT-1 net", "team-it")
        await office.settle()
        (card,) = [each for each in office.bo.reads("escalations") if "IT-1" in each.words and each.buttons]
        assert office.thread(office.bo, card) == [
            "Ana Lima: Ana Lima: My screen is dark",
            "Ana Lima: Ana Lima: Look:",
            "Ana Lima: Ana Lima: It was fine yesterday",
        ]
        (look,) = [each for each in office.bo.reads_thread(card) if "Look:" in each.text]
        assert f"screen.png: {said('transcripts.file_lost')}" in look.words
