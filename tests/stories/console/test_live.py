"""What consoles that are open hear of: what they may see, by one reading for all of them, until the session ends."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.http.console import console_routes
from bot.ports.console.news import ChangedTickets
from bot.workers.console.ticket_news import TicketNews
from tests.said import said
from tests.stories.console.console_visit import ConsoleVisit, console_visit
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal, words_of

SOON_S = 10.0


class Listener:
    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.is_over = False
        self._news = asyncio.Event()

    async def listen(self) -> None:
        kind = ""
        async for line in self._response.content:
            text = line.decode().rstrip()
            if text.startswith("event: "):
                kind = text.removeprefix("event: ")
            elif text.startswith("data: "):
                self.heard.append((kind, json.loads(text.removeprefix("data: "))))
                self._news.set()
        self.is_over = True
        self._news.set()

    @property
    def tickets(self) -> set[str]:
        return {each for kind, data in self.heard if kind == "changed" for each in data["tickets"]}

    @property
    def rows(self) -> dict[str, str]:
        """As they were told last."""
        return {
            reference: row
            for kind, data in self.heard
            if kind == "changed"
            for reference, row in data["rows"].items()
        }

    async def until(self, condition: Callable[["Listener"], bool]) -> None:
        async with asyncio.timeout(SOON_S):
            while not condition(self):
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def listening(
    office: Office, visit: ConsoleVisit, *, ticket: str = "", since: str = "", table: str = ""
) -> AsyncIterator[Listener]:
    address = f"{office.desk.http.url}/console/live?ticket={ticket}&since={since}{table}"
    async with (
        aiohttp.ClientSession() as session,
        session.get(address, headers=visit.browser.kept) as response,
    ):
        assert response.content_type == "text/event-stream"
        listener = Listener(response)
        task = asyncio.create_task(listener.listen())
        try:
            yield listener
        finally:
            task.cancel()


def news_of(office: Office) -> TicketNews:
    """Those of the desk, by what wakes them."""
    woken = (getattr(each, "__self__", None) for each in office.desk.storage._storage._wakes._listeners)
    return next(each for each in woken if isinstance(each, TicketNews))


async def test_each_hears_of_what_they_may_see_and_one_reading_is_for_all(
    folder: Path,
) -> None:
    async with open_portal(folder) as office, AsyncExitStack() as stack:
        await office.says("ana", "help-it", "My mouse is dead")
        bo, cleo = [await stack.enter_async_context(console_visit(office, who)) for who in ("bo", "cleo")]
        bos = [await stack.enter_async_context(listening(office, bo)) for _ in range(3)]
        cleos = await stack.enter_async_context(listening(office, cleo))
        table = await stack.enter_async_context(listening(office, bo, table="&table=1"))
        await asyncio.sleep(1.2)
        before = news_of(office).readings
        await office.says("ana", "help-it", "My screen is dark")
        await office.says("ana", "help-hr", "My payslip is wrong")
        for each in bos:
            await each.until(lambda one: {"IT-2", "IT-3"} <= one.tickets)
        await cleos.until(lambda one: "IT-2" in one.tickets)
        assert news_of(office).readings - before <= 4
        assert "IT-3" not in cleos.tickets
        await table.until(lambda one: {"IT-2", "IT-3"} <= one.rows.keys())
        page = (await bo.opens("/console/tickets?q=is:unassigned")).text
        assert [table.rows[each].strip() in page for each in ("IT-2", "IT-3")] == [True, True]
        assert bos[0].rows == {}

        late = (await cleo.opens("/console/tickets")).text.partition('data-live="')[2].partition('"')[0]
        await office.types("bo", "/desk tag IT-2 later")
        latest = await stack.enter_async_context(listening(office, cleo, since=late))
        await latest.until(lambda one: "IT-2" in one.tickets)

        rows = await bo.asks_rows(
            "/console/rows?q=is:unassigned",
            shown=["IT-1"],
            others=["IT-2", "IT-3", "IT-99"],
            token=(await bo.opens("/console/tickets")).token,
        )
        assert (set(rows["rows"]), rows["fresh"]) == ({"IT-1"}, ["IT-2", "IT-3"])
        assert rows["announced"] == said("console.fresh", count=2)
        assert rows["views"] == rows["found"] == ""


async def test_what_stands_above_the_table_is_told_as_it_is_now(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        for subject in ("My mouse is dead", "My screen is dark"):
            await office.says("ana", "help-it", subject)
        page = await bo.opens("/console/tickets?q=is:unassigned")
        assert said("console.found", total=2) in words_of(page.text)
        await office.types("bo", "/desk claim IT-1")
        address, none = "/console/rows?q=is:unassigned", list[str]()
        head = await bo.asks_rows(address, shown=none, others=none, token=page.token, is_counted=True)
        assert head["found"] == said("console.found", total=1)
        fresh = (await bo.opens("/console/tickets?q=is:unassigned")).text
        assert head["views"].strip() in fresh
        assert head["views"].strip() not in page.text


async def test_who_else_looks_is_told_to_who_works_on_it_and_a_stream_ends_with_its_session(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console_routes.ConsoleRoutes.__init__, "__kwdefaults__", {"look_again_s": 0.5})
    async with open_portal(folder) as office, AsyncExitStack() as stack:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.says("ana", "help-hr", "My payslip is wrong")
        bo, cleo = [await stack.enter_async_context(console_visit(office, who)) for who in ("bo", "cleo")]
        bos = await stack.enter_async_context(listening(office, bo, ticket="IT-1"))
        here = {"text": said("console.also_here", names="Cleo Chen")}
        async with listening(office, cleo, ticket="IT-1"):
            await bos.until(lambda one: ("present", here) in one.heard)
        await bos.until(lambda one: one.heard[-1] == ("present", {"text": ""}))
        hidden = await stack.enter_async_context(listening(office, bo, ticket="IT-2"))
        async with listening(office, cleo, ticket="IT-2"):
            await asyncio.sleep(0.5)
        assert not any(data.get("text") for _, data in hidden.heard)

        token = (await bo.opens("/console/tickets")).token
        await bo.browser.sends("/account/sign-out", token=token)
        for _ in range(40):
            for each in news_of(office)._feeds:
                each.change(ChangedTickets(tickets=("IT-1",)))
            await asyncio.sleep(0.05)
        assert bos.is_over
        await bos.until(lambda one: one.is_over)
        assert bos.heard[-1] == ("ended", {})
