"""Where an inbox asks first, its question is put where the message was said, to its author alone."""

from pathlib import Path

from tests.adapters.slack.office import DESK, open_office
from tests.said import said


async def test_two_words_in_a_channel_are_asked_about_there(tmp_path: Path, sqlite_template: Path) -> None:
    desk = DESK.replace('"slack:{help_it}"}}', '"slack:{help_it}", ask_first: true}}')
    assert desk != DESK
    async with open_office(tmp_path, sqlite_template, desk=desk) as office:
        await office.ana.says("help-it", "VPN dead")
        await office.settle()
        (asked,) = [each for each in office.ana.reads("help-it") if each.is_ephemeral]
        assert said("requester.shall_i_open", text="VPN dead") in asked.text
        assert not any(each.is_ephemeral for each in office.bo.reads("help-it"))
        await office.ana.presses(asked, "Open a ticket")
        await office.settle()
        assert "VPN dead" in (await office.card("IT-1")).words
