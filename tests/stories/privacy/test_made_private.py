"""An open request becomes private: by its requester, by the button on the hint, and by its team."""

from typing import Any

import pytest

from tests.said import said
from tests.stories.office import Office, plain

SECRET = "My payments look wrong"
MORE = "It is about my divorce"
ANSWER = "Which month is it about?"


@pytest.fixture
async def asked(office: Office) -> str:
    """A request in a channel with an answer, a word of its requester's, and an agent who followed it unasked."""
    root = await office.says("ana", "help-it", SECRET)
    await office.types("bo", "/desk reply IT-1 " + ANSWER, channel="team-it")
    await office.says("ana", "help-it", MORE, thread=root)
    return root


async def direct_words(office: Office) -> str:
    (root,) = await office.sees("ana", "@ana")
    thread = await office.reads("ana", "@ana", thread=root["id"])
    return "\n".join([*await office.reads("ana", "@ana"), *thread])


async def test_who_asked_in_public_makes_it_private_and_nobody_else_reads_it_any_more(
    office: Office, asked: str
) -> None:
    assert SECRET in await office.everything_seen_by("dan")
    answer = await office.types("ana", "/ticket private IT-1")
    assert said("answers.private_own_direct", reference="IT-1", team="Service Desk") in answer
    assert "Bo Berg" in answer, "one of those who read it now"
    seen = await office.everything_seen_by("dan")
    assert not any(each in seen for each in (SECRET, MORE, ANSWER, "IT-1"))
    told = await direct_words(office)
    assert all(each in told for each in (SECRET, MORE, ANSWER))
    assert said("requester.made_private", reference="IT-1", team="Service Desk") in told


async def test_it_goes_on_by_direct_message_and_what_is_said_below_the_old_post_goes_there(
    office: Office, asked: str
) -> None:
    await office.types("ana", "/ticket private IT-1")
    await office.types("bo", "/desk reply IT-1 I see", channel="team-it")
    (root,) = await office.sees("ana", "@ana")
    await office.says("ana", "@ana", "Since May", thread=root["id"])
    told = await direct_words(office)
    assert "I see" in told
    assert "Since May" in told
    seen = await office.everything_seen_by("dan")
    assert "I see" not in seen
    assert "Since May" not in seen


async def test_the_card_stays_for_the_team_with_a_lock_and_lists_hide_it_from_other_teams(
    office: Office, asked: str
) -> None:
    assert "IT-1" in await office.types("cleo", f"/desk search {SECRET}", channel="team-network")
    await office.types("ana", "/ticket private IT-1")
    content = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert content["is_private"]
    assert content["excerpt"] == SECRET
    assert said("requester.received", reference="IT-1", team="Service Desk") not in await office.types(
        "dan", "/ticket show IT-1"
    )


async def test_an_agent_of_its_team_makes_it_private_and_it_is_written_down_once(
    office: Office, asked: str
) -> None:
    answer = await office.types("bo", "/desk private IT-1", channel="team-it")
    assert said("answers.private_direct", reference="IT-1", team="Service Desk") in answer
    others = "Cleo Chen and Lee Lund"
    assert said("answers.private_readers_besides", team="Service Desk", people=others) in answer
    again = await office.types("bo", "/desk private IT-1", channel="team-it")
    assert said("refusals.already_private", reference="IT-1") in again
    history = await office.types("bo", "/desk history IT-1", channel="team-it")
    assert history.count(said("history.made_private", name="Bo Berg")) == 1
    assert SECRET not in await office.everything_seen_by("dan")


async def test_nobody_else_can(office: Office, asked: str) -> None:
    await office.types("dan", "/ticket private IT-1")
    assert SECRET in await office.everything_seen_by("dan")


async def test_who_else_wrote_there_is_told_and_its_agent_too(office: Office, asked: str) -> None:
    await office.says("dan", "help-it", "The same with mine", thread=asked)
    answer = await office.types("bo", "/desk private IT-1", channel="team-it")
    assert said("answers.private_wrote", people="Dan Dietz") in answer
    told = said("requester.left_outside", text="The same with mine")
    (notice,) = await office.sees("dan", "@dan")
    assert plain(notice["content"]["text"]) == told
    assert SECRET not in await office.everything_seen_by("dan")
    assert "The same with mine" in await office.types("cleo", "/desk show IT-1", channel="team-it")
    form = await office.presses("dan", notice, said("requester.button_open"))
    assert form is not None
    assert form["type"] == "form"
    assert told not in await office.everything_seen_by("ana")


async def test_who_was_invited_goes_on_following_and_who_was_not_does_not(office: Office) -> None:
    await office.says("ana", "help-it", SECRET)
    await office.types("bo", "/desk transfer IT-1 network", channel="team-it")
    await office.types("ana", "/ticket add IT-1 @dan")
    answer = await office.types("ana", "/ticket private IT-1")
    assert said("answers.private_left", people="Bo Berg") in answer
    assert said("answers.private_invited", people="Dan Dietz") in answer
    assert SECRET not in await office.types("bo", "/desk show IT-1", channel="team-it")
    assert SECRET in await office.types("dan", "/ticket show IT-1")


async def test_the_hint_to_who_asks_for_confidence_has_the_button(office: Office) -> None:
    replies: list[dict[str, Any]] = []
    async with office.page_of("ana", replies) as told:
        await office.says("ana", "help-it", f"{SECRET}, please keep it confidential")
    command = "/ticket private IT-1"
    assert (
        said("requester.others_read_own", reference="IT-1", team="Service Desk", command=command) in told[-1]
    )
    (button,) = replies[-1]["buttons"]
    assert button["label"] == said("requester.button_make_private")
    made = await office.presses_private("ana", replies[-1], 0, channel="help-it")
    assert SECRET not in await office.everything_seen_by("dan")
    assert made is not None
    assert made["is_turned"], "it takes the place of the hint, which is true no more"


async def test_who_edits_a_wish_for_confidence_into_a_public_message_is_told_who_reads_it(
    office: Office,
) -> None:
    replies: list[dict[str, Any]] = []
    async with office.page_of("ana", replies=replies) as told:
        root = await office.says("ana", "help-it", "The heating in my office is broken")
        assert told == []
        await office.edits("ana", root, "The heating is broken. Please do not tell my manager that I was ill")
        await office.edits("ana", root, "My heating is broken. Please do not tell my manager that I was ill")
    facts = {"team": "Service Desk", "command": "/ticket private IT-1"}
    (hint,) = told
    assert said("requester.others_read_own", reference="IT-1", **facts) in hint
    await office.presses_private("ana", replies[-1], 0, channel="help-it")
    assert "heating" not in await office.everything_seen_by("dan")


async def test_whose_request_was_merged_into_it_reads_no_more_of_it(office: Office, asked: str) -> None:
    await office.says("dan", "help-it", "My payments look odd as well")
    await office.types("bo", "/desk merge IT-2 IT-1", channel="team-it")
    await office.types("bo", "/desk reply IT-1 Both of you wait", channel="team-it")
    await office.types("bo", "/desk private IT-1", channel="team-it")
    await office.types("bo", "/desk reply IT-1 Only for Ana", channel="team-it")
    assert "Only for Ana" not in await office.everything_seen_by("dan")
    assert (await office.card("bo", "team-it", "IT-2"))["content"]["status"] != "closed"
