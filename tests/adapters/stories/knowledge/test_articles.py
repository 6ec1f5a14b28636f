"""The knowledge base in Slack and Discord: written in a form, found, read, and put into a reply."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, Read
from tests.said import said

TITLE = "VPN on your phone"
BODY = "Open **Settings**, then `VPN`.\n\n- Choose *Add*\n- Type vpn.example.com\n\n@everyone <!channel>"
PATIENCE = 600
EVERYBODY = said("knowledge.everybody")


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        # What knows languages is read when it is first asked, which a busy machine takes seconds for.
        office.desk.contexts.language_of("Hello")
        yield office


def words_of(messages: list[Read]) -> str:
    return "\n".join(each.words for each in messages)


async def reads_once_there(office: Office, who: str, room: str, words: str) -> Read:
    """The newest private answer with these words, which may come some time after its form was sent."""
    for _ in range(PATIENCE):
        found = [each for each in office.reads_privately(who, room) if words in each.words]
        if found:
            return found[-1]
        await asyncio.sleep(0.05)
    raise AssertionError(f"{who} was not told {words}, but {words_of(office.reads_privately(who, room))}")


async def writes(office: Office, platform: Platform, body: str = BODY) -> Read:
    answers = {
        said("knowledge.title_label"): TITLE,
        said("knowledge.body_label"): body,
        said("knowledge.tags_label"): "vpn phone",
        said("knowledge.audience_label"): EVERYBODY,
        said("knowledge.team_label"): platform.team_title,
    }
    await office.types_and_fills("bo", "team", "/kb new", answers)
    return await reads_once_there(office, "bo", "team", TITLE)


async def test_what_an_agent_writes_is_found_and_read_and_pings_nobody(
    office: Office, platform: Platform
) -> None:
    made = await writes(office, platform)
    assert TITLE in made.words
    found = await office.types("ana", "requests", "/kb search", words="vpn phone")
    assert "Choose Add" in found.words
    await office.presses("ana", found, said("knowledge.button_show", title=TITLE))
    whole = await reads_once_there(office, "ana", "requests", "example.com")
    assert "Type vpn.example.com" in whole.words
    assert "**" not in whole.words
    assert whole.pings == ()


async def test_a_long_article_is_read_whole_in_parts(office: Office, platform: Platform) -> None:
    body = "\n\n".join(f"Step {number}: {'press the button ' * 6}" for number in range(1, 26))
    await writes(office, platform, body)
    before = len(office.reads_privately("ana", "requests"))
    await office.types("ana", "requests", "/kb show", name="vpn-on-your-phone")
    read = words_of(office.reads_privately("ana", "requests")[before:])
    assert [number for number in range(1, 26) if f"Step {number}:" not in read] == []


async def test_a_passage_goes_into_a_reply(office: Office, platform: Platform) -> None:
    request = await office.says("ana", "requests", "How do I get vpn on my phone?")
    await writes(office, platform)
    offered = await office.types("bo", "team", "/desk ticket kb", ticket="IT-1")
    await office.fills("bo", offered, said("knowledge.button_insert", title=TITLE), {})
    await reads_once_there(office, "bo", "team", said("answers.reply_sent", reference="IT-1"))
    sent = words_of(office.reads_thread("ana", request))
    assert "Type vpn.example.com" in sent
    assert "/kb show vpn-on-your-phone" in sent


async def test_a_resolved_ticket_becomes_a_draft_without_names(office: Office, platform: Platform) -> None:
    await office.says("ana", "requests", "My vpn is dead, mail ana@example.com or call +49 30 1234567")
    await office.types("bo", "team", "/desk reply", ticket="IT-1", text="Renew the certificate")
    await office.types("bo", "team", "/desk resolve", ticket="IT-1")
    await office.types_and_fills(
        "bo", "team", "/kb from", {said("knowledge.title_label"): "Dead VPN"}, ticket="IT-1"
    )
    made = await reads_once_there(office, "bo", "team", "Dead VPN")
    assert said("knowledge.button_publish") in made.buttons
    draft = await office.types("bo", "team", "/kb show", name="Dead VPN")
    assert "Renew the certificate" in draft.words
    assert "@example.com" not in draft.words
    assert "1234567" not in draft.words
    assert TITLE not in (await office.types("ana", "requests", "/kb list")).words
    await office.presses("bo", made, said("knowledge.button_publish"))
    assert "Dead VPN" in (await office.types("ana", "requests", "/kb list")).words
