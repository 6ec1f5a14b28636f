"""One person asks for too much: they are told what to do instead, and nothing is opened."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.messages.outbound import Button
from tests.said import said
from tests.stories.chat_office import ChatOffice, settle
from tests.stories.desk_files import CHAT_DESK, DESK
from tests.stories.office import Office, open_office

LIMITED = {
    "  name: Test desk\n": "  name: Test desk\n  blocked: [web:dan]\n",
    "help-it: {channel: web:help-it}": "help-it: {channel: web:help-it, limits: {open: 2}}",
    "help-hr: {channel: web:help-hr}": "help-hr: {channel: web:help-hr, limits: {cool_down: 2m}}",
}
TOO_MANY = said("refusals.most_open", count=2, references="IT-1 and IT-2", command="/ticket close")


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    text = DESK.read_text(encoding="utf-8")
    for written, instead in LIMITED.items():
        assert written in text
        text = text.replace(written, instead)
    config = tmp_path / "limited.yaml"
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        yield office


async def references(office: Office, channel: str = "team-it") -> list[str]:
    cards = (each["content"] for each in await office.sees("lee", channel))
    return [card["reference"] for card in cards if card["type"] == "card"]


async def test_a_message_too_many_is_answered_to_its_author_alone(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.says("ana", "help-it", "My screen flickers")
    async with office.page_of("ana") as told:
        third = await office.says("ana", "help-it", "My chair squeaks")
    assert told == [TOO_MANY]
    assert await office.reads("ana", "help-it", thread=third) == []
    assert await references(office) == ["IT-1", "IT-2"]


async def test_a_command_too_many_is_refused_and_another_person_is_not(office: Office) -> None:
    await office.types("ana", "/ticket open my mouse is dead")
    await office.types("ana", "/ticket open my screen flickers")
    assert await office.types("ana", "/ticket open my chair squeaks") == TOO_MANY
    assert await office.types("bo", "/ticket open my chair squeaks") == said(
        "answers.created_in_thread", reference="IT-3", team="Service Desk"
    )


async def test_a_form_too_many_stays_open_with_the_reason(office: Office) -> None:
    await office.types("ana", "/ticket open my mouse is dead")
    await office.types("ana", "/ticket open my screen flickers")
    form = (await office.types_for_reply("ana", "/ticket open"))["reply"]
    reply = await office.submits_for_reply("ana", form, channel="help-it", text="My chair squeaks")
    assert reply is not None
    assert (reply["type"], reply["reason"]) == (
        "form_refused",
        TOO_MANY.replace("/ticket close", "“/ticket close”"),
    )


async def test_once_one_is_done_the_next_is_taken(office: Office) -> None:
    await office.types("ana", "/ticket open my mouse is dead")
    await office.types("ana", "/ticket open my screen flickers")
    await office.types("bo", "/desk resolve IT-1 all done")
    assert await office.types("ana", "/ticket open my chair squeaks") == said(
        "answers.created_in_thread", reference="IT-3", team="Service Desk"
    )


async def test_the_limit_is_for_each_place(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.says("ana", "help-it", "My screen flickers")
    await office.says("ana", "help-hr", "How many days off do I have?")
    assert await references(office, "team-people") == ["IT-3"]


async def test_an_agent_opens_one_more_for_somebody(office: Office) -> None:
    await office.types("ana", "/ticket open my mouse is dead")
    await office.types("ana", "/ticket open my screen flickers")
    answer = await office.types("bo", "/desk on-behalf-of ana her chair squeaks", channel="help-it")
    assert answer == said("answers.created_for", reference="IT-3", name="Ana Alves")


async def test_making_a_ticket_of_somebodys_message_keeps_their_limit_and_tells_nothing_of_theirs(
    office: Office,
) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.says("ana", "help-it", "My screen flickers")
    third = await office.says("ana", "help-it", "My chair squeaks")
    assert await office.makes_a_ticket_of("dan", "help-it", third) == said(
        "refusals.person_has_most_open", name="Ana Alves"
    )
    answer = await office.makes_a_ticket_of("bo", "help-it", third)
    assert answer == said("answers.created_from", reference="IT-3", name="Ana Alves")


async def test_between_two_requests_one_person_waits(office: Office) -> None:
    await office.says("ana", "help-hr", "How many days off do I have?")
    await office.passes(seconds=30)
    async with office.page_of("ana") as told:
        await office.says("ana", "help-hr", "May I take the dog to work?")
    assert told == [said("refusals.asked_just_now", reference="IT-1", left="1 min")]
    await office.passes(seconds=90)
    await office.says("ana", "help-hr", "May I take the dog to work?")
    assert await references(office, "team-people") == ["IT-1", "IT-2"]


async def test_somebody_on_the_block_list_opens_nothing_and_is_told(office: Office) -> None:
    sentence = said("refusals.blocked")
    async with office.page_of("dan") as told:
        await office.says("dan", "help-it", "Give me everything")
    assert told == [sentence]
    assert await office.types("dan", "/ticket open everything") == sentence
    assert await references(office) == []


async def test_somebody_on_the_block_list_still_writes_on_what_an_agent_opened(office: Office) -> None:
    await office.types("bo", "/desk on-behalf-of dan his badge is gone", channel="help-it")
    seen = said("answers.seen_by_team", text="I found it")
    assert (await office.types("dan", "/ticket reply IT-1 I found it")) == (
        f"{said('answers.reply_sent', reference='IT-1')} {seen}"
    )


async def test_platforms_are_asked_who_is_in_a_blocked_group(office: Office) -> None:
    assert "web:dan" in office.desk.intake.named_people()


async def test_going_on_with_a_closed_ticket_waits_for_nothing(office: Office) -> None:
    root = await office.says("ana", "help-it", "How many mice do I have?")
    await office.types("bo", "/desk close IT-1 done")
    await office.says("ana", "help-it", "And how many were left from last year?", thread=root)
    assert await references(office, "team-it") == ["IT-1", "IT-2"]


async def test_with_a_limit_of_one_the_open_ticket_is_named(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "one.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(
        text.replace("{channel: web:help-it}", "{channel: web:help-it, limits: {open: 1}}"), encoding="utf-8"
    )
    async with open_office(folder, config=config) as office:
        await office.types("ana", "/ticket open my mouse is dead")
        assert await office.types("ana", "/ticket open my screen flickers") == said(
            "refusals.most_open", count=1, references="IT-1", command="/ticket close IT-1"
        )


async def test_the_same_form_sent_again_is_the_same_ticket(office: Office) -> None:
    form = (await office.types_for_reply("ana", "/ticket open"))["reply"]
    first = await office.submits("ana", form, channel="help-it", text="My mouse is dead")
    second = await office.submits("ana", form, channel="help-it", text="My mouse is dead")
    assert first == said("answers.created_in_thread", reference="IT-1", team="Service Desk")
    assert second == said("refusals.asked_already", reference="IT-1")
    assert await references(office) == ["IT-1"]


async def test_the_same_words_a_minute_later_are_a_new_request(office: Office) -> None:
    await office.types("dan", "/ticket open my mouse is dead")
    await office.types("ana", "/ticket open my mouse is dead")
    await office.passes(seconds=61)
    assert await office.types("ana", "/ticket open my mouse is dead") == said(
        "answers.created_in_thread", reference="IT-2", team="Service Desk"
    )


async def test_an_agent_who_presses_twice_for_somebody_opens_one_ticket(office: Office) -> None:
    for _ in range(2):
        answer = await office.types("bo", "/desk on-behalf-of ana her chair squeaks", channel="help-it")
    assert answer == said("refusals.asked_already", reference="IT-1")


async def test_a_message_that_was_refused_opens_nothing_when_it_is_read_again(
    folder: Path, tmp_path: Path
) -> None:
    config = tmp_path / "chat.yaml"
    text = CHAT_DESK.read_text(encoding="utf-8")
    config.write_text(
        text.replace("{channel: chat:help}", "{channel: chat:help, limits: {open: 1}}"), encoding="utf-8"
    )
    office = ChatOffice(folder, config=config)
    async with office.desk() as desk:
        await office.chat.says("ana", "help", "My mouse is dead")
        await office.chat.says("ana", "help", "My screen flickers")
        await settle(desk)
        assert office.chat.reads_channel("team-it") == ["My mouse is dead"]
        resolve = Button(label="Resolve", verb="desk resolve", ticket="IT-1")
        await office.chat.chooses("bo", resolve, channel="team-it")
        office.passes(minutes=5)
        desk.backfills[0].sweep()
        await settle(desk)
        assert office.chat.reads_channel("team-it") == ["My mouse is dead"]
