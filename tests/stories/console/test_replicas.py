"""Two replicas on one database, and people whose browsers are led to either of them."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.workers.console import present_people
from tests.adapters.http.sign_in.front_door import Answer
from tests.said import said
from tests.stories.console.console_visit import ConsoleVisit, console_visit, do
from tests.stories.console.test_live import Listener, listening, news_of
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal


@asynccontextmanager
async def replicas(postgres_url: str, folder: Path) -> AsyncIterator[tuple[Office, Office]]:
    database = {"DESKBELL_DATABASE_URL": postgres_url}
    async with AsyncExitStack() as stack:
        one, other = [
            await stack.enter_async_context(open_portal(folder / name, secrets=database))
            for name in ("one", "other")
        ]
        yield one, other


@asynccontextmanager
async def led_to(office: Office, visit: ConsoleVisit) -> AsyncIterator[ConsoleVisit]:
    """The same browser, at this replica."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        there = ConsoleVisit(office, session)
        there.browser.cookies = visit.browser.cookies
        yield there


def answer_on(page: Answer) -> str:
    found = re.search(r'<div class="said"[^>]*>(.*?)</div>\s*(?=<)', page.text, re.DOTALL)
    assert found is not None
    return re.sub(r"<[^>]+>", "", found[1]).strip()


async def test_what_was_answered_to_a_form_is_said_once_by_whichever_replica_shows_the_page(
    postgres_url: str, folder: Path
) -> None:
    async with replicas(postgres_url, folder) as (one, other), console_visit(one, "bo") as bo:
        await one.says("ana", "help-it", "My mouse is dead")
        page = await bo.opens("/console/tickets/IT-1")
        sent = await bo.sends(page, do("desk claim", "IT-1", pressed=True))
        assert sent.status == 303
        async with led_to(other, bo) as there, console_visit(other, "cleo") as cleo:
            assert answer_on(await cleo.opens(sent.location)) == ""
            forged = {**bo.browser.cookies}
            kept = next(each for each in forged if "-said-" in each)
            there.browser.cookies = {**forged, kept: forged[kept].replace(".", ".x", 1)}
            assert answer_on(await there.opens(sent.location)) == ""
            there.browser.cookies = forged
            shown = await there.opens(sent.location)
            assert "IT-1" in answer_on(shown)
            assert answer_on(await there.opens(sent.location)) == ""


async def test_who_looks_and_who_writes_is_told_at_every_replica(
    postgres_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(present_people, "AGAIN_S", 0.5)
    monkeypatch.setattr(present_people, "KEPT_S", 2.0)
    here = ("present", {"text": said("console.also_here", names="Cleo Chen")})
    nobody = ("present", {"text": ""})
    async with replicas(postgres_url, folder) as (one, other), AsyncExitStack() as stack:
        await one.says("ana", "help-it", "My mouse is dead")
        bo = await stack.enter_async_context(console_visit(one, "bo"))
        cleo = await stack.enter_async_context(console_visit(other, "cleo"))
        await _connected(one, other)
        bos = await stack.enter_async_context(listening(one, bo, ticket="IT-1"))
        async with listening(other, cleo, ticket="IT-1") as cleos:
            await bos.until(lambda heard: here in heard.heard)
            await cleos.until(lambda heard: any(_is_bo(each) for each in heard.heard))
            before = len(bos.heard)
            page = await cleo.opens("/console/tickets/IT-1")
            await cleo.opens(f"{do('desk reply', 'IT-1').replace('&amp;', '&')}&typed=1")
            assert page.status == 200
            await bos.until(lambda heard: ("changed", ["IT-1"]) in _changes(heard, before))
        await bos.until(lambda heard: nobody in heard.heard[before:])

        news_of(one)._elsewhere._hear("gone", '{"ticket": "IT-1", "people": {"web:lee": "Lee Lund"}}')
        lee = ("present", {"text": said("console.also_here", names="Lee Lund")})
        await bos.until(lambda heard: lee in heard.heard)
        before = len(bos.heard)
        await bos.until(lambda heard: nobody in heard.heard[before:])


async def _connected(one: Office, other: Office) -> None:
    """Each listens to the other."""
    heard = asyncio.Event()
    for teller, hearer in ((one, other), (other, one)):
        heard.clear()
        hearer.desk.storage.replicas.on_told(lambda *_: heard.set())
        async with asyncio.timeout(10):
            while not heard.is_set():
                teller.desk.storage.replicas.tell('{"ticket": "IT-0"}')
                await asyncio.sleep(0.1)


def _is_bo(item: tuple[str, object]) -> bool:
    return item == ("present", {"text": said("console.also_here", names="Bo Berg")})


def _changes(listener: Listener, since: int) -> list[tuple[str, list[str]]]:
    return [(kind, data["tickets"]) for kind, data in listener.heard[since:] if kind == "changed"]
