"""Somebody who presses Enter too early has one ticket, not two."""

import pytest

from tests.said import said
from tests.stories.office import Office, shown

MORE = "It is the one on floor 2"


async def asks(office: Office) -> str:
    return await office.says("ana", "help-it", "The printer is jammed")


async def test_what_only_adds_to_a_request_joins_its_ticket(office: Office) -> None:
    first = await asks(office)
    second = await office.says("ana", "help-it", MORE)
    (card,) = await office.sees("bo", "team-it")
    assert await office.reads("bo", "team-it", thread=card["id"]) == [f"Ana Alves: {MORE}"]
    assert await office.reads("ana", "help-it", thread=second) == [said("requester.joined", reference="IT-1")]
    assert len(await office.reads("ana", "help-it", thread=first)) == 1


async def test_what_is_said_under_it_reaches_the_team_and_the_answer_stands_under_the_request(
    office: Office,
) -> None:
    first = await asks(office)
    second = await office.says("ana", "help-it", MORE)
    await office.says("ana", "help-it", "tray 2", thread=second)
    (card,) = await office.sees("bo", "team-it")
    assert (await office.reads("bo", "team-it", thread=card["id"]))[-1] == "Ana Alves: tray 2"
    await office.types("bo", "/desk reply IT-1 on my way")
    assert (await office.reads("ana", "help-it", thread=first))[-1] == "Bo Berg: on my way"
    assert "Bo Berg: on my way" not in await office.reads("ana", "help-it", thread=second)


async def test_an_edit_or_deletion_of_what_joined_follows(office: Office) -> None:
    await asks(office)
    second = await office.says("ana", "help-it", MORE)
    (card,) = await office.sees("bo", "team-it")
    await office.edits("ana", second, "It is the one on floor 3")
    assert await office.reads("bo", "team-it", thread=card["id"]) == ["Ana Alves: It is the one on floor 3"]
    await office.deletes("ana", second)
    assert await office.reads("bo", "team-it", thread=card["id"]) == []
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "new"


@pytest.mark.parametrize("text", ["My screen is black too", "It is on floor 2, can you come?"])
async def test_a_question_or_request_of_its_own_is_a_ticket_of_its_own(office: Office, text: str) -> None:
    await asks(office)
    await office.says("ana", "help-it", text)
    assert len(await office.sees("bo", "team-it")) == 2


async def test_after_a_minute_it_is_a_ticket_of_its_own(office: Office) -> None:
    await asks(office)
    await office.passes(seconds=61)
    await office.says("ana", "help-it", MORE)
    assert len(await office.sees("bo", "team-it")) == 2


async def test_somebody_elses_words_are_a_ticket_of_their_own(office: Office) -> None:
    await asks(office)
    await office.says("dan", "help-it", MORE)
    assert len(await office.sees("bo", "team-it")) == 2


async def test_once_somebody_has_the_ticket_nothing_joins_it(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk claim IT-1")
    await office.says("ana", "help-it", MORE)
    assert len(await office.sees("bo", "team-it")) == 2


async def test_in_another_channel_it_is_a_ticket_of_its_own(office: Office) -> None:
    await asks(office)
    await office.says("ana", "help-hr", MORE)
    assert len(await office.sees("bo", "team-people")) == 1


async def test_separate_makes_it_a_ticket_with_all_that_was_said_under_it(office: Office) -> None:
    await asks(office)
    second = await office.says("ana", "help-it", MORE)
    await office.says("ana", "help-it", "tray 2", thread=second)
    note = (await office.sees_thread("ana", "help-it", second))[0]
    reply = await office.presses("ana", note, "Separate")
    assert reply is not None
    old = await office.card("bo", "team-it", "IT-1")
    new = await office.card("bo", "team-it", "IT-2")
    assert new["content"]["subject"] == MORE
    assert await office.reads("bo", "team-it", thread=new["id"]) == ["Ana Alves: tray 2"]
    left = await office.reads("bo", "team-it", thread=old["id"])
    assert not any(MORE in each or "tray 2" in each for each in left)
    await office.says("ana", "help-it", "it blinks", thread=second)
    assert (await office.reads("bo", "team-it", thread=new["id"]))[-1] == "Ana Alves: it blinks"
    assert any(
        said("requester.received", reference="IT-2", team="Service Desk") in each
        for each in await office.reads("ana", "help-it", thread=second)
    )


async def test_a_reply_in_the_thread_cannot_be_separated_and_it_is_said_what_can(office: Office) -> None:
    thread = await asks(office)
    await office.says("ana", "help-it", "And the scanner is dead, too", thread=thread)
    refused = await office.types("ana", "/ticket separate IT-1")
    assert refused == said("refusals.replies_stay", reference="IT-1", command="/ticket open")


async def test_separating_twice_or_by_somebody_else_is_refused(office: Office) -> None:
    await asks(office)
    second = await office.says("ana", "help-it", MORE)
    (note,) = await office.sees_thread("ana", "help-it", second)
    refused = said(
        "commands.others_request", reference="IT-1", team="Service Desk", command="/ticket add IT-1"
    )
    assert shown(await office.presses("dan", note, "Separate")) == refused
    await office.presses("bo", note, "Separate")
    again = await office.types("ana", "/ticket separate IT-1")
    assert again == said("refusals.nothing_to_separate", reference="IT-1")


async def test_what_was_withdrawn_before_is_not_joined(office: Office) -> None:
    first = await asks(office)
    await office.deletes("ana", first)
    await office.says("ana", "help-it", MORE)
    assert await office.card("bo", "team-it", "IT-2")
