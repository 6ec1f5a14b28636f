"""What is done in the console and the portal leaves what the same leaves that is typed in chat."""

import html
import re
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus
from uuid import uuid4

import pytest

from tests.adapters.http.sign_in.front_door import Answer
from tests.stories.bulk_changes.test_bulk import works as bulk_works
from tests.stories.console.console_visit import console_visit
from tests.stories.console.filled_form import filled_form
from tests.stories.console.test_forms import ACTION
from tests.stories.console.verb_deeds import ASKED, BULK, DAY, STAYS, Deed, desk_of_the_day, untold
from tests.stories.office import Office, shown
from tests.stories.portal.portal_visit import PortalVisit, open_portal, portal_visit, words_of

NUMBER = re.compile(r"\b\d{18,19}\b")
LINK = re.compile(r'href="(/console/do\?verb=([^&"]+)[^"]*)"')
STEPS = 4
"""Forms and confirmations that one deed asks for at most."""
LEFT = {
    "audit_log": "ticket_id, event, actor, at, details",
    "tickets": "*",
    "outbox": "conversation_id, kind, subject, key, payload, is_urgent, state, created_at",
    "followers": "*",
    "reminders": "*",
    "time_entries": "*",
    "messages": "*",
    "sla_timers": "*",
}


def left(folder: Path) -> dict[str, list[str]]:
    """The rows of all that changed, with names for what has another number on each desk."""
    with sqlite3.connect(folder / "deskbell.db") as database:
        names = {
            str(number): f"{table} {place}"
            for table in ("tickets", "messages", "conversations")
            for place, (number,) in enumerate(database.execute(f"select id from {table} order by id"))
        }

        def named(row: object) -> str:
            return NUMBER.sub(lambda found: names.get(found[0], "#"), repr(row))

        return {
            table: sorted(
                map(named, database.execute(f"select {columns} from {table} where {of_a_ticket(table)}"))
            )
            for table, columns in LEFT.items()
        }


def of_a_ticket(table: str) -> str:
    """Who signed in is not of a ticket."""
    return "ticket_id is not null" if table == "audit_log" else "true"


async def types(office: Office, deed: Deed) -> None:
    """In chat; a form is filled in, and a question is confirmed."""
    typed = f"/{deed.verb} {deed.ticket} {deed.words}"
    reply = (await office.types_for_reply(deed.who, typed, channel=deed.channel))["reply"]
    for _ in range(0 if deed.is_pressed_once else STEPS):
        match reply:
            case {"type": "form", "verb": deed.verb}:
                values = {
                    each["name"]: deed.options.get(each["name"], each.get("value") or "")
                    for each in reply["fields"]
                }
                reply = await office.sends_form(deed.who, reply, channel=deed.channel, values=values)
            case {"type": "private", "buttons": [*buttons]}:
                again = [each["private"]["verb"] for each in buttons if each.get("private")]
                if deed.verb not in again:
                    break
                reply = await office.presses_private(
                    deed.who, reply, again.index(deed.verb), channel=deed.channel
                )
            case _:
                break
    assert reply is None or reply.get("verb") != deed.verb, (deed, reply)
    assert reply is None or not reply.get("is_error"), (deed, shown(reply))


async def works(visit: PortalVisit, deed: Deed) -> None:
    """At the console: what is asked for is filled in, and what waits is pressed."""
    page = await visit.opens(f"/console/do?verb={quote_plus(deed.verb)}&ticket={deed.ticket}")
    await fills(visit, page, deed)


async def fills(visit: PortalVisit, page: Answer, deed: Deed) -> Answer:
    """Forms and buttons of this verb, until there is none; returns what was answered last."""
    for _ in range(STEPS):
        main = page.text.partition("<main")[2].partition("</main>")[0]
        assert page.status == 200, (deed, words_of(f"<body>{main}"))
        sent, led = ([to for to, verb in each.findall(main) if _is_of(deed, verb)] for each in (ACTION, LINK))
        if not sent:
            if not led:
                return page
            page = await visit.opens(html.unescape(led[0]))
            continue
        action = html.unescape(sent[0])
        fields = filled_form(main, action)
        fields |= {f"f-{name}": value for name, value in deed.options.items() if f"f-{name}" in fields}
        page = await visit.browser.sends(action, **fields)
        await visit._office.settle()
        if page.status == 303 or deed.is_pressed_once:
            return page
    raise AssertionError((deed, words_of(page.text)))


