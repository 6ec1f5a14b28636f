"""The notice that a reply can be taken back becomes true: sent, or given back."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.macros.test_macros import MACROS
from tests.stories.office import Office, open_office, shown
from tests.stories.replies.desk_that_holds import holding


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=holding(tmp_path, more=MACROS)) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        yield office


async def held(office: Office, line: str) -> dict[str, Any]:
    answer = await office.types_for_reply("bo", line, channel="team-it")
    reply: dict[str, Any] = answer["reply"]
    assert reply["again"]["after_s"] == 10
    return reply


async def what_became(office: Office, reply: dict[str, Any], *, who: str = "bo") -> dict[str, Any] | None:
    """What a page asks by itself, as it would press a button."""
    return await office.presses_private(who, {"buttons": [reply["again"]]}, 0, channel="team-it")


async def test_it_says_sent_once_it_is_and_offers_to_change_it(office: Office) -> None:
    reply = await held(office, "/desk reply IT-1 A new one is on its way")
    assert await what_became(office, reply) is None
    await office.passes(seconds=9)
    assert await what_became(office, reply) is None
    await office.passes(seconds=1)
    sent = await what_became(office, reply)
    assert sent is not None
    assert shown(sent) == said("answers.reply_sent", reference="IT-1")
    assert [each["label"] for each in sent["buttons"]] == [
        said("answers.button_edit"),
        said("answers.button_recall"),
    ]
    form = await office.presses_private("bo", sent, 0, channel="team-it")
    assert form is not None
    assert form["fields"][0]["value"] == "A new one is on its way"


async def test_of_a_resolution_it_says_that_the_ticket_has_changed(office: Office) -> None:
    reply = await held(office, "/desk resolve IT-1 A new mouse")
    await office.passes(seconds=10)
    became = await what_became(office, reply)
    assert shown(became) == said("answers.change_made", reference="IT-1")


@pytest.mark.parametrize("line", ["hold IT-1 A new moux", "resolve IT-1 A new moux", "wait IT-1 A new moux"])
async def test_of_words_with_a_change_it_offers_to_change_them(office: Office, line: str) -> None:
    await office.types("bo", "/desk reply IT-1 first words", channel="team-it")
    await office.passes(seconds=10)
    reply = await held(office, f"/desk {line}")
    await office.passes(seconds=10)
    became = await what_became(office, reply)
    assert became is not None
    form = await office.presses_private("bo", became, 0, channel="team-it")
    assert form is not None
    assert form["fields"][0]["value"] == "A new moux"
    await office.submits("bo", form, channel="team-it", text="A new mouse")
    seen = await office.everything_seen_by("ana")
    assert "A new mouse" in seen
    assert "moux" not in seen
    await office.presses_private("bo", became, 1, channel="team-it")
    seen = await office.everything_seen_by("ana")
    assert "A new mouse" not in seen
    assert "first words" in seen


async def test_of_a_change_without_words_it_offers_nothing_of_what_left_with_it(office: Office) -> None:
    await office.types("bo", "/desk reply IT-1 first words", channel="team-it")
    answer = await office.types_for_reply("bo", "/desk hold IT-1", channel="team-it")
    await office.passes(seconds=20)
    became = await what_became(office, answer["reply"])
    assert became is not None
    assert shown(became) == said("answers.change_made", reference="IT-1")
    assert became["buttons"] == []


async def test_each_of_two_replies_says_what_became_of_it(office: Office) -> None:
    first = await held(office, "/desk reply IT-1 A new one is on its way")
    await office.passes(seconds=10)
    second = await held(office, "/desk reply IT-1 Is it there?")
    await office.types("ana", "/ticket close IT-1")
    await office.passes(seconds=10)
    assert shown(await what_became(office, first)) == said("answers.reply_sent", reference="IT-1")
    returned = await what_became(office, second)
    assert returned is not None
    assert shown(returned) == said("answers.held_returned", reference="IT-1")
    assert returned["buttons"] == []


async def test_what_was_taken_back_stays_as_it_is_for_its_words(office: Office) -> None:
    reply = await held(office, "/desk reply IT-1 Buy one yourself")
    await office.presses_private("bo", reply, 0, channel="team-it")
    await office.passes(seconds=60)
    assert await what_became(office, reply) is None


async def test_a_button_that_is_pressed_too_late_goes_away(office: Office) -> None:
    reply = await held(office, "/desk reply IT-1 A new one is on its way")
    await office.passes(seconds=10)
    late = await office.presses_private("bo", reply, 0, channel="team-it")
    assert late is not None
    assert shown(late) == said("refusals.reply_has_left")
    assert late["is_turned"], "it takes the place of what had the button"
