"""While a reply can still be taken back: colleagues know of it, and what has become pointless is not sent blindly."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.office import Office, open_office, plain, shown
from tests.stories.replies.desk_that_holds import holding

BO_SENDS = said("answers.sends_reply", name="Bo Berg")
CLOSED = said("refusals.closed_before_sent", name="Ana Alves", reference="IT-1")


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=holding(tmp_path)) as office:
        yield office


async def told_directly(office: Office, who: str) -> list[str]:
    direct = next(each["id"] for each in await office.channels(who) if each["kind"] == "direct")
    return await office.reads(who, direct)


async def notice_of_form(office: Office, who: str, label: str = "Reply") -> str:
    form = await office.presses(who, await office.card(who, "team-it", "IT-1"), label)
    assert form is not None
    return plain(form["notice"])


async def test_a_colleague_who_opens_the_form_is_told_who_is_sending(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 A new one is on its way", channel="team-it")
    assert await notice_of_form(office, "cleo") == BO_SENDS
    assert await notice_of_form(office, "cleo", "Note") == BO_SENDS
    await office.passes(seconds=9)
    assert await notice_of_form(office, "cleo") == BO_SENDS, "another look at the database changes nothing"
    await office.passes(seconds=1)
    assert await notice_of_form(office, "cleo") == "", "it is sent"


async def test_its_author_is_not_told_of_it(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 A new one is on its way", channel="team-it")
    assert await notice_of_form(office, "bo") == ""


async def test_a_colleague_who_replies_at_once_is_told(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 A new one is on its way", channel="team-it")
    assert (await office.types("cleo", "/desk reply IT-1 Which one?", channel="team-it")).endswith(BO_SENDS)
    assert (await office.types("cleo", "/desk note IT-1 Bo has it", channel="team-it")).endswith(BO_SENDS)
    assert BO_SENDS not in await office.everything_seen_by("ana")
    await office.passes(seconds=20)
    assert (await office.reads("ana", "help-it", thread=root))[1:] == [
        "Bo Berg: A new one is on its way",
        "Cleo Chen: Which one?",
    ]


async def test_what_is_taken_back_is_not_being_sent(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 Buy one yourself", channel="team-it")
    await office.types("bo", "/desk unsend IT-1", channel="team-it")
    assert BO_SENDS not in await notice_of_form(office, "cleo")


async def test_a_reply_to_a_request_that_was_closed_meanwhile_is_given_back(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 A new one is on its way", channel="team-it")
    await office.passes(seconds=5)
    await office.types("ana", "/ticket close IT-1")
    await office.passes(seconds=5)
    assert "A new one" not in await office.everything_seen_by("ana")
    assert (await told_directly(office, "bo"))[-1] == said(
        "team.held_reply_refused", reference="IT-1", reason=CLOSED, text="A new one is on its way"
    )
    await office.types("bo", "/desk reply IT-1 Keep it as a spare", channel="team-it")
    await office.passes(seconds=10)
    assert "Bo Berg: Keep it as a spare" in await office.reads("ana", "help-it", thread=root)


async def test_a_reply_to_a_request_that_was_withdrawn_meanwhile_is_given_back(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 A new one is on its way", channel="team-it")
    await office.deletes("ana", root)
    await office.passes(seconds=10)
    assert CLOSED in (await told_directly(office, "bo"))[-1]


async def test_what_its_author_closes_behind_it_is_sent_first(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 A new one is on its way", channel="team-it")
    await office.types("bo", "/desk close IT-1 done", channel="team-it")
    await office.passes(seconds=20)
    assert "Bo Berg: A new one is on its way" in await office.reads("ana", "help-it", thread=root)


async def test_a_ticket_that_was_closed_before_may_still_be_answered(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("ana", "/ticket close IT-1")
    await office.passes(seconds=1)
    await office.types("bo", "/desk reply IT-1 Good to hear", channel="team-it")
    await office.passes(seconds=10)
    assert "Bo Berg: Good to hear" in await office.reads("ana", "help-it", thread=root)


async def test_a_form_confirms_with_ways_to_change_what_was_sent(folder: Path) -> None:
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        for label, key in (("Reply", "answers.reply_sent"), ("Note", "answers.note_added")):
            form = await office.presses("bo", await office.card("bo", "team-it", "IT-1"), label)
            assert form is not None
            reply = await office.submits_for_reply("bo", form, channel="team-it", text="It is on its way")
            assert reply is not None
            assert shown(reply).startswith(said(key, reference="IT-1"))
            assert [each["label"] for each in reply["buttons"]] == [
                said("answers.button_edit"),
                said("answers.button_recall"),
            ]
