"""Somebody of the office at the console, at a browser that runs no script, and what its scripts ask for."""

import html
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.adapters.http.sign_in.front_door import Answer
from tests.stories.office import Office
from tests.stories.portal.portal_visit import PortalVisit, hidden_fields

SCRIPT = {"Accept": "application/json"}


class ConsoleVisit(PortalVisit):
    """What was opened last is what forms are sent from."""

    async def asks(self, path: str) -> dict[str, Any]:
        """What a script of the page is answered."""
        answer = await self.browser.opens(path, **SCRIPT)
        read: dict[str, Any] = json.loads(answer.text)
        return read

    async def sends(self, page: Answer, action: str, **typed: str) -> Answer:
        """The form of that page which goes there; `action` is as the page writes it."""
        given = {f"f-{name}": value for name, value in typed.items()}
        fields = {**hidden_fields(page.text, action), **given}
        answer = await self.browser.sends(html.unescape(action), **fields)
        await self._office.settle()
        return answer

    async def asks_rows(
        self, page: str, *, shown: list[str], others: list[str], token: str, is_counted: bool = False
    ) -> Mapping[str, Any]:
        fields = {"shown": json.dumps(shown), "others": json.dumps(others), "token": token}
        fields |= {"counted": "1"} if is_counted else {}
        answer = await self.browser.sends(page, **fields)
        read: dict[str, Any] = json.loads(answer.text)
        return read


@asynccontextmanager
async def console_visit(office: Office, who: str) -> AsyncIterator[ConsoleVisit]:
    """They typed `/desk web` and pressed what it answers."""
    reply = (await office.types_for_reply(who, "/desk web"))["reply"]
    link = reply["buttons"][0]["url"].rpartition("/")[2]
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        visit = ConsoleVisit(office, session)
        entered = await visit.browser.signs_in(link)
        assert (entered.status, entered.location) == (303, "/console")
        yield visit


def do(verb: str, ticket: str = "", *, back: str = "", pressed: bool = False) -> str:
    """Where a form of a page goes, as the page writes it."""
    asked = {"verb": verb, "ticket": ticket, "back": back or f"/console/tickets/{ticket}"}
    return f"/console/do?{urlencode({**asked, **({'pressed': '1'} if pressed else {})})}".replace(
        "&", "&amp;"
    )
