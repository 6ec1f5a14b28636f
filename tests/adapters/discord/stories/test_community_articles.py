"""Articles for one server of two: found, read, completed and shown by nobody who asks in the other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.knowledge.readership import Readership
from bot.services.knowledge.search import search_passages
from tests.adapters.discord.office import Office
from tests.adapters.discord.stories.test_communities import two_servers
from tests.said import said
from tests.sample_pictures import PNG

OAKS = (
    "---\naudience: community:oak\nteam: oaks\n---\n# Printer jams\n\n"
    "Open the xOAKx tray of the printer and pull out the paper.\n\n![The tray](tray.png)\n"
)
QUESTION = "The printer jams, how do I pull the paper out of the tray?"
OAK_READER = Readership(communities=frozenset({"oak"}))
PINE, OAK = "Riverside/pine-help", "Oak/oak-help"


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "jam.md").write_text(OAKS, encoding="utf-8")
    (articles / "tray.png").write_bytes(PNG)
    more = "knowledge: {folder: articles, answers: beside, pages: true}\n"
    async with two_servers(tmp_path, sqlite_template, more=more) as office:
        await office.desk.workers["article_folder"].tick()
        # What knows languages and meanings is read when it is first asked, which Discord would not wait for.
        office.desk.contexts.language_of("Hello")
        meanings = office.desk.contexts.meanings
        await office.desk.storage.read(
            lambda uow: search_passages(uow, QUESTION, OAK_READER, meanings=meanings)
        )
        yield office


async def test_in_its_own_server_an_article_is_found_and_read(office: Office) -> None:
    found = await office.ana.types_command("/kb search", OAK, words="printer jams tray")
    assert "xOAKx" in found.text
    assert await office.ana.autocompletes("/kb show", "name", "", OAK) == ["Printer jams · jam"]
    read = await office.ana.types_command("/kb show", OAK, name="jam")
    assert "xOAKx" in read.text


@pytest.mark.parametrize("who", ["ana", "bo"])
async def test_in_the_other_server_it_is_as_if_it_were_not_there(office: Office, who: str) -> None:
    """Ana is in both servers, Bo works for the other."""
    person = {"ana": office.ana, "bo": office.bo}[who]
    nothing = said(
        "knowledge.nothing_found", text="printer jams tray", command="/kb list", ask="/ticket open"
    )
    found = await person.types_command("/kb search", PINE, words="printer jams tray")
    assert found.text.replace("`", "") == nothing.replace("`", "")
    assert await person.autocompletes("/kb show", "name", "", PINE) == []
    read = await person.types_command("/kb show", PINE, name="jam")
    missing = await person.types_command("/kb show", PINE, name="jim")
    assert read.text.replace("jam", "jim") == missing.text
    listed = await person.types_command("/kb list", PINE)
    assert "Printer" not in listed.text


async def test_a_request_in_the_other_server_is_not_answered_with_it(office: Office) -> None:
    for room in (PINE, OAK):
        await office.ana.says(room, QUESTION)
    await office.settle()
    await office.desk.workers["article_offers"].tick()
    await office.settle()
    (pines,) = [each for each in office.bo.reads("team") if each.buttons]
    assert "Printer jams" not in pines.words
    offered = await office.bo.types_command("/desk ticket kb", "team", ticket="IT-1")
    assert "xOAKx" not in offered.text
    told = [each.words for each in office.ana.reads_dm()]
    assert len([each for each in told if "xOAKx" in each]) == 1
    assert not any("xOAKx" in line for line in office.talk(office.ana, office.ana.reads(PINE)[-1]))
