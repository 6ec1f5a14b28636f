"""The page acts as whoever is signed in, and as nobody else."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.web.server import live_updates
from bot.bootstrap.process import DeskProcess
from bot.domain.directory import Person
from bot.domain.people.identity import LinkWay
from bot.domain.sessions.session import SignInWay
from bot.domain.sessions.sign_in_link import SignInSide
from bot.ports.unit_of_work import UnitOfWork
from bot.services.people.identities import link_accounts
from bot.services.sessions.sign_in_links import make_link
from bot.settings import Settings
from tests.adapters.http.sign_in.front_door import Browser
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import TOKEN

SLACK_ANA = Person(key="slack:U1", name="Ana in Slack")


class Site:
    def __init__(self, desk: DeskProcess, session: aiohttp.ClientSession) -> None:
        self.desk = desk
        self.session = session

    async def enters(self, key: str) -> Browser:
        browser = Browser(self.desk.http.url, self.session)
        await browser.signs_in(await self.link_of(key))
        return browser

    async def link_of(self, key: str, side: SignInSide = SignInSide.START) -> str:
        """The secret of a link that signs them in."""

        def linked(uow: UnitOfWork) -> str:
            person = uow.people.find(key)
            assert person is not None
            context = self.desk.contexts.context(uow, person)
            return make_link(context, person, way=SignInWay.LINK, side=side)

        return await self.desk.storage.run(linked)

    async def says(self, browser: Browser, text: str, *, token: str, who: str = "ana") -> Any:
        """What the page is answered for a message to the inbox."""
        headers = {**browser.kept, "X-Person": who, "X-Form-Token": token}
        body: dict[str, Any] = {"text": text, "thread": None, "files": [], "client_key": "k"}
        path = f"{self.desk.http.url}/api/channels/help-it/messages"
        async with self.session.post(path, json=body, headers=headers) as response:
            return response.status, await response.json()


@pytest.fixture
async def site(folder: Path) -> AsyncIterator[Site]:
    async with opened(folder) as site:
        yield site


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Site]:
    """The everyday desk, whose page does not pretend."""
    config = folder / "desk.yaml"
    text = DESK.read_text(encoding="utf-8")
    assert "  pretend: true\n" in text
    config.write_text(text.replace("  pretend: true\n", ""), encoding="utf-8")
    settings = Settings.from_environ(
        {
            "DESKBELL_DATA_DIR": str(folder),
            "DESKBELL_CONFIG": str(config),
            "DESKBELL_HTTP_PORT": "0",
            "DESKBELL_WEB_TOKEN": TOKEN,
        }
    )
    desk = DeskProcess(settings)
    await desk.start()
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            yield Site(desk, session)
    finally:
        await desk.stop()


async def test_the_page_acts_as_who_is_signed_in_whomever_it_names(site: Site) -> None:
    ana = await site.enters("web:ana")
    assert (await ana.opens("/")).status == 200
    opening = json.loads((await ana.opens("/api/opening", **{"X-Person": "lee"})).text)
    assert (opening["person"], opening["desk"]["pretends"]) == ("ana", False)
    status, said_here = await site.says(ana, "My mouse is dead", token=opening["token"], who="lee")
    assert (status, said_here["author"]["id"]) == (200, "ana")
    assert (await ana.opens("/api/channels/team-it/messages?person=lee", **{"X-Person": "lee"})).status == 404


async def test_who_asked_for_their_requests_sees_them_and_others_the_page(site: Site) -> None:
    for side, path in ((SignInSide.START, "/"), (SignInSide.REQUESTS, "/requests")):
        browser = Browser(site.desk.http.url, site.session)
        assert (await browser.signs_in(await site.link_of("web:ana", side))).location == path


async def test_without_its_token_a_page_changes_nothing(site: Site) -> None:
    ana = await site.enters("web:ana")
    assert (await site.says(ana, "My mouse is dead", token="x"))[0] == 403


async def test_who_is_not_signed_in_is_sent_there_and_the_demo_link_opens_nothing(site: Site) -> None:
    stranger = Browser(site.desk.http.url, site.session)
    for path in ("/", f"/?token={TOKEN}"):
        sent = await stranger.opens(path)
        assert (sent.status, sent.location) == (303, "/sign-in?next=%2F")
    refused = await stranger.opens("/api/opening", **{"X-Person": "lee"})
    assert (refused.status, json.loads(refused.text)["error"]) == (401, said("sign_in.signed_out"))
    assert site.desk.entrance == site.desk.http.url


async def test_somebody_of_another_platform_is_told_that_they_are_not_on_the_page_until_linked(
    site: Site,
) -> None:
    site.desk._capabilities["slack"] = site.desk._capabilities["web"]
    await site.desk.storage.run(lambda uow: uow.people.remember(SLACK_ANA))
    ana = await site.enters(SLACK_ANA.key)
    refused = await ana.opens("/api/opening")
    told = said("sign_in.not_in_workspace", name=SLACK_ANA.name)
    assert (refused.status, json.loads(refused.text)["error"]) == (403, told)

    def link(uow: UnitOfWork) -> None:
        person = uow.people.find("web:ana")
        assert person is not None
        link_accounts(site.desk.contexts.context(uow), SLACK_ANA, person, way=LinkWay.ADMIN)

    await site.desk.storage.run(link)
    assert json.loads((await ana.opens("/api/opening")).text)["person"] == "ana"


async def test_a_live_connection_ends_when_its_person_is_signed_out(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_updates, "LOOK_AGAIN_S", 0.02)
    ana = await site.enters("web:ana")
    async with site.session.ws_connect(f"{site.desk.http.url}/api/live", headers=ana.kept) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        await ana.sends("/account/sign-out", token=(await ana.opens("/account")).token)
        async with asyncio.timeout(5):
            while (await socket.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
