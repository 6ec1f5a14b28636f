"""Agents escalate what they cannot solve, as people at the page live it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.escalations.test_on_call import IT, written
from tests.stories.office import Office, open_office

LEVELS = (
    IT,
    (
        "    leads: [web:lee]\n    calendar: 24x7\n    escalates: {to: network, tried: required}\n"
        "    anonymous: no\n  network:"
    ),
)
TRIED = "Restarted the router, same error"


@pytest.fixture
async def levels(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=written(folder, LEVELS, more="")) as office:
        await office.says("ana", "help-it", "The internet is slow")
        await office.types("bo", "/desk claim IT-1")
        yield office


async def test_the_next_level_reads_what_was_tried_on_its_card_and_in_its_thread(levels: Office) -> None:
    answer = await levels.types("bo", f"/desk escalate IT-1 {TRIED}", channel="team-it")
    assert said("answers.escalated", reference="IT-1", team="Network") in answer
    assert said("answers.seen_by_note", text=TRIED) in answer
    card = await levels.card("cleo", "team-network", "IT-1")
    assert said("team.why_escalated_because", name="Bo Berg", reason=TRIED) in card["content"]["why_here"]
    assert card["content"]["assignee"] is None
    thread = await levels.reads("cleo", "team-network", thread=card["id"])
    assert any(said("team.tried", text=TRIED) in each for each in thread)
    (left,) = await levels.sees("bo", "team-it")
    behind = await levels.reads("bo", "team-it", thread=left["id"])
    told = said("team.escalated", name="Bo Berg", reference="IT-1", team="Network")
    assert any(told in each for each in behind)


async def test_history_and_the_staffs_transcript_keep_what_was_tried(levels: Office) -> None:
    await levels.types("bo", f"/desk escalate IT-1 {TRIED}", channel="team-it")
    told = said(
        "history.escalated_because", name="Bo Berg", old_team="Service Desk", team="Network", reason=TRIED
    )
    assert told in await levels.types("cleo", "/desk history IT-1")
    assert TRIED in await levels.types("cleo", "/desk show IT-1")


async def test_the_requester_reads_who_has_it_now_and_nothing_of_what_was_tried(levels: Office) -> None:
    await levels.types("bo", f"/desk escalate IT-1 {TRIED}", channel="team-it")
    seen = await levels.everything_seen_by("ana")
    assert "Network" in seen
    assert TRIED not in seen
    assert "router" not in await levels.types("ana", "/ticket show IT-1")


async def test_who_escalated_follows_the_ticket_still_sees_it_and_may_stop(levels: Office) -> None:
    answer = await levels.types("bo", f"/desk escalate IT-1 {TRIED}", channel="team-it")
    assert said("answers.escalated_follows", command="/desk unfollow IT-1") in answer
    assert TRIED in await levels.types("bo", "/desk show IT-1")
    assert "IT-1" in await levels.types("bo", "/desk search internet is:followed")
    await levels.types("bo", "/desk unfollow IT-1")
    assert TRIED not in await levels.types("bo", "/desk show IT-1")


async def test_who_says_nothing_is_asked_what_was_tried(levels: Office) -> None:
    form = (await levels.types_for_reply("bo", "/desk escalate IT-1", channel="team-it"))["reply"]
    (field,) = form["fields"]
    assert field["required"]
    await levels.submits("bo", form, channel="team-it", tried=TRIED)
    card = await levels.card("cleo", "team-network", "IT-1")
    assert TRIED in card["content"]["why_here"]


async def test_the_cards_menu_escalates_where_there_is_a_next_level(levels: Office) -> None:
    card = await levels.card("bo", "team-it", "IT-1")
    asked = await levels.presses("bo", card, said("team.button_escalate_form"))
    assert asked is not None
    needed = said("refusals.tried_needed", team="Network", reference="IT-1")
    assert needed in str(await levels.sends_form("bo", asked, channel="team-it", values={"tried": ""}))
    await levels.submits("bo", asked, channel="team-it", tried=TRIED)
    card = await levels.card("cleo", "team-network", "IT-1")
    assert said("team.button_escalate_form") not in [each["label"] for each in card["content"]["menu"]]


async def test_the_last_level_is_told_that_there_is_no_next_one(levels: Office) -> None:
    await levels.types("bo", f"/desk escalate IT-1 {TRIED}", channel="team-it")
    told = said("refusals.no_next_level", team="Network", command="/desk transfer")
    assert told in await levels.types("cleo", "/desk escalate IT-1 All of it", channel="team-network")


async def test_a_finished_ticket_is_not_escalated(levels: Office) -> None:
    await levels.types("bo", "/desk resolve IT-1 It is fast again")
    await levels.types("bo", f"/desk escalate IT-1 {TRIED}", channel="team-it")
    assert TRIED not in await levels.types("bo", "/desk show IT-1")


async def test_a_private_ticket_is_escalated_once_that_is_confirmed(folder: Path) -> None:
    change = (
        "    calendar: office\n\nrouting:",
        "    calendar: office\n    escalates: {to: it}\n\nrouting:",
    )
    async with open_office(folder, config=written(folder, change, more="")) as office:
        await office.says("ana", "hr-private", "My payslip is wrong")
        asked = (await office.types_for_reply("bo", "/desk escalate IT-1", channel="team-people"))["reply"]
        assert "payslip" not in await office.everything_seen_by("cleo")
        await office.presses_private("bo", asked, 0, channel="team-people")
        assert "payslip" in await office.everything_seen_by("cleo")
        assert "payslip" in await office.types("bo", "/desk show IT-1")
        assert "IT-1" in await office.types("bo", "/desk search payslip")


async def test_who_may_say_nothing_is_asked_first_and_may_add_something_later(folder: Path) -> None:
    optional = (IT, LEVELS[1].replace(", tried: required", ""))
    async with open_office(folder, config=written(folder, optional, more="")) as office:
        await office.says("ana", "help-it", "The internet is slow")
        (left,) = await office.sees("bo", "team-it")
        form = (await office.types_for_reply("bo", "/desk escalate IT-1", channel="team-it"))["reply"]
        assert not form["fields"][0]["required"]
        assert await office.sees("cleo", "team-network") == []
        told = await office.submits("bo", form, channel="team-it", tried="")
        assert said("answers.escalated_more", team="Network") in str(told)
        await office.says("bo", "team-it", "I had restarted the router", thread=left["id"])
        card = await office.card("cleo", "team-network", "IT-1")
        thread = await office.reads("cleo", "team-network", thread=card["id"])
        assert any("restarted the router" in each for each in thread)
        assert "restarted" not in await office.everything_seen_by("ana")
