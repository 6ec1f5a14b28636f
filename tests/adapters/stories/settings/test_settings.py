"""An admin changes desk.yaml in Slack and Discord: shown first, saved by a button, in force at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.discord_driver import DiscordOffice
from tests.adapters.stories.platforms import Office, Platform
from tests.fakes.discord.rules.permissions import Permission
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    admins = f"\ndesk:\n  admins: [{platform.person('lee')}]\n"
    desk = platform.desk_file.replace("\ndesk:\n", admins)
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        if isinstance(office, DiscordOffice):  # it shows /desk-admin to those alone who manage the server
            office.server.discord.role("Admins", [office.server.lee], permissions=Permission.MANAGE_GUILD)
        yield office


async def test_a_change_is_shown_first_and_saved_by_a_button(office: Office) -> None:
    words = {"path": "desk.name", "value": "Pine"}
    shown = await office.types("lee", "team", "/desk-admin settings set", **words)
    assert "name: Pine" in shown.words
    assert office.desk.in_force.desk().name != "Pine"
    await office.presses("lee", shown, said("settings.button_save"))
    await office.desk.workers["settings_follower"].tick()
    assert office.desk.in_force.desk().name == "Pine"
    listed = await office.types("lee", "team", "/desk-admin settings versions")
    assert office.called("lee") in listed.words
