"""Desks that ask their requesters how it went, and what is said of that."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, words

GOOD = f"👍 {said('requester.rate_good')}"
BAD = f"👎 {said('requester.rate_bad')}"
ANSWERED_AT = 2
"""Hours after a resolution at which everybody has been asked."""


@asynccontextmanager
async def rating_office(
    folder: Path, more: str = "satisfaction: {}", *, team: str = ""
) -> AsyncIterator[Office]:
    """The everyday desk with this in its file, and this of the Service Desk."""
    text = DESK.read_text(encoding="utf-8")
    text = text.replace("  it:\n    title", f"  it:\n    {team}\n    title") if team else text
    config = folder.parent / "rating-desk.yaml"
    config.write_text(f"{text}\n{more}\n", encoding="utf-8")
    async with open_office(folder, config=config) as office:
        yield office


async def resolved(office: Office, text: str = "My mouse is dead") -> str:
    """Ana asked and Bo solved it; returns her message's id."""
    request = await office.says("ana", "help-it", text)
    await office.types("bo", "/desk claim IT-1", channel="team-it")
    await office.types("bo", "/desk resolve IT-1 A new battery", channel="team-it")
    return request


async def question(office: Office, request: str) -> dict[str, Any] | None:
    """What Ana is asked in her thread, as it is now."""
    thread: list[dict[str, Any]] = await office.sees_thread("ana", "help-it", request)
    for message in thread[::-1]:
        content = message["content"]
        if content is not None and any(each["label"] in (GOOD, "5") for each in content.get("buttons", ())):
            return message
    return None


async def asked(office: Office, request: str) -> dict[str, Any]:
    await office.passes(hours=ANSWERED_AT)
    found = await question(office, request)
    assert found is not None
    return found


async def lead_reads(office: Office, channel: str = "escalations-it") -> list[str]:
    return [words(message) for message in await office.sees("lee", channel)]


async def team_reads(office: Office) -> list[str]:
    card = await office.card("bo", "team-it", "IT-1")
    return await office.reads("bo", "team-it", thread=card["id"])
