"""Pictures of articles at the page: shown to whoever may read the article, and to nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.sample_pictures import GIF, PNG
from tests.stories.knowledge.article_folder import looks, office_with_articles
from tests.stories.office import Office, words

VPN = "---\nteam: network\n---\n# Set up the VPN\n\nOpen **Settings**.\n\n![The settings](vpn.png)\n"

JAM = "# Printer jams\n\nOpen the tray of the printer and pull out the paper.\n\n![The tray](tray.png)\n"
QUESTION = "The printer jams, how do I pull the paper out of the tray?"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "vpn.md").write_text(VPN, encoding="utf-8")
    (folder / "vpn.png").write_bytes(PNG)
    (folder / "jam.md").write_text(JAM, encoding="utf-8")
    (folder / "tray.png").write_bytes(GIF)
    return folder


@pytest.fixture
async def office(folder: Path, tmp_path: Path, articles: Path) -> AsyncIterator[Office]:
    async with office_with_articles(folder, tmp_path, more=", answers: beside") as office:
        yield office


async def shown_files(office: Office, who: str, typed: str) -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = (await office.types_for_reply(who, typed))["reply"]["files"]
    return files


async def fetched(office: Office, who: str, file: dict[str, Any]) -> tuple[int, bytes]:
    session = office._visitor._session
    assert session is not None
    async with session.get(f"/api/files/{file['id']}", headers={"X-Person": who}) as response:
        return response.status, await response.read()


async def test_an_article_comes_with_its_picture_for_its_reader_alone(office: Office) -> None:
    (file,) = await shown_files(office, "ana", "/kb show vpn")
    assert (file["name"], file["media_type"]) == ("The settings.png", "image/png")
    assert await fetched(office, "ana", file) == (200, PNG)
    assert (await fetched(office, "bo", file))[0] == 404
    assert (await shown_files(office, "ana", "/kb show vpn"))[0]["id"] == file["id"]


async def test_another_picture_of_that_name_is_a_new_version(office: Office, articles: Path) -> None:
    (articles / "vpn.png").write_bytes(GIF)
    await looks(office)
    (file,) = await shown_files(office, "ana", "/kb show vpn")
    assert await fetched(office, "ana", file) == (200, GIF)
    assert said("knowledge.part_pictures") in await office.types("cleo", "/kb history vpn")


async def test_a_picture_that_is_gone_is_told_once_and_the_words_stay(office: Office, articles: Path) -> None:
    (articles / "vpn.png").unlink()
    for _ in range(2):
        await looks(office)
    assert await shown_files(office, "ana", "/kb show vpn") == []
    assert "The settings" in await office.types("ana", "/kb show vpn")
    told = "\n".join(words(each) for each in await office.sees("lee", "operators"))
    assert told.count("vpn.md") == 1
    (articles / "vpn.png").write_bytes(PNG)
    await looks(office)
    assert len(await shown_files(office, "ana", "/kb show vpn")) == 1


async def test_what_answers_a_request_comes_with_its_picture(office: Office) -> None:
    asked = await office.says("ana", "help-it", QUESTION)
    await office.desk.workers["article_offers"].tick()
    await office.settle()
    told = await office.sees_thread("ana", "help-it", asked)
    files = [file for each in told for file in (each["content"] or {}).get("files", ())]
    assert [each["name"] for each in files] == ["The tray.png"]
    assert await fetched(office, "ana", files[0]) == (200, GIF)


async def writes(office: Office, who: str, typed: str, *, files: list[str], **values: str) -> dict[str, Any]:
    form = (await office.types_for_reply(who, typed))["reply"]
    assert form["takes_files"]
    given = {each["name"]: each["value"] for each in form["fields"]} | values
    reply = await office.sends_form(who, form, channel="team-it", values=given, files=files)
    assert reply is not None
    return reply


async def test_an_article_written_in_chat_takes_pictures(office: Office) -> None:
    picture = await office.uploads("bo", name="Tray-open.png", content=PNG, media_type="image/png")
    await writes(office, "bo", "/kb new", files=[picture], title="Printer jams", body="Open the tray.")
    (file,) = await shown_files(office, "ana", "/kb show printer-jams")
    assert await fetched(office, "ana", file) == (200, PNG)
    form = (await office.types_for_reply("bo", "/kb edit printer-jams"))["reply"]
    body = next(each["value"] for each in form["fields"] if each["name"] == "body")
    assert body == "Open the tray.\n\n![Tray open](Tray-open.png)"
    await writes(office, "bo", "/kb edit printer-jams", files=[], body="Open the tray yourself.")
    assert await shown_files(office, "ana", "/kb show printer-jams") == []


async def test_what_is_no_picture_is_refused_with_the_form_open(office: Office) -> None:
    text = await office.uploads("bo", name="notes.txt", content=b"first, restart")
    told = await writes(office, "bo", "/kb new", files=[text], title="Printer jams", body="Open the tray.")
    assert told["fields"] == {"body": said("knowledge.picture_kind", file="notes.txt")}