def _is_of(deed: Deed, verb: str) -> bool:
    return verb.replace("+", " ") == deed.verb


@asynccontextmanager
async def asked(folder: Path) -> AsyncIterator[Office]:
    async with open_portal(folder, config=desk_of_the_day(folder)) as office:
        for each in ASKED:
            await office.says("ana", "help-it", f"My {each} is broken")
        yield office


async def sends(visit: PortalVisit, deed: Deed) -> None:
    """By the portal's own form."""
    sent = await visit.sends(
        await visit.opens(f"/requests/{deed.ticket}"), f"/requests/{deed.ticket}/{deed.here}", **deed.options
    )
    assert sent.status == 303, (deed, words_of(sent.text))


class Twins:
    """The same desk twice, at the same time."""

    def __init__(self, chat: Office, console: Office, folder: Path, visits: AsyncExitStack) -> None:
        self.chat = chat
        self.console = console
        self._folder = folder
        self._visits = visits
        self._people: dict[str, PortalVisit] = {}

    async def visit(self, who: str) -> PortalVisit:
        if who not in self._people:
            enter = portal_visit if who == "ana" else console_visit
            await self.chat.types_for_reply(who, "/ticket web" if who == "ana" else "/desk web")
            self._people[who] = await self._visits.enter_async_context(enter(self.console, who))
        return self._people[who]

    async def settle_several(self, what: str) -> None:
        for office in (self.chat, self.console):
            await bulk_works(office)
        self.are_alike(what)

    def are_alike(self, what: str) -> None:
        one, other = left(self._folder / "chat"), left(self._folder / "console")
        for table in LEFT:
            assert one[table] == other[table], (what, table)


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    for each in ("chat", "console"):
        (tmp_path / each).mkdir()
    return tmp_path


@pytest.fixture
async def twins(folders: Path) -> AsyncIterator[Twins]:
    async with (
        asked(folders / "chat") as chat,
        asked(folders / "console") as console,
        AsyncExitStack() as visits,
    ):
        yield Twins(chat, console, folders, visits)


def test_each_verb_that_changes_something_is_told_of() -> None:
    assert untold() == set()


async def test_every_verb_leaves_the_same_from_the_console_and_from_chat(twins: Twins) -> None:
    for deed in DAY:
        visit = await twins.visit(deed.who)
        for office in (twins.chat, twins.console):
            await office.passes(minutes=deed.later)
        await types(twins.chat, deed)
        await (sends if deed.here else works)(visit, deed)
        twins.are_alike(deed.verb)


async def presses(office: Office, reply: Any, verb: str) -> Any:
    at = [each["private"]["verb"] for each in reply.get("buttons", ())].index(verb)
    return await office.presses_private("bo", reply, at, channel="team-it")


async def several(twins: Twins, verb: str, options: Mapping[str, str]) -> None:
    """Two are picked, it is previewed, and done."""
    chat, bo = twins.chat, await twins.visit("bo")
    reply = (await chat.types_for_reply("bo", "/desk bulk IT-6 IT-7", channel="team-it"))["reply"]
    reply = await presses(chat, reply, verb)
    if reply["type"] == "form":
        values = {
            each["name"]: options.get(each["name"], each.get("value") or "") for each in reply["fields"]
        }
        reply = await chat.sends_form("bo", reply, channel="team-it", values=values)
    assert reply["type"] == "private", (verb, reply)
    await presses(chat, reply, "desk bulk-run")

    page = await bo.opens("/console/tickets")
    fields = {**filled_form(page.text, "/console/bulk"), "which": "picked", "key": uuid4().hex}
    page = await bo.browser.sends("/console/bulk", **fields, pick="IT-6 IT-7")
    deed = Deed(verb=verb, options=options)
    page = await fills(bo, page, deed)
    await fills(bo, page, Deed(verb="desk bulk-run"))


async def test_several_at_once_leave_the_same(twins: Twins) -> None:
    for verb, options in BULK.items():
        await several(twins, verb, options)
        await twins.settle_several(verb)
        if verb == STAYS:
            continue
        await types(twins.chat, Deed(verb="desk bulk-undo"))
        await works(await twins.visit("bo"), Deed(verb="desk bulk-undo"))
        await twins.settle_several(f"{verb}, undone")
