"""Plain words become commands that are shown first, and run as whoever asked once they press the button."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.language_model.endpoint import Endpoint, answers, answers_first, completion
from tests.said import said
from tests.stories.assistant.desk_with_model import is_answered, last_told, office_with_model, told_directly
from tests.stories.office import Office, shown

DO, DROP = said("assistant.button_do"), said("assistant.button_drop")


@pytest.fixture
async def asked(folder: Path) -> AsyncIterator[tuple[Office, Endpoint]]:
    async with office_with_model(folder) as (office, endpoint):
        await office.says("ana", "help-it", "My mouse is dead")
        await office.says("dan", "help-it", "My screen is dark")
        yield office, endpoint


def proposes(endpoint: Endpoint, *commands: object, remark: str = "") -> None:
    endpoint.says, endpoint.calls = "", [("propose", {"commands": list(commands), "remark": remark})]


async def plan(office: Office, who: str, text: str) -> dict[str, Any]:
    await office.types(who, f"/desk ask {text}")
    await is_answered(office)
    return (await told_directly(office, who))[-1]


async def status(office: Office, reference: str) -> str:
    return str((await office.card("lee", "team-it", reference))["content"]["status"])


async def test_nothing_is_done_before_the_button_and_then_what_was_shown(
    asked: tuple[Office, Endpoint],
) -> None:
    office, endpoint = asked
    proposes(
        endpoint, "/desk claim IT-1", "/desk reply IT-1 A new one comes", remark="Both are about the mouse."
    )
    told = await plan(office, "bo", "take Ana's mouse and tell her that a new one comes")
    text = await last_told(office, "bo")
    for line in (
        said("assistant.plan"),
        "/desk claim IT-1",
        "/desk reply IT-1 A new one comes",
        "Both are about",
    ):
        assert line in text
    assert await status(office, "IT-1") == said("terms.status_new")
    assert "A new one comes" not in await office.everything_seen_by("ana")
    await office.presses("bo", told, DO)
    await is_answered(office)
    assert await status(office, "IT-1") == said("terms.status_open")
    assert "A new one comes" in await office.everything_seen_by("ana")
    text = await last_told(office, "bo")
    assert said("assistant.plan_done") in text
    assert (await told_directly(office, "bo"))[-1]["content"]["buttons"] == []


async def test_it_is_done_once_however_often_it_is_pressed(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    proposes(endpoint, "/desk reply IT-1 Only once, please")
    told = await plan(office, "bo", "answer Ana")
    with office.without_waiting():
        await office.presses_what_it_saw("bo", told, DO)
        await office.presses_what_it_saw("bo", told, DO)
    await is_answered(office)
    await is_answered(office)
    card = await office.card("bo", "team-it", "IT-1")
    replies = await office.reads("bo", "team-it", thread=card["id"])
    assert len([each for each in replies if "Only once, please" in each]) == 1


async def test_what_is_dropped_is_not_done(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    proposes(endpoint, "/desk claim IT-1")
    told = await plan(office, "bo", "take it")
    assert said("assistant.plan_dropped") in shown(await office.presses("bo", told, DROP))
    await is_answered(office)
    assert await status(office, "IT-1") == said("terms.status_new")
    assert (await told_directly(office, "bo"))[-1]["content"]["buttons"] == []


async def test_a_command_that_is_refused_says_why_and_stops_no_other(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    proposes(endpoint, "/desk claim IT-99", "/desk claim IT-2", "/desk close IT-2")
    told = await plan(office, "bo", "take both")
    await office.types("cleo", "/desk claim IT-2")
    await office.presses("bo", told, DO)
    await is_answered(office)
    text = await last_told(office, "bo")
    assert "Not done" in text
    assert "Cleo Chen" in text


async def test_the_person_s_own_rights_hold(asked: tuple[Office, Endpoint]) -> None:
    """Bo is no agent of Network: the command is theirs to type, and is refused as if typed."""
    office, endpoint = asked
    await office.says("ana", "help-it", "The vpn is slow")
    proposes(
        endpoint, "/desk claim IT-3", "/desk-admin reload", "/desk-admin audit", "/desk nonsense", "rm -rf /"
    )
    told = await plan(office, "bo", "take it")
    text = await last_told(office, "bo")
    assert "/desk-admin" not in text
    assert "nonsense" not in text
    await office.presses("bo", told, DO)
    await is_answered(office)
    card = await office.card("cleo", "team-network", "IT-3")
    assert card["content"]["assignee"] is None


async def test_the_model_looks_at_tickets_as_the_person_sees_them(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    await office.says("dan", "hr-private", "xPRIVATEx screen in the payroll office")
    look = completion("", [("look", {"query": "screen"})])
    propose = completion("", [("propose", {"commands": ["/desk claim IT-2"]})])
    endpoint.answering = answers_first(
        answers(json.dumps(look)), answers(json.dumps(propose)), endpoint=endpoint
    )
    await plan(office, "bo", "take the ticket about the dark screen")
    assert "/desk claim IT-2" in await last_told(office, "bo")
    assert "My screen is dark" in endpoint.heard
    assert "xPRIVATEx" not in endpoint.heard
    assert "mouse" not in endpoint.heard


async def test_a_search_that_is_none_is_told_to_the_model(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    look = answers(json.dumps(completion("", [("look", {"query": "is:purple"})])))
    endpoint.answering = answers_first(look, look, look, look, endpoint=endpoint)
    await plan(office, "bo", "take the purple one")
    assert said("assistant.no_plan") in await last_told(office, "bo")
    assert len(endpoint.asked) == 4, "it does not go on for ever"


async def test_a_model_without_tools_writes_its_commands_down(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    endpoint.says = "I would do this:\n/desk claim IT-1\nThat is all."
    await plan(office, "bo", "take it")
    text = await last_told(office, "bo")
    assert "1. /desk claim IT-1" in text


@pytest.mark.parametrize("way", ["direct", "mention"])
async def test_one_may_ask_in_direct_messages_and_by_mention(
    asked: tuple[Office, Endpoint], way: str
) -> None:
    office, endpoint = asked
    proposes(endpoint, "/desk claim IT-1")
    if way == "direct":
        await office.says("bo", "@bo", "ask take the mouse, it is mine")
    else:
        await office.says("bo", "team-it", "@deskbell ask take the mouse, it is mine")
    await is_answered(office)
    assert "/desk claim IT-1" in await last_told(office, "bo")


async def test_to_a_requester_ask_is_a_word_like_any_other(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    await office.says("ana", "lounge", "@deskbell ask finance about my invoice please")
    assert (await office.card("bo", "team-it", "IT-3"))["content"]["subject"].endswith(
        "ask finance about my invoice please"
    )
    assert endpoint.asked == []


async def test_who_is_of_no_team_that_allows_it_is_told(folder: Path) -> None:
    async with office_with_model(folder, teams="[network]") as (office, endpoint):
        assert said("assistant.no_team_allows") in await office.types("bo", "/desk ask take it")
        assert endpoint.asked == []
