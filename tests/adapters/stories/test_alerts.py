"""An alert's life: warned, on-call mentioned, snoozed with a reason, breached, the lead mentioned, claimed, over.

A channel has one alert at a time. What is active is handled one by one, or all together.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, with_rota
from tests.said import said

UNTIL, WHY = said("commands.desk_alert_snooze_until_label"), said("commands.desk_alert_snooze_reason_label")
"""What the form to snooze asks for."""

MANY = 20
"""More tickets than one alert names."""
STAGES = """
escalation_policies:
  tell the team:
    - at: 80%
      notify: [escalation_channel]
      steps: [{{after: 2m, mention: on_call}}]
    - at: 100%
      notify: [escalation_channel]
      steps: [{{after: 5m, mention: leads}}]
"""


def with_steps(platform: Platform) -> str:
    """On-call after the warning, the lead after the breach."""
    head, _, rest = with_rota(platform, on_call="bo").partition("\nescalation_policies:\n")
    return head + STAGES + rest[rest.index("\nrotas:\n") :]


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=with_steps(platform)) as office:
        await office.says("bo", "team", "Good morning")
        await office.says("lee", "team", "Good morning")
        yield office


async def test_from_the_warning_to_the_lead_who_claims_it(office: Office) -> None:
    bo, lee = office.called("bo"), office.called("lee")
    await office.says("ana", "requests", "Nobody looks at this")
    await office.passes(minutes=25)
    (warning,) = office.reads("lee", "escalations")
    assert warning.pings == ()
    assert warning.buttons == ("Acknowledge", "Snooze…", "Claim", "Reassign…", "Open IT-1")

    await office.passes(minutes=2)
    (step,) = office.reads("lee", "escalations")
    assert said("team.step_title") in step.words
    assert step.pings == (bo,)

    why = {
        UNTIL: "2h",
        WHY: "the vendor calls back",
    }
    await office.fills("bo", step, "Snooze…", why)
    (snoozed,) = office.reads("lee", "escalations")
    assert f"snoozed by {bo}" in snoozed.words
    assert "the vendor calls back" in snoozed.words

    await office.passes(minutes=5)
    (breach,) = office.reads("lee", "escalations")
    assert "Breached" in breach.words
    await office.passes(minutes=5)
    (called,) = office.reads("lee", "escalations")
    assert called.pings == (lee,)

    await office.presses("lee", called, "Claim")
    (claimed,) = office.reads("lee", "escalations")
    assert f"acknowledged by {lee}" in claimed.words
    assert claimed.buttons == (
        "Snooze…",
        "Un-acknowledge",
        f"Take over (assigned to {lee})",
        "Reassign…",
        "Open IT-1",
    )
    assert lee in (await office.card("IT-1")).words


async def test_resolved_and_reopened_its_buttons_come_back(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    """The words that resolved it were its first answer; what is missed is the resolution."""
    desk = re.sub(r"resolution: \w+", "resolution: 30m", with_steps(platform))
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        await office.says("ana", "requests", "Nobody looks at this")
        await office.passes(minutes=31)
        await office.types("bo", "team", "/desk resolve", ticket="IT-1", resolution="Looked at")
        (over,) = office.reads("lee", "escalations")
        assert said("team.late_title") in over.words
        assert over.buttons == ()
        await office.types("bo", "team", "/desk reopen", ticket="IT-1")
        (again,) = office.reads("lee", "escalations")
        assert "Breached" in again.words
        assert again.buttons == ("Acknowledge", "Snooze…", "Claim", "Reassign…", "Open IT-1")


async def test_of_several_one_is_claimed_from_the_menu_and_the_rest_acknowledged_at_once(
    office: Office,
) -> None:
    for number in range(1, 5):
        await office.says("ana", "requests", f"Door {number} is stuck")
    await office.passes(minutes=25)
    (warning,) = office.reads("lee", "escalations")
    assert warning.buttons == ("Acknowledge all", "Snooze all…")
    await office.chooses("bo", warning, "For one ticket…", "Claim IT-3")
    assert office.called("bo") in (await office.card("IT-3")).words
    (warning,) = office.reads("lee", "escalations")
    await office.presses("lee", warning, "Acknowledge all")
    (handled,) = office.reads("lee", "escalations")
    assert handled.words.count(f"acknowledged by {office.called('lee')}") == 3
    assert handled.words.count(f"acknowledged by {office.called('bo')}") == 1
    assert handled.buttons == ()


async def test_all_are_snoozed_with_one_reason(office: Office) -> None:
    for number in range(1, 4):
        await office.says("ana", "requests", f"Door {number} is stuck")
    await office.passes(minutes=25)
    (warning,) = office.reads("lee", "escalations")
    why = {
        UNTIL: "2h",
        WHY: "the locksmith comes",
    }
    await office.fills("bo", warning, "Snooze all…", why)
    (snoozed,) = office.reads("lee", "escalations")
    reasons = snoozed.words.count("the locksmith comes")
    assert reasons >= 3
    await office.chooses("lee", snoozed, "For one ticket…", "End snooze of IT-2")
    (one_ended,) = office.reads("lee", "escalations")
    assert one_ended.words.count("the locksmith comes") * 3 == reasons * 2
    await office.presses("lee", one_ended, "End all snoozes")
    (ended,) = office.reads("lee", "escalations")
    assert "the locksmith comes" not in ended.words
    assert ended.buttons == ("Acknowledge all", "Snooze all…")


async def test_a_long_alert_counts_the_tickets_that_it_leaves_out_and_mentions_people_on_a_line_of_their_own(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    """Each ticket misses two targets at once."""
    desk = re.sub(r"resolution: \w+", "resolution: 30m", with_steps(platform))
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        await office.says("lee", "team", "Good morning")
        for number in range(MANY):
            await office.says("ana", "requests", f"Printer {number} is broken")
        await office.passes(minutes=36)
        told = office.reads("lee", "escalations")  # Discord's own limit makes two of it
        words = " ".join(" ".join(each.words for each in told).split()).replace(" . ", ". ")
        named = set(re.findall(r"IT-\d+", words.partition(" more tickets. ")[0]))
        assert f"… and {MANY - len(named)} more tickets. List them with" in words
        assert [each.pings for each in told if each.pings] == [(office.called("lee"),)]
        assert re.search(r"/desk queue`?[^.]*\.?\s+\S", words), words
