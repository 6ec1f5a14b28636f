"""Pictures of articles in Slack and Discord: below what an article says, and sent to who may read it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.stories.platforms import Office, Platform, Read
from tests.said import said
from tests.sample_pictures import PNG, WEBP

ARTICLE = (
    "# Printer jams\n\nOpen the **tray** of the printer and pull out the paper.\n\n"
    "![The tray](tray.png)\n\n![Its lamp](lamp.webp)\n"
)
QUESTION = "The printer jams, how do I pull the paper out of the tray?"
FILES = said("platforms.form_files")
PATIENCE = 400


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    articles = tmp_path / "knowledge"
    articles.mkdir()
    (articles / "jam.md").write_text(ARTICLE, encoding="utf-8")
    (articles / "tray.png").write_bytes(PNG)
    (articles / "lamp.webp").write_bytes(WEBP)
    desk = f"{platform.desk_file}\nknowledge: {{{{folder: '{articles}', answers: beside}}}}\n"
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        await office.desk.workers["article_folder"].tick()
        office.desk.contexts.language_of("Hello")
        yield office


def pictures_in(message: Read) -> list[str]:
    """What each is called, for whoever cannot see it."""
    seen: Any = message.seen
    blocks = [each["alt_text"] for each in getattr(seen, "blocks", ()) if each["type"] == "image"]
    files = [each if isinstance(each, str) else str(each.name) for each in seen.files]
    return blocks or [each.rpartition(".")[0].replace("_", " ") for each in files]


async def sees(office: Office, who: str, *, many: int) -> list[list[str]]:
    """The messages with pictures that they alone see, once there are so many."""
    for _ in range(PATIENCE):
        found = [shown for each in office.reads_privately(who, "requests") if (shown := pictures_in(each))]
        if len(found) >= many:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(f"{who} sees {found}")


async def test_an_article_is_followed_by_its_pictures_each_time(office: Office, platform: Platform) -> None:
    """Slack shows no WebP in a message; its words describe it."""
    shown = ["The tray"] if platform.operators.startswith("slack") else ["The tray", "Its lamp"]
    read = await office.types("ana", "requests", "/kb show", name="jam")
    assert (
        "Its lamp" in "".join(each.words for each in office.reads_privately("ana", "requests")) + read.words
    )
    assert await sees(office, "ana", many=1) == [shown]
    await office.types("ana", "requests", "/kb show", name="jam")
    assert await sees(office, "ana", many=2) == [shown, shown]


async def test_what_answers_a_request_comes_with_its_pictures(office: Office) -> None:
    asked = await office.says("ana", "requests", QUESTION)
    await office.desk.workers["article_offers"].tick()
    await office.settle()
    found = [str(each.seen.files) for each in office.reads_thread("ana", asked) if each.seen.files]
    assert "tray" in "".join(found)


async def test_an_article_is_written_with_a_picture(office: Office, platform: Platform) -> None:
    answers = {
        said("knowledge.title_label"): "Scanner",
        said("knowledge.body_label"): "Open the lid.",
        said("knowledge.audience_label"): said("knowledge.everybody"),
        said("knowledge.team_label"): platform.team_title,
        FILES: [("Lid.png", PNG)],
    }
    await office.types_and_fills("bo", "team", "/kb new", answers)
    for _ in range(PATIENCE):
        if any("Scanner" in each.words for each in office.reads_privately("bo", "team")):
            break
        await asyncio.sleep(0.05)
    await office.types("ana", "requests", "/kb show", name="scanner")
    assert await sees(office, "ana", many=1) == [["Lid"]]
