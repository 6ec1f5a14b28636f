"""Every verb of the registry, typed, pressed and sent with a form, about a ticket that one may not know of."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus
from uuid import uuid4

import aiohttp

from bot.commands.catalogue import all_commands
from bot.commands.framework.command import Command
from bot.ports.sessions.sign_ins import Right
from tests.stories.access.planted import HOW, Guest, Planted, PlantedDesk, planted_desk, readers
from tests.stories.access.walk import Asked, Route, Told, ask

STRANGERS = ("other employee", "foreign agent")
NEWS_S = 10.0
LAST_WORD, LAST_REFERENCE = "lastqqqqqqqqqqqq", f"IT-{len(HOW) + 1}"
"""Of a request that everybody may know of: who has heard of it hears no more of what was before."""


def about_tickets() -> list[Command]:
    return [
        each
        for each in all_commands()
        if each.on_ticket is not None or any(option.name in ("ticket", "into") for option in each.options)
    ]


def ways(command: Command, ticket: Planted) -> Iterator[Asked]:
    """Its form is asked for, it is pressed, its form is sent, it is typed."""
    verb = quote_plus(command.name)
    place = f"/console/do?verb={verb}&ticket={ticket.reference}"
    words = {f"f-{each.name}": "x" for each in command.options}
    fixed = {f"x-{each.name}": ticket.reference for each in command.options if each.name == "ticket"}
    opened, sent = (
        Route(method=each, pattern="/console/do", right=Right.SIGNED_IN) for each in ("GET", "POST")
    )
    given = "".join(f"&{name}={value}" for name, value in fixed.items())
    yield Asked(opened, f"{place}{given}")
    yield Asked(sent, f"{place}&pressed=1", json.dumps(fixed))
    yield Asked(sent, place, json.dumps({**words, **fixed}))
    said = f"/{command.group} {command.verb} {ticket.reference} {' '.join('x' for _ in command.options)}"
    yield typed(said.strip())


def typed(text: str, *, channel: str = "help-it") -> Asked:
    api = Route(method="POST", pattern="/api/channels/{channel}/messages", right=Right.SIGNED_IN)
    body: dict[str, Any] = {"json": {"text": text, "thread": None, "files": [], "client_key": uuid4().hex}}
    return Asked(api, f"/api/channels/{channel}/messages", json.dumps(body))


async def told_of(desk: PlantedDesk, guest: Guest, asked: Asked) -> Told:
    return await ask(guest, desk.office.desk.http.url, asked, token=guest.token)


async def test_no_verb_tells_of_a_ticket_that_one_may_not_know_of(folder: Path) -> None:
    wrong = []
    async with planted_desk(folder) as desk:
        secret, own = desk.tickets[1], desk.tickets[2]
        for guest in (desk.people[each] for each in STRANGERS):
            for command in about_tickets():
                for there, none in zip(ways(command, secret), ways(command, desk.absent), strict=True):
                    told, absent = [await told_of(desk, guest, each) for each in (there, none)]
                    mine, nothing = (each.as_if(secret, desk.absent) for each in (told, absent))
                    is_quiet = not any(each in told.words() for each in (*secret.said, *secret.noted))
                    if mine != nothing or not is_quiet or told.status >= 500:
                        wrong.append((guest.role, there.path, there.body, told.words(), absent.words()))
        history = next(each for each in about_tickets() if each.name == "desk history")
        for there, none in zip(ways(history, own), ways(history, desk.absent), strict=True):
            told, absent = [await told_of(desk, desk.people["foreign agent"], each) for each in (there, none)]
            assert told.as_if(own, desk.absent) != absent.as_if(own, desk.absent)
    assert wrong == []


class Ear:
    """Somebody whose page or console is open."""

    def __init__(self, guest: Guest) -> None:
        self.role = guest.role
        self.heard = ""
        self._news = asyncio.Event()

    async def hears_page(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for frame in socket:
            self._hears(str(frame.data))

    async def hears_console(self, response: aiohttp.ClientResponse) -> None:
        async for line in response.content:
            self._hears(line.decode())

    async def until(self, word: str) -> None:
        while word not in self.heard:
            self._news.clear()
            await self._news.wait()

    def _hears(self, text: str) -> None:
        self.heard += text
        self._news.set()


async def test_open_pages_and_consoles_hear_of_nothing_that_one_may_not_know_of(folder: Path) -> None:
    async with planted_desk(folder) as desk, AsyncExitStack() as stack:
        url, consoles, pages = desk.office.desk.http.url, list[Ear](), list[Ear]()
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        for guest in desk.people.values():
            if guest.role in ("nobody", "ended session"):
                continue
            socket = await stack.enter_async_context(
                guest.session.ws_connect(f"{url}/api/live", headers=guest.headers)
            )
            pages.append(Ear(guest))
            stack.callback(tasks.create_task(pages[-1].hears_page(socket)).cancel)
            address = f"{url}/console/live?ticket={desk.tickets[1].reference}&table=1"
            stream = await stack.enter_async_context(guest.session.get(address, headers=guest.headers))
            if stream.status == 200:
                consoles.append(Ear(guest))
                stack.callback(tasks.create_task(consoles[-1].hears_console(stream)).cancel)
        assert {each.role for each in consoles} == {"foreign agent", "agent", "lead"}
        for ticket in desk.tickets:
            agent = desk.people["foreign agent" if ticket.kind == "foreign" else "agent"]
            text = f"/desk note {ticket.reference} {ticket.word('note')} again"
            told = await told_of(desk, agent, typed(text, channel=ticket.team))
            assert told.status == 200, told
            await desk.office.settle()
        last = typed(f"/ticket open The last word is {LAST_WORD}")
        assert (await told_of(desk, desk.people["requester"], last)).status == 200
        await desk.office.settle()
        async with asyncio.timeout(NEWS_S):
            for each in pages:
                await each.until(LAST_WORD)
            for each in consoles:
                await each.until(f'"{LAST_REFERENCE}"')
        for ears, side in ((pages, "chat"), (consoles, "console")):
            for ear in ears:
                for ticket in desk.tickets:
                    said, noted = readers(ticket.kind, side)
                    if ear.role not in noted:
                        assert ticket.word("note") not in ear.heard, (ear.role, side, ticket.kind)
                    if ear.role not in said:
                        assert ticket.word("subject") not in ear.heard, (ear.role, side, ticket.kind)
                        assert f'"{ticket.reference}"' not in ear.heard, (ear.role, side, ticket.kind)
        page = next(each for each in pages if each.role == "agent")
        assert desk.tickets[0].word("note") in page.heard
