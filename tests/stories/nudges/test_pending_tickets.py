"""The requester of a pending ticket is asked once more, and in the end it is resolved; never at night."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.nudges.desk_that_nudges import nudging
from tests.stories.office import Office, open_office, words


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=nudging(tmp_path)) as office:
        yield office


async def asked(office: Office) -> str:
    """Bo asks Ana something, on Monday at nine (ten o'clock in Berlin); returns her message."""
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk wait IT-1 Which mouse is it?")
    return root


def nudge_of(day: str) -> str:
    first = said("requester.nudged", reference="IT-1")
    question = said("requester.nudged_question", name="Bo Berg", text="Which mouse is it?")
    last = f"{said('requester.nudged_go_on')} {said('requester.nudged_resolves', day=day)}"
    return f"{first}\n{question}\n{last}"


async def thread(office: Office, root: str, *, since: int) -> list[dict[str, Any]]:
    return (await office.sees_thread("ana", "help-it", root))[since:]


async def test_the_requester_is_asked_once_more_and_reads_what_comes_then(office: Office) -> None:
    root = await asked(office)
    before = len(await thread(office, root, since=0))
    await office.has_read("ana", "help-it")
    await office.passes(hours=23, minutes=59)
    assert await thread(office, root, since=before) == []
    await office.passes(minutes=1)
    (nudge,) = await thread(office, root, since=before)
    assert words(nudge).split() == nudge_of("Monday 9 March").split()
    labels = [each["label"] for each in nudge["content"]["buttons"]]
    assert labels == [said("requester.button_is_solved"), said("requester.button_need_help")]
    assert await office.mentions("ana", "help-it") == 1
    await office.passes(hours=23)
    assert len(await thread(office, root, since=before)) == 1, "once"


async def test_without_a_word_it_is_resolved_on_the_day_that_was_named(office: Office) -> None:
    root = await asked(office)
    for days in (1, 2, 3):
        await office.passes(days=days)
    await office.passes(hours=23)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "pending"
    await office.passes(hours=1)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "resolved"
    last = (await thread(office, root, since=0))[-1]
    assert words(last) == said("requester.resolved_no_reply", reference="IT-1")
    await office.presses("ana", last, said("requester.button_reopen"))
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "open"
    nudges = [each for each in await thread(office, root, since=0) if "still waiting" in words(each)]
    assert len(nudges) == 2
    assert all(not each["content"]["buttons"] for each in nudges), "there is nothing left to answer by them"
    history = await office.types("bo", "/desk history IT-1")
    assert said("history.resolved_no_reply") in history
    team = await office.reads("bo", "team-it", thread=(await office.card("bo", "team-it", "IT-1"))["id"])
    assert said("team.resolved_no_reply", reference="IT-1") in team


async def test_a_word_in_between_ends_it(office: Office) -> None:
    root = await asked(office)
    await office.passes(days=2)
    await office.says("ana", "help-it", "The black one", thread=root)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "open"
    await office.types("bo", "/desk reply IT-1 Thank you")
    said_before = await thread(office, root, since=0)
    await office.passes(days=14)
    assert len(await thread(office, root, since=0)) == len(said_before)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "open"


@pytest.mark.parametrize(("button", "status"), [("is_solved", "closed"), ("need_help", "open")])
async def test_each_button_does_what_it_says(office: Office, button: str, status: str) -> None:
    root = await asked(office)
    await office.passes(days=1)
    nudge = (await thread(office, root, since=0))[-1]
    await office.presses("ana", nudge, said(f"requester.button_{button}"))
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == status
    nudge = next(each for each in await thread(office, root, since=0) if each["id"] == nudge["id"])
    assert nudge["content"]["buttons"] == []


async def test_nobody_is_asked_at_night_or_at_the_weekend(office: Office) -> None:
    """What was asked on Friday evening counts from Monday on."""
    await office.passes(days=4, hours=9)
    root = await asked(office)
    before = len(await thread(office, root, since=0))
    await office.passes(days=3, hours=13, minutes=59)
    assert await thread(office, root, since=before) == [], "it is Tuesday, a minute to nine in Berlin"
    await office.passes(minutes=1)
    assert len(await thread(office, root, since=before)) == 1


async def test_what_is_on_hold_is_asked_of_nobody(office: Office) -> None:
    root = await asked(office)
    await office.types("bo", "/desk hold IT-1 the supplier")
    before = len(await thread(office, root, since=0))
    await office.passes(days=14)
    assert len(await thread(office, root, since=0)) == before


async def test_the_card_and_show_say_what_is_to_come(office: Office) -> None:
    await asked(office)
    card = await office.card("bo", "team-it", "IT-1")
    dues = {each["label"]: each["at"] for each in card["content"]["dues"]}
    assert dues[said("team.due_nudge")].startswith("2026-03-03T09:00")
    assert dues[said("team.due_resolution")].startswith("2026-03-09T09:00")
    shown = await office.types("bo", "/desk show IT-1")
    assert shown.count("2026-03-03T09:00") == 1
    await office.types("bo", "/desk hold IT-1 the supplier")
    card = await office.card("bo", "team-it", "IT-1")
    assert said("team.due_nudge") not in {each["label"] for each in card["content"]["dues"]}


async def test_an_administrator_reads_who_was_nudged(office: Office) -> None:
    await asked(office)
    await office.passes(days=1)
    log = await office.types("lee", "/desk-admin notices IT-1")
    assert said("answers.notice_event_nudged").capitalize() in log
    assert said("answers.notice_told_requesters_thread", count=1, people="Ana Alves") in log


async def test_a_team_that_did_not_ask_for_it_nudges_nobody(folder: Path, tmp_path: Path) -> None:
    async with open_office(folder, config=nudging(tmp_path, what="")) as office:
        root = await asked(office)
        before = len(await thread(office, root, since=0))
        await office.passes(days=20)
        assert len(await thread(office, root, since=0)) == before
        assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "pending"
