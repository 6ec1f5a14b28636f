"""From a command in chat to a browser that is signed in, in the whole desk."""

from pathlib import Path

import aiohttp
import pytest

from tests.stories.office import Office, open_office


@pytest.fixture
def address() -> dict[str, str]:
    return {"DESKBELL_PUBLIC_URL": "http://localhost"}


async def test_ticket_web_opens_the_requests_of_who_typed_it(folder: Path, address: dict[str, str]) -> None:
    async with open_office(folder, secrets=address) as office:
        reply = (await office.types_for_reply("ana", "/ticket web"))["reply"]
        (button,) = reply["buttons"]
        link = button["url"].removeprefix("http://localhost")
        async with aiohttp.ClientSession(
            office.desk.http.url, cookie_jar=aiohttp.CookieJar(unsafe=True)
        ) as browser:
            async with browser.get(link) as asked:
                page = await asked.text()
            token = page.partition('name="token" value="')[2].partition('"')[0]
            async with browser.post("/sign-in", data={"token": token}) as entered:
                assert "Ana" in await entered.text()
                assert entered.url.path == "/requests"


async def test_every_route_of_the_desk_declares_its_right(office: Office) -> None:
    rights = office.desk.http.rights()
    assert {"GET /account", "GET /requests", "POST /api/actions", "GET /healthz", "GET /kb/{name}"} <= set(
        rights
    )
    assert [route for route, right in rights.items() if right is None] == []
