"""A sign-in link, where people chat: behind a button of an answer that nobody else reads."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.doubles import PUBLIC_URL
from tests.adapters.stories.platforms import Office, Platform
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


def addresses(message: Any) -> list[str]:
    """Where its buttons lead: as Discord and as Slack have them."""
    if hasattr(message, "links"):
        return [address for _, address in message.links]
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    return [each["url"] for each in elements if "url" in each]


async def test_a_link_is_for_who_asked_and_signs_in_their_account_here(office: Office) -> None:
    told = await office.types("bo", "requests", "/ticket web")
    assert told.words.startswith(said("sign_in.link", name=office.called("bo"), number=10))
    (address,) = addresses(told.seen)
    link = address.removeprefix(f"{PUBLIC_URL}/sign-in/")
    assert link not in told.words
    assert all(link not in str(each.seen) for each in office.reads("ana", "requests"))
    offer = await office.desk.sign_in.sign_ins.look_at(link, address="")
    assert (offer.person.name, offer.person.platform) == (office.called("bo"), *office.desk.platforms)
    assert told.seen.is_ephemeral

    await office.types("bo", "team", "/desk team web")
