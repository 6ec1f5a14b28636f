"""What an agent marks as a note is none that the requester reads, whichever command or form it was typed into."""

import pytest

from tests.said import said
from tests.stories.office import Office

SECRET = "he broke it himself"


@pytest.fixture
async def asked(office: Office) -> Office:
    await office.says("ana", "help-it", "My mouse is dead")
    return office


@pytest.mark.parametrize("mark", ["note: ", "internal: ", "[note] ", "Notiz: "])
async def test_a_reply_that_begins_like_a_note_stays_with_the_team(asked: Office, mark: str) -> None:
    answer = await asked.types("bo", f"/desk reply IT-1 {mark}{SECRET}", channel="team-it")
    assert said("answers.kept_as_note", reference="IT-1") in answer
    assert SECRET not in await asked.everything_seen_by("ana")
    assert SECRET in await asked.everything_seen_by("cleo")


async def test_a_button_sends_it_all_the_same_and_the_note_goes(asked: Office) -> None:
    typed = await asked.types_for_reply("bo", f"/desk reply IT-1 note: {SECRET}", channel="team-it")
    (button,) = typed["reply"]["buttons"]
    assert button["label"] == said("answers.button_send_note")
    await asked.presses_private("bo", typed["reply"], 0, channel="team-it")
    assert SECRET in await asked.everything_seen_by("ana")
    await asked.presses_private("bo", typed["reply"], 0, channel="team-it")
    (root,) = await asked.sees("ana", "help-it")
    thread = await asked.reads("ana", "help-it", thread=root["id"])
    assert sum(SECRET in each for each in thread) == 1


async def test_the_reply_form_keeps_it_too(asked: Office) -> None:
    form = await asked.presses("bo", await asked.card("bo", "team-it", "IT-1"), said("team.button_reply"))
    assert form is not None
    answer = await asked.submits("bo", form, channel="team-it", text=f"internal: {SECRET}")
    assert said("answers.kept_as_note", reference="IT-1") in answer
    assert SECRET not in await asked.everything_seen_by("ana")


async def test_words_with_a_resolution_are_asked_about_and_sent_as_they_stand(asked: Office) -> None:
    typed = await asked.types_for_reply("bo", f"/desk resolve IT-1 note: {SECRET}", channel="team-it")
    form = typed["reply"]
    assert form["submit"] == said("answers.send_as_it_stands")
    assert SECRET not in await asked.everything_seen_by("ana")
    await asked.submits("bo", form, channel="team-it", resolution=f"note: {SECRET}")
    assert SECRET in await asked.everything_seen_by("ana")


async def test_a_note_about_something_else_is_a_reply_like_any_other(asked: Office) -> None:
    await asked.types("bo", "/desk reply IT-1 Please note the new address", channel="team-it")
    assert "Please note" in await asked.everything_seen_by("ana")
