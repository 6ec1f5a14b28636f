"""An agent of a desk that is in Slack or Discord alone works at the console, and the chat sees what is done there."""

import html
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.adapters.doubles import PUBLIC_URL
from tests.adapters.http.sign_in.front_door import Browser
from tests.adapters.stories.platforms import Office, Platform
from tests.adapters.stories.sessions.test_web import addresses
from tests.stories.console.console_visit import do
from tests.stories.portal.portal_visit import hidden_fields, words_of


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_what_bo_does_at_the_console_is_at_the_card_and_in_anas_thread(office: Office) -> None:
    request = await office.says("ana", "requests", "My mouse is dead")
    told = await office.types("bo", "team", "/desk team web")
    (address,) = addresses(told.seen)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        bo = Browser(office.desk.http.url, session)
        await bo.opens("/")
        assert (await bo.signs_in(address.removeprefix(f"{PUBLIC_URL}/sign-in/"))).location == "/console"
        assert "My mouse is dead" in words_of((await bo.opens("/console/tickets")).text)
        for action, typed in (
            (do("desk claim", "IT-1", pressed=True), {}),
            (do("desk reply", "IT-1"), {"f-text": "Which one is it?"}),
            (do("desk note", "IT-1"), {"f-text": "The third this week"}),
        ):
            page = await bo.opens("/console/tickets/IT-1")
            sent = await bo.sends(html.unescape(action), **hidden_fields(page.text, action), **typed)
            assert sent.status == 303
        await office.settle()
        thread = [each.words for each in office.reads_thread("ana", request)]
        assert sum("Which one is it?" in each for each in thread) == 1
        assert not any("The third this week" in each for each in thread)
        card = await office.card("IT-1")
        assert "Bo" in card.words
        assert any("The third this week" in each.words for each in office.reads_thread("bo", card))
