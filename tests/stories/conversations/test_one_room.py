"""A team without a mirror: the requester's thread is the only one, and the team's own is for notes."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, words


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "one_room.yaml"
    text = DESK.read_text(encoding="utf-8")
    path.write_text(text.replace("    title: Service Desk\n", "    title: Service Desk\n    mirror: false\n"))
    return path


@pytest.fixture
async def office(folder: Path, config: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=config) as office:
        yield office


def set_mirror(office: Office, config: Path, *, to: str) -> None:
    text = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r"mirror: \w+", f"mirror: {to}", text), encoding="utf-8")
    office.desk.reload()


async def team_thread(office: Office, channel: str = "team-it") -> list[str]:
    card = await office.card("lee", channel, "IT-1")
    return await office.reads("lee", channel, thread=card["id"])


async def test_public_words_stay_in_the_requesters_thread_and_notes_in_the_teams(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("bo", "help-it", "Which one is it?", thread=root)
    await office.says("ana", "help-it", "The red one", thread=root)
    await office.types("bo", "/desk note IT-1 she has two")
    notes = [said for said in await team_thread(office) if "wrote on" not in said]
    assert notes == ["[internal note] Bo Berg: she has two"]
    assert "she has two" not in str(await office.reads("ana", "help-it", thread=root))


async def test_the_assignee_is_mentioned_with_a_link_when_the_requester_writes(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("ana", "help-it", "Anybody?", thread=root)
    assert await team_thread(office) == []
    await office.types("bo", "/desk claim IT-1")
    said = await office.says("ana", "help-it", "The red one", thread=root)
    card = await office.card("bo", "team-it", "IT-1")
    (told,) = await office.sees_thread("bo", "team-it", card["id"])
    assert words(told) == "Bo Berg, Ana Alves wrote on IT-1. Open the message"
    assert said in str(told["content"])
    assert "The red one" not in str(told)
    assert await office.mentions("bo", "team-it") == 1
    await office.says("bo", "help-it", "The red one?", thread=root)
    assert len(await team_thread(office)) == 1


async def test_an_answer_that_reopens_a_ticket_mentions_its_assignee_once(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk wait IT-1")
    await office.says("ana", "help-it", "The red one", thread=root)
    assert await office.mentions("bo", "team-it") == 1


async def test_the_card_stays_true_and_leads_to_the_requesters_thread(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("bo", "help-it", "Which one is it?", thread=root)
    card = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert (card["status"], card["source"]["message"]) == ("open", root)


async def test_a_request_by_command_has_a_thread_too_once_it_is_there(office: Office) -> None:
    await office.types("ana", "/ticket open My mouse is dead", channel="help-it")
    (asked,) = await office.sees("ana", "help-it")
    card = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert card["source"]["message"] == asked["id"]


async def test_a_long_request_is_not_repeated_under_the_card(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead. " * 60)
    assert await team_thread(office) == []


async def test_a_reply_by_command_is_shown_to_the_requester_alone(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 On my way", channel="team-it")
    assert "Bo Berg: On my way" in await office.reads("ana", "help-it", thread=root)
    assert await team_thread(office) == []


async def test_what_the_team_could_not_read_otherwise_is_copied(office: Office) -> None:
    """Private requests are answered in direct messages, where no agent reads along."""
    form = (await office.types_for_reply("ana", "/ticket open"))["reply"]
    await office.submits("ana", form, channel="help-it", text="My mouse is dead", private="yes")
    await office.types("ana", "/ticket reply IT-1 The red one")
    assert await team_thread(office) == ["Ana Alves: The red one"]


async def test_a_transfer_to_a_team_with_a_mirror_brings_all_of_it(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("bo", "help-it", "Which one is it?", thread=root)
    await office.types("bo", "/desk note IT-1 she has two")
    await office.types("bo", "/desk transfer IT-1 network")
    assert await team_thread(office, "team-network") == [
        "Ana Alves: My mouse is dead",
        "[public reply] Bo Berg: Which one is it?",
        "[internal note] Bo Berg: she has two",
    ]


async def test_an_edit_brings_no_copy_of_what_was_never_copied(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    said = await office.says("ana", "help-it", "The red one", thread=root)
    await office.edits("ana", said, "The blue one")
    assert await team_thread(office) == []


async def test_what_was_copied_before_is_still_kept_true(office: Office, config: Path) -> None:
    set_mirror(office, config, to="true")
    root = await office.says("ana", "help-it", "My mouse is dead")
    said = await office.says("ana", "help-it", "The red one", thread=root)
    gone = await office.says("ana", "help-it", "My password is 1234", thread=root)
    set_mirror(office, config, to="false")
    await office.edits("ana", said, "The blue one")
    await office.deletes("ana", gone)
    assert await team_thread(office) == ["Ana Alves: The blue one"]
