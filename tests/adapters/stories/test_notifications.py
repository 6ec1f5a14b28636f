"""Nobody misses a reply: the platform notifies the assignee and the requester of each other's words."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_the_assignee_is_mentioned_in_the_teams_thread_when_the_requester_writes(
    office: Office,
) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.presses("bo", await office.card("IT-1"), "Claim")
    await office.answers("ana", request, "Since Monday, by the way")
    (told,) = [each for each in office.reads_thread("bo", await office.card("IT-1")) if each.pings]
    assert "Since Monday" in told.words
    assert told.pings == (office.called("bo"),)


async def test_the_requester_is_mentioned_in_the_answer(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.types("bo", "team", "/desk reply", ticket="IT-1", text="Which country?")
    (told,) = [each for each in office.reads_thread("ana", request) if each.pings]
    assert "Which country?" in told.words
    assert told.pings == (office.called("ana"),)


async def test_who_asked_by_command_is_mentioned_in_what_came_of_it(office: Office) -> None:
    await office.types("ana", "requests", "/ticket open", text="My VPN is dead")
    await office.types("bo", "team", "/desk resolve", ticket="IT-1", resolution="A new cable")
    begun = office.reads("ana", "requests")[-1]
    (told,) = [each for each in office.reads_thread("ana", begun) if each.pings]
    assert "A new cable" in told.words
    assert told.pings == (office.called("ana"),)


async def test_a_note_mentions_nobody(office: Office) -> None:
    await office.says("ana", "requests", "My VPN is dead")
    card = await office.card("IT-1")
    await office.presses("bo", card, "Claim")
    await office.answers("cleo", card, "she broke it herself")
    assert not any(each.pings for each in office.reads_thread("bo", await office.card("IT-1")))


async def test_two_words_by_direct_message_are_asked_about_and_then_a_ticket(office: Office) -> None:
    await office.writes_directly("ana", "VPN dead")
    question = office.reads_directly("ana")[-1]
    assert said("requester.shall_i_open", text="VPN dead") in question.words
    await office.presses("ana", question, "Open a ticket")
    assert "VPN dead" in (await office.card("IT-1")).words


async def test_a_greeting_by_direct_message_opens_nothing(office: Office) -> None:
    await office.writes_directly("ana", "hi")
    assert (
        said("requester.greeting", name=office.called("ana").split()[0])
        in office.reads_directly("ana")[-1].words
    )
    await office.says("ana", "requests", "My VPN is dead")
    assert "My VPN is dead" in (await office.card("IT-1")).words


async def test_an_answer_by_direct_message_goes_on_with_the_ticket_that_waits(office: Office) -> None:
    await office.says("ana", "requests", "My VPN is dead")
    await office.types("bo", "team", "/desk wait", ticket="IT-1", question="Which country?")
    await office.writes_directly("ana", "I am in Norway this week")
    said = [each.words for each in office.reads_thread("bo", await office.card("IT-1"))]
    assert any("I am in Norway this week" in words for words in said)


async def test_a_mention_with_a_file_is_a_reply_in_the_teams_thread(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.mentions_with_file("bo", await office.card("IT-1"), "reply Here is the guide", "guide.txt")
    said = office.reads_thread("ana", request)
    assert any("Here is the guide" in each.words for each in said)
    assert any("guide.txt" in f"{each.words} {each.seen.files}" for each in said)


async def test_a_mistyped_command_by_direct_message_is_asked_about(office: Office) -> None:
    await office.says("ana", "requests", "My VPN is dead")
    await office.writes_directly("ana", "lst")
    question = office.reads_directly("ana")[-1]
    assert said("requester.meant_command", text="lst", command="list").replace("`", "") in (
        question.words.replace("`", "")
    )
    await office.presses("ana", question, said("requester.button_ask_team"))
    assert "lst" in (await office.card("IT-2")).words


async def test_an_agents_command_without_its_slash_opens_nothing(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.writes_directly("bo", "desk reply IT-1 Which country?")
    assert any("Which country?" in each.words for each in office.reads_thread("ana", request))
    await office.says("ana", "requests", "My mouse is dead")
    assert "My mouse is dead" in (await office.card("IT-2")).words
