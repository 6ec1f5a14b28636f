"""Asking so that nobody else reads it: by a word before the request, by the form, by direct message."""

import pytest

from tests.said import said
from tests.stories.office import Office

SECRET = "My boss reads my mails"


@pytest.mark.parametrize("mark", ["private: ", "confidential: ", "[private] ", "vertraulich: "])
async def test_a_request_that_begins_so_is_read_by_the_team_alone(office: Office, mark: str) -> None:
    answer = await office.types("ana", f"/ticket open {mark}{SECRET}", channel="help-it")
    assert said("answers.created_in_directs", reference="IT-1", team="Service Desk") in answer
    assert said("requester.only_team_reads", team="Service Desk") in answer
    assert SECRET not in await office.everything_seen_by("dan")
    content = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert content["is_private"]
    assert content["excerpt"] == SECRET


async def test_the_mark_alone_opens_the_private_form(office: Office) -> None:
    form = (await office.types_for_reply("ana", "/ticket open private", channel="help-it"))["reply"]
    (private,) = [field for field in form["fields"] if field["name"] == "private"]
    assert private["value"] == "yes"
    assert form["fields"][0]["value"] == ""


async def test_what_is_said_in_a_channel_with_the_mark_goes_on_in_private(office: Office) -> None:
    await office.says("ana", "help-it", f"[confidential] {SECRET}")
    assert SECRET not in await office.everything_seen_by("dan")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["is_private"]


async def test_where_the_colon_was_forgotten_it_is_kept_private_with_all_its_words(office: Office) -> None:
    await office.types("ana", "/ticket open private printer is jammed", channel="help-it")
    content = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert content["is_private"]
    assert content["excerpt"] == "private printer is jammed"
    assert "jammed" not in await office.everything_seen_by("dan")


async def test_private_further_on_is_a_word_like_any_other(office: Office) -> None:
    await office.types("ana", "/ticket open my private printer is jammed")
    assert not (await office.card("bo", "team-it", "IT-1"))["content"]["is_private"]


@pytest.mark.parametrize(
    ("channel", "hint"),
    [
        ("hr-private", said("commands.form_is_private_with", team="People")),
        ("@ana", said("commands.form_is_private")),
    ],
)
async def test_where_every_request_is_private_the_form_says_who_reads_it_instead_of_asking(
    office: Office, channel: str, hint: str
) -> None:
    form = (await office.types_for_reply("ana", "/ticket open", channel=channel))["reply"]
    assert form["fields"][0]["hint"] == hint
    assert "private" not in [field["name"] for field in form["fields"]]


async def test_elsewhere_the_form_asks(office: Office) -> None:
    form = (await office.types_for_reply("ana", "/ticket open", channel="help-it"))["reply"]
    assert "private" in [field["name"] for field in form["fields"]]
    assert form["fields"][0]["hint"] != said("commands.form_is_private")
    (private,) = [field for field in form["fields"] if field["name"] == "private"]
    assert private["hint"] == said("commands.private_left_open")
