"""A reply can be taken back for ten seconds, where the team wants that."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.macros.test_macros import MACROS
from tests.stories.office import Office, open_office, shown, words
from tests.stories.replies.desk_that_holds import holding

HELD = said("answers.reply_held", reference="IT-1", wait="10 s")


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=holding(tmp_path, more=MACROS)) as office:
        yield office


def seen(text: str) -> str:
    return said("answers.seen_by_requester", text=text)


async def bo_types(office: Office, line: str) -> dict[str, Any]:
    answer = await office.types_for_reply("bo", line, channel="team-it")
    reply: dict[str, Any] = answer["reply"]
    return reply


async def test_a_reply_leaves_after_ten_seconds_and_counts_from_then(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    assert await office.types("bo", "/desk reply IT-1 A new one is on its way", channel="team-it") == (
        f"{HELD} {seen('A new one is on its way')}"
    )
    assert len(await office.reads("ana", "help-it", thread=root)) == 1, "it has not left"
    await office.passes(seconds=9)
    assert len(await office.reads("ana", "help-it", thread=root)) == 1
    await office.passes(seconds=1)
    assert (await office.reads("ana", "help-it", thread=root))[1:] == ["Bo Berg: A new one is on its way"]
    await office.passes(seconds=60)
    assert len(await office.reads("ana", "help-it", thread=root)) == 2, "once"
    ticket = await office.desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
    assert ticket is not None
    assert ticket.first_replied_at is not None
    assert (ticket.first_replied_at - ticket.opened_at).total_seconds() == 10


async def test_what_is_taken_back_reaches_nobody_and_can_be_changed(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    held = await bo_types(office, "/desk reply IT-1 Buy one yourself")
    assert [each["label"] for each in held["buttons"]] == [said("answers.button_take_back")]
    form = await office.presses_private("bo", held, 0, channel="team-it")
    assert form is not None
    assert form["type"] == "form"
    assert form["fields"][0]["value"] == "Buy one yourself"
    assert "".join(form["notice"]) == said("answers.taken_back", reference="IT-1")
    await office.passes(minutes=1)
    everything = await office.everything_seen_by("ana")
    assert "yourself" not in everything
    ticket = await office.types("bo", "/desk show IT-1", channel="team-it")
    assert "yourself" not in ticket
    history = await office.types("bo", "/desk history IT-1", channel="team-it")
    assert said("history.taken_back", name="Bo Berg") in history
    answer = await office.submits("bo", form, channel="team-it", text="I’ll bring you one")
    assert answer == f"{HELD} {seen('I’ll bring you one')}"
    await office.passes(seconds=10)
    assert (await office.reads("ana", "help-it", thread=root))[1:] == ["Bo Berg: I’ll bring you one"]


async def test_a_second_press_gives_the_words_back_once_more(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    held = await bo_types(office, "/desk reply IT-1 Buy one yourself")
    await office.presses_private("bo", held, 0, channel="team-it")
    again = await office.presses_private("bo", held, 0, channel="team-it")
    assert again is not None
    assert again["fields"][0]["value"] == "Buy one yourself"


async def test_it_is_taken_back_by_command_too_and_not_when_it_has_left(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    held = await bo_types(office, "/desk reply IT-1 Buy one yourself")
    assert await office.types("cleo", "/desk unsend IT-1", channel="team-it") == said(
        "refusals.no_held_reply"
    ), "it is Bo’s"
    assert (await office.types("bo", "/desk unsend", channel="team-it")).startswith("form: ")
    assert await office.types("bo", "/desk unsend", channel="team-it") == said("refusals.no_held_reply")
    held = await bo_types(office, "/desk reply IT-1 Here you are")
    await office.passes(seconds=10)
    late = await office.presses_private("bo", held, 0, channel="team-it")
    assert shown(late) == said("refusals.reply_has_left")


async def test_the_cards_form_says_that_it_is_held_back(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    form = await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Reply")
    assert form is not None
    reply = await office.submits_for_reply("bo", form, channel="team-it", text="On my way")
    assert shown(reply) == f"{HELD} {seen('On my way')}"
    assert reply is not None
    assert len(reply["buttons"]) == 1


async def test_a_mention_is_held_back_as_a_command_is(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    card = await office.card("bo", "team-it", "IT-1")
    async with office.page_of("bo") as told:
        await office.says("bo", "team-it", "@deskbell reply On my way", thread=card["id"])
    assert told == [f"{HELD} {seen('On my way')}"]
    assert len(await office.reads("ana", "help-it", thread=root)) == 1
    await office.passes(seconds=10)
    assert (await office.reads("ana", "help-it", thread=root))[1:] == ["Bo Berg: On my way"]


async def test_a_resolution_waits_and_what_follows_waits_behind_it(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 Try this", channel="team-it")
    await office.passes(seconds=4)
    await office.types("bo", "/desk resolve IT-1", channel="team-it")
    assert "resolved" not in words(await office.card("bo", "team-it", "IT-1")), "it waits behind the reply"
    await office.passes(seconds=6)
    _, *then = await office.reads("ana", "help-it", thread=root)
    assert then == [
        "Bo Berg: Try this",
        said("requester.resolved", name="Bo Berg", reference="IT-1"),
    ]
    assert "resolved" in words(await office.card("bo", "team-it", "IT-1"))


async def test_a_macro_waits_whole(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    held = await bo_types(office, "/desk macro IT-1 restart now")
    assert shown(held).startswith(HELD)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "new"
    await office.passes(seconds=10)
    assert len(await office.reads("ana", "help-it", thread=root)) == 3
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "pending"


async def test_what_can_no_longer_be_done_is_given_back(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk resolve IT-1 A new mouse", channel="team-it")
    await office.says("cleo", "help-it", "I’ll see to it", thread=root)
    await office.types("lee", "/desk transfer IT-1 network", channel="team-it")
    await office.passes(seconds=10)
    assert "A new mouse" not in await office.everything_seen_by("ana")
    direct = next(each["id"] for each in await office.channels("bo") if each["kind"] == "direct")
    told = (await office.reads("bo", direct))[-1]
    assert "A new mouse" in told
    assert "IT-1" in told


async def test_a_restart_loses_and_doubles_nothing(folder: Path, tmp_path: Path) -> None:
    config = holding(tmp_path)
    async with open_office(folder, config=config) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk reply IT-1 A new one is on its way", channel="team-it")
        at = office.clock.now()
    async with open_office(folder, config=config, at=at) as office:
        assert len(await office.reads("ana", "help-it", thread=root)) == 1
        await office.passes(seconds=10)
        assert (await office.reads("ana", "help-it", thread=root))[1:] == ["Bo Berg: A new one is on its way"]
    async with open_office(folder, config=config, at=at) as office:
        await office.passes(minutes=1)
        assert len(await office.reads("ana", "help-it", thread=root)) == 2


async def test_nothing_waits_where_a_target_would_be_missed_meanwhile(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=29, seconds=55)
    assert await office.types("bo", "/desk reply IT-1 On my way", channel="team-it") == (
        f"{said('answers.reply_sent', reference='IT-1')} {seen('On my way')}"
    )
    assert "Bo Berg: On my way" in await office.reads("ana", "help-it", thread=root)


async def test_what_is_typed_in_a_thread_is_there_at_once_and_so_is_all_of_other_teams(
    office: Office,
) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("bo", "help-it", "Which one?", thread=root)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "open"
    other = await office.says("ana", "help-it", "The vpn is down")
    await office.types("cleo", "/desk reply IT-2 Looking", channel="team-network")
    assert "Cleo Chen: Looking" in await office.reads("ana", "help-it", thread=other)
