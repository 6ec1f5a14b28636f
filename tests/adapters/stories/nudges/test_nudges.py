"""On every platform a requester is asked once more, with buttons, and a claim lapses after a warning."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said

NUDGES = (
    "{{pending: {{nudge_after: 1 day, resolve_after: 3 days}}, claims: {{lapse_after: 4h, warn_before: 1h}}}}"
)
DAY = 24 * 60


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    leads = f"    leads: [{platform.person('lee')}]"
    assert leads in platform.desk_file
    desk = platform.desk_file.replace(leads, f"{leads}\n    nudges: {NUDGES}")
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        yield office


async def passes(office: Office, *, minutes: int) -> None:
    """In one step; then whoever is waited for is seen to."""
    office.clock.move(timedelta(minutes=minutes))
    await office.desk.workers["nudges"].tick()
    await office.settle()


async def card_says(office: Office, words: str) -> None:
    """The card follows; on Discord its edits have a limit, and the last one may come after the others' answers."""
    for _ in range(10):
        if words.casefold() in (await office.card("IT-1")).words.casefold():
            return
        await office.settle()
    assert words.casefold() in (await office.card("IT-1")).words.casefold()


async def test_the_requester_is_mentioned_once_and_says_with_a_button_that_they_need_help(
    office: Office,
) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.presses("bo", await office.card("IT-1"), "Claim")
    await office.types("bo", "team", "/desk wait", ticket="IT-1", question="Which country?")
    before = len(office.reads_thread("ana", request))
    await passes(office, minutes=DAY)
    (nudge,) = office.reads_thread("ana", request)[before:]
    assert said("requester.nudged", reference="IT-1") in nudge.words
    assert "Which country?" in nudge.words
    assert nudge.pings == (office.called("ana"),)
    solved, still = said("requester.button_is_solved"), said("requester.button_need_help")
    assert nudge.buttons == (solved, still)
    assert said("team.due_resolution") in (await office.card("IT-1")).words
    await office.presses("ana", nudge, still)
    await card_says(office, said("terms.status_open"))
    nudge = office.reads_thread("ana", request)[before]
    assert nudge.buttons == ()


async def test_without_a_word_it_is_resolved_and_can_be_reopened(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.presses("bo", await office.card("IT-1"), "Claim")
    await office.types("bo", "team", "/desk wait", ticket="IT-1", question="Which country?")
    await passes(office, minutes=DAY)
    await passes(office, minutes=2 * DAY)
    resolved = office.reads_thread("ana", request)[-1]
    assert said("requester.resolved_no_reply", reference="IT-1") in resolved.words
    assert resolved.pings == (office.called("ana"),)
    await office.presses("ana", resolved, said("requester.button_reopen"))
    assert said("team.button_resolve") in (await office.card("IT-1")).buttons


async def test_a_claim_without_a_response_lapses_after_a_warning_to_its_assignee(office: Office) -> None:
    await office.says("ana", "requests", "My VPN is dead")
    await office.presses("bo", await office.card("IT-1"), "Claim")
    await passes(office, minutes=3 * 60)
    warning = office.reads_thread("bo", await office.card("IT-1"))[-1]
    assert warning.pings == (office.called("bo"),)
    assert warning.buttons == (said("team.button_still_on_it"), said("team.button_release"))
    await office.presses("bo", warning, said("team.button_still_on_it"))
    await passes(office, minutes=3 * 60)
    assert said("team.button_claim") not in (await office.card("IT-1")).buttons
    await passes(office, minutes=60)
    card = await office.card("IT-1")
    assert said("team.button_claim") in card.buttons
    assert said("team.lapsed_from", name=office.called("bo")) in card.words
    told = said("team.claim_lapsed", reference="IT-1", owner="|").partition("|")[0]
    assert any(told in each.words for each in office.reads_thread("bo", card))
