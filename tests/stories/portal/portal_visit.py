"""Somebody of the office at their own requests, at a browser that runs no script."""

import html
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import aiohttp

from tests.adapters.http.sign_in.front_door import Answer, Browser
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

ADDRESS = {"DESKBELL_PUBLIC_URL": "http://localhost"}
KEY = re.compile(r'name="key" value="([\w-]+)"')
FORM = re.compile(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@asynccontextmanager
async def open_portal(
    folder: Path, *, config: Path = DESK, secrets: Mapping[str, str] = MappingProxyType({})
) -> AsyncIterator[Office]:
    async with open_office(folder, config=config, secrets={**ADDRESS, **secrets}) as office:
        yield office


class PortalVisit:
    """What was opened last is what forms are sent from."""

    def __init__(self, office: Office, session: aiohttp.ClientSession) -> None:
        self._office = office
        self._session = session
        self.browser = Browser(office.desk.http.url, session)

    async def opens(self, path: str) -> Answer:
        return await self.browser.opens(path)

    async def reads(self, path: str) -> str:
        """The page in plain words."""
        return words_of((await self.opens(path)).text)

    async def sends(self, page: Answer, action: str, **typed: str) -> Answer:
        """The form of that page which goes there, with its hidden fields."""
        fields = hidden_fields(page.text, action)
        answer = await self.browser.sends(action, **{**fields, **{f"f-{k}": v for k, v in typed.items()}})
        await self._office.settle()
        return answer

    async def sends_file(
        self, page: Answer, action: str, *, name: str, content: bytes, **typed: str
    ) -> tuple[int, str]:
        form = aiohttp.FormData()
        for field, value in {
            **hidden_fields(page.text, action),
            **{f"f-{k}": v for k, v in typed.items()},
        }.items():
            form.add_field(field, value)
        form.add_field("files", BytesIO(content), filename=name, content_type="text/plain")
        headers = {**self.browser.kept, "Origin": "null"}
        async with self._session.post(
            f"{self._office.desk.http.url}{action}", data=form, headers=headers, allow_redirects=False
        ) as response:
            text = await response.text()
            await self._office.settle()
            return response.status, text


@asynccontextmanager
async def portal_visit(office: Office, who: str) -> AsyncIterator[PortalVisit]:
    """They typed `/ticket web` and pressed what it answers."""
    reply = (await office.types_for_reply(who, "/ticket web"))["reply"]
    link = reply["buttons"][0]["url"].rpartition("/")[2]
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        visit = PortalVisit(office, session)
        entered = await visit.browser.signs_in(link)
        assert (entered.status, entered.location) == (303, "/requests")
        yield visit


def hidden_fields(page: str, action: str) -> dict[str, str]:
    inside = next(body for to, body in FORM.findall(page) if to == action)
    return {name: html.unescape(value) for name, value in HIDDEN.findall(inside)}


def words_of(page: str) -> str:
    body = page.partition("<body")[2].partition(">")[2]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))
