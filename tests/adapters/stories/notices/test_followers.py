"""Followers: an agent who is mentioned like the assignee, and a colleague whom the requester adds."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said

SECRET = "she spilled coffee"


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_who_follows_is_mentioned_when_the_requester_writes(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    followed = await office.types("bo", "team", "/desk ticket follow", ticket="IT-1")
    assert said("answers.follows", reference="IT-1") in followed.words
    await office.answers("ana", request, "Since Monday")
    (told,) = [each for each in office.reads_thread("bo", await office.card("IT-1")) if each.pings]
    assert told.pings == (office.called("bo"),)


async def test_a_colleague_whom_the_requester_adds_hears_of_replies_and_reads_no_note(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    staff = f"    agents: [{platform.person('bo')}]\n"
    desk = re.sub(r"    agents: .*\n    leads: .*\n", staff, platform.desk_file)
    assert staff in desk
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        await office.types("lee", "requests", "/ticket list")
        await office.types("ana", "requests", "/ticket open", text="My VPN is dead")
        await office.types("bo", "team", "/desk note", ticket="IT-1", text=SECRET)
        added = await office.types("ana", "requests", "/ticket add", ticket="IT-1", person="lee")
        expected = said("answers.colleague_added", reference="IT-1", name=office.called("lee"))
        assert expected in added.words
        await office.types("bo", "team", "/desk reply", ticket="IT-1", text="We look into it")
        told = office.reads_directly("lee")
        assert "We look into it" in told[-1].words
        await office.types("lee", "requests", "/ticket reply", ticket="IT-1", text="Mine is dead too")
        shown = await office.types("ana", "requests", "/ticket show", ticket="IT-1")
        assert "Mine is dead too" in shown.words
        read = await office.types("lee", "requests", "/ticket show", ticket="IT-1")
        assert "We look into it" in read.words
        assert not any(SECRET in each.words for each in (*told, read))
