"""A desk that is in Slack or Discord alone has the requesters' pages too, and the chat sees what is done there."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.adapters.doubles import PUBLIC_URL
from tests.adapters.http.sign_in.front_door import Browser
from tests.adapters.stories.platforms import Office, Platform
from tests.adapters.stories.sessions.test_web import addresses
from tests.said import said
from tests.stories.portal.portal_visit import hidden_fields, words_of


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_what_ana_writes_at_her_browser_is_in_her_thread_and_at_the_teams_card(office: Office) -> None:
    request = await office.says("ana", "requests", "My mouse is dead")
    told = await office.types("ana", "requests", "/ticket web")
    (address,) = addresses(told.seen)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        ana = Browser(office.desk.http.url, session)
        assert (await ana.opens("/")).location == "/requests"
        assert (await ana.signs_in(address.removeprefix(f"{PUBLIC_URL}/sign-in/"))).location == "/requests"
        assert "My mouse is dead" in words_of((await ana.opens("/requests")).text)
        page = await ana.opens("/requests/IT-1")
        fields = {**hidden_fields(page.text, "/requests/IT-1/reply"), "f-text": "It blinks, too"}
        assert (await ana.sends("/requests/IT-1/reply", **fields)).status == 303
        await office.settle()
        assert sum("It blinks, too" in each.words for each in office.reads_thread("ana", request)) == 1
        card = await office.card("IT-1")
        assert sum("It blinks, too" in each.words for each in office.reads_thread("bo", card)) == 1

        form = await ana.opens("/requests/new?in=")
        asked = {**hidden_fields(form.text, "/requests/new"), "f-text": "My pay is wrong"}
        opened = await ana.sends("/requests/new", **asked)
        assert opened.location == "/requests/IT-2?done=created"
        await office.settle()
        assert not any("My pay is wrong" in each.words for each in office.reads("bo", "requests"))
        assert any("IT-2" in each.words for each in office.reads_directly("ana"))
        assert said("lists.private") in words_of((await ana.opens("/requests/IT-2")).text)
