"""The forms of the console's settings name channels, people and groups as Slack and Discord do."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.adapters.doubles import PUBLIC_URL
from tests.adapters.http.sign_in.front_door import Browser
from tests.adapters.stories.discord_driver import DiscordOffice
from tests.adapters.stories.platforms import Office, Platform
from tests.adapters.stories.sessions.test_web import addresses
from tests.stories.console.filled_form import filled_form
from tests.stories.portal.portal_visit import hidden_fields, words_of

SETTINGS = "/console/settings"


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    admins = f"\ndesk:\n  admins: [{platform.person('lee')}]\n"
    desk = platform.desk_file.replace("\ndesk:\n", admins)
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        yield office


async def test_a_team_is_changed_by_the_names_that_people_know(office: Office, platform: Platform) -> None:
    is_discord = isinstance(office, DiscordOffice)
    in_it = office.desk.in_force.desk().teams[platform.team]
    before = office.desk.in_force.settings_file.text()
    operators = office.desk.in_force.desk().operator_channel
    told = await office.types("lee", "team", "/desk team web")
    (address,) = addresses(told.seen)
    form = f"{SETTINGS}/entry?of=team&name={platform.team}"
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        lee = Browser(office.desk.http.url, session)
        await lee.opens("/")
        await lee.signs_in(address.removeprefix(f"{PUBLIC_URL}/sign-in/"))
        page = await lee.opens(form)
        place = f" ({_server(office)})" if is_discord else ""
        for name in (
            "#operators",
            "#team" if is_discord else "#team-it",
            "@helpers" if is_discord else "@netops",
        ):
            assert f'<option value="{name}{place}">' in page.text, name
        assert f'<option value="{office.called("bo")}{place}">' in page.text
        assert "xoxb-" not in page.text

        typed = {
            "f-title": in_it.title,
            "f-channel": str(in_it.channel),
            "f-escalation_channel": "#operators",
            "f-agents": ",".join(sorted(in_it.agents)),
            "f-agents_new": office.called("ana"),
            "f-leads": ",".join(in_it.leads),
        }
        page = await lee.sends(form, **{**filled_form(page.text, form), **typed})
        assert page.status == 200, words_of(page.text)
        sent = await lee.sends(f"{SETTINGS}/save", **hidden_fields(page.text, f"{SETTINGS}/save"))
        assert sent.status == 303
        await office.desk.workers["settings_follower"].tick()
        shown = words_of((await lee.opens(SETTINGS)).text)
        assert f"#operators{place}" in shown
        assert office.called("ana") in shown
    after = office.desk.in_force.settings_file.text()
    lines = [line for line in after.splitlines() if line not in before.splitlines()]
    assert f"    escalation_channel: {operators}  # #operators" in lines
    assert len(lines) == 2
    team = office.desk.in_force.desk().teams[platform.team]
    assert team.escalation_channel == operators
    assert len(team.agents) == len(in_it.agents) + 1


def _server(office: Office) -> str:
    assert isinstance(office, DiscordOffice)
    return str(office.server.discord.guild.name)
