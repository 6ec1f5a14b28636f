"""A message without words is no request, and its author hears so."""

from pathlib import Path

import pytest

from tests.adapters.discord.office import open_office
from tests.said import said


@pytest.mark.parametrize("signs", ["🔥🔥", "<:party:1100000000000000001>", "***", "> ", "||  ||", "?"])
async def test_signs_alone_open_nothing_and_their_author_is_told(
    tmp_path: Path, sqlite_template: Path, signs: str
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        await office.ana.says("help", signs)
        await office.settle()
        assert [each for each in office.bo.reads("team") if each.buttons] == []
        (told,) = office.ana.reads_dm()
        assert said("requester.no_words") in told.words
        assert "Open a ticket" in told.buttons
