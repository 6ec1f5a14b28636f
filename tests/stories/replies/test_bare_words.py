"""Words that look like commands in a ticket's threads: who typed them is asked whether they are."""

from typing import Any

from tests.said import said
from tests.stories.office import Office


async def test_a_bare_reply_among_the_team_can_be_sent_at_a_press(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    card = await office.card("bo", "team-it", "IT-1")
    replies: list[dict[str, Any]] = []
    async with office.page_of("bo", replies=replies) as told:
        await office.says("bo", "team-it", "reply Sorry Ana, coming over", thread=card["id"])
        await office.says("bo", "team-it", "reply is what I would do", thread=card["id"])
    assert told == [said("commands.bare_reply", reference="IT-1")]
    assert "coming over" not in await office.everything_seen_by("ana")
    await office.presses_private("bo", replies[0], 0, channel="team-it")
    seen = await office.everything_seen_by("ana")
    assert "Sorry Ana, coming over" in seen
    assert "reply Sorry" not in seen


async def test_a_requesters_bare_close_is_asked_about_and_reopens_nothing(office: Office) -> None:
    request = await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk resolve IT-1 new cable", channel="team-it")
    replies: list[dict[str, Any]] = []
    async with office.page_of("ana", replies=replies) as told:
        await office.says("ana", "help-it", "close", thread=request)
        assert "resolved" in (await office.card("bo", "team-it", "IT-1"))["content"]["status"]
        await office.presses_private("ana", replies[0], 0, channel="help-it")
        assert "closed" in (await office.card("bo", "team-it", "IT-1"))["content"]["status"]
        await office.says("ana", "help-it", "reopen", thread=request)
    assert told[0] == said("commands.bare_close", reference="IT-1")
    assert told[-1] == said("commands.bare_reopen", reference="IT-1")
    await office.presses_private("ana", replies[-1], 0, channel="help-it")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "open"


async def test_what_is_said_of_an_open_request_stays_said(office: Office) -> None:
    request = await office.says("ana", "help-it", "My screen is dark")
    async with office.page_of("ana") as told:
        await office.says("ana", "help-it", "cancel", thread=request)
    assert told == [said("commands.bare_close", reference="IT-1")]
    card = await office.card("bo", "team-it", "IT-1")
    assert "cancel" in " ".join(await office.reads("bo", "team-it", thread=card["id"]))
