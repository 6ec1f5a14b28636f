"""Articles in a browser: what is for everybody by anybody, the rest with the rights of whoever is signed in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.said import said
from tests.sample_pictures import PNG
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, words

OPEN = "# Printer jams\n\nOpen the tray of the printer and pull out the paper.\n\n![The tray](tray.png)\n"
TEAMS = "---\nteam: network\naudience: team\n---\n# Switch restart\n\nHold xHIDDENx.\n\n![It](tray.png)\n"
QUESTION = "The printer jams, how do I pull the paper out of the tray?"
PUBLIC = "http://desk.example.org"


@asynccontextmanager
async def an_office(folder: Path, tmp_path: Path, pages: str) -> AsyncIterator[Office]:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in {"jam.md": OPEN, "switch restart.md": TEAMS}.items():
        (articles / name).write_text(text, encoding="utf-8")
    (articles / "tray.png").write_bytes(PNG)
    config = tmp_path / "desk.yaml"
    settings = f"knowledge: {{folder: articles, answers: beside, pages: {pages}}}\n"
    config.write_text(f"{DESK.read_text(encoding='utf-8')}\n{settings}", encoding="utf-8")
    async with open_office(folder, config=config, secrets={"DESKBELL_PUBLIC_URL": PUBLIC}) as office:
        await office.desk.workers["article_folder"].tick()
        await office.settle()
        yield office


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with an_office(folder, tmp_path, "true") as office:
        yield office


@pytest.fixture
async def closed(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with an_office(folder, tmp_path, "false") as office:
        yield office


async def opens(office: Office, path: str, *, host: str = "") -> tuple[int, str, str]:
    """By somebody who is not signed in: the status, the page and its policy."""
    headers = {"Host": host} if host else {}
    async with (
        aiohttp.ClientSession(office.desk.http.url) as session,
        session.get(path, headers=headers) as response,
    ):
        text = (await response.read()).decode("utf-8", errors="replace")
        return response.status, text, response.headers["Content-Security-Policy"]


async def opens_signed_in(office: Office, path: str) -> tuple[int, str]:
    session = office._visitor._session
    assert session is not None
    async with session.get(path) as response:
        return response.status, (await response.read()).decode("utf-8", errors="replace")


def picture_in(page: str) -> str:
    return page.partition('<img src="')[2].partition('"')[0].replace("&amp;", "&")


async def test_anybody_reads_what_is_for_everybody_with_its_pictures(office: Office) -> None:
    status, page, policy = await opens(office, "/kb/jam")
    assert (status, page.count("Printer jams</h1>")) == (200, 1)
    assert "pull out the paper" in page
    assert 'name="viewport"' in page
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    status, picture, policy = await opens(office, picture_in(page))
    assert (status, "PNG" in picture, "sandbox" in policy) == (200, True, True)


async def test_what_is_not_for_everybody_is_as_if_it_were_not_there(office: Office) -> None:
    status, hidden, _ = await opens(office, "/kb/switch%20restart")
    _, missing, _ = await opens(office, "/kb/nothing")
    assert (status, hidden) == (404, missing)
    assert said("knowledge.page_missing") in hidden
    digest = picture_in((await opens(office, "/kb/jam"))[1]).partition("picture=")[2]
    assert (await opens(office, f"/kb/switch%20restart?picture={digest}"))[0] == 404
    assert (await opens(office, "/kb/switch%20restart?person=cleo"))[0] == 404


async def test_who_is_signed_in_reads_what_is_theirs(office: Office) -> None:
    status, page = await opens_signed_in(office, "/kb/switch%20restart?person=cleo")
    assert (status, "xHIDDENx" in page) == (200, True)
    assert "person=cleo" in picture_in(page)
    assert (await opens_signed_in(office, picture_in(page)))[0] == 200
    assert (await opens_signed_in(office, "/kb/switch%20restart?person=ana"))[0] == 404
    assert (await opens_signed_in(office, "/kb/switch%20restart?person=nobody"))[0] == 404


async def test_a_desk_without_pages_shows_them_to_nobody_who_is_not_signed_in(closed: Office) -> None:
    assert (await opens(closed, "/kb/jam"))[0] == 404
    assert (await opens_signed_in(closed, "/kb/jam?person=ana"))[0] == 200
    assert PUBLIC not in await closed.types("ana", "/kb show jam")


async def test_what_is_quoted_has_a_link_to_the_whole(office: Office) -> None:
    assert f"{PUBLIC}/kb/jam" in await office.types("ana", "/kb show jam")
    assert PUBLIC not in await office.types("cleo", "/kb show switch restart")
    asked = await office.says("ana", "help-it", QUESTION)
    await office.desk.workers["article_offers"].tick()
    await office.settle()
    told = [words(each) for each in await office.sees_thread("ana", "help-it", asked)]
    assert said("knowledge.page_at", address=f"{PUBLIC}/kb/jam") in "\n".join(told)
