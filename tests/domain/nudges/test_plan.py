"""When a step is due: in the team's hours, as the policy says, and never two in a hurry."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendars.calendar import Calendar
from bot.domain.nudges.plan import (
    NudgePlan,
    NudgeStep,
    claim_step,
    lapse_at,
    pending_step,
    resolution_at,
)
from bot.domain.nudges.policy import ClaimPolicy, PendingPolicy

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(name="office", zone=BERLIN, week=dict.fromkeys(range(5), ((540, 1020),)))
ALWAYS = Calendar.around_the_clock()
NEVER = Calendar(name="never", zone=BERLIN, week={})
TWICE = PendingPolicy(after=(2, 4), resolve_after=5)
CLAIMS = ClaimPolicy(lapse_after=timedelta(hours=4), warn_before=timedelta(hours=1))


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    """In March 2026, of which the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def pending(began_at: datetime) -> NudgePlan:
    return NudgePlan.of_pending(1, at=began_at)


def claim(began_at: datetime) -> NudgePlan:
    return NudgePlan.of_claim(1, person="web:bo", at=began_at)


def test_each_nudge_and_the_resolution_count_from_the_question() -> None:
    plan = pending(berlin(2, 10))
    assert pending_step(plan, TWICE, OFFICE) == NudgeStep(at=berlin(4, 10), is_last=False)
    assert resolution_at(plan, TWICE, OFFICE, nudged_at=berlin(4, 10)) == berlin(9, 10)
    plan.note_told(at=berlin(4, 10), promised=berlin(9, 10))
    assert pending_step(plan, TWICE, OFFICE) == NudgeStep(at=berlin(6, 10), is_last=False)
    plan.note_told(at=berlin(6, 10), promised=berlin(9, 10))
    assert pending_step(plan, TWICE, OFFICE) == NudgeStep(at=berlin(9, 10), is_last=True)


def test_a_nudge_that_came_late_moves_what_follows() -> None:
    plan = pending(berlin(2, 10))
    plan.note_told(at=berlin(12, 10), promised=None)
    assert pending_step(plan, TWICE, OFFICE) == NudgeStep(at=berlin(16, 10), is_last=False)
    plan.note_told(at=berlin(16, 10), promised=None)
    assert pending_step(plan, TWICE, OFFICE) == NudgeStep(at=berlin(17, 10), is_last=True)


def test_it_is_never_resolved_before_the_day_that_was_told() -> None:
    plan = replace(pending(berlin(2, 10)), steps=2, told_at=berlin(6, 10), promised_at=berlin(20, 10))
    assert pending_step(plan, TWICE, OFFICE) == NudgeStep(at=berlin(20, 10), is_last=True)


def test_without_a_resolution_nothing_follows_the_last_nudge() -> None:
    only = PendingPolicy(after=(1,))
    plan = pending(berlin(2, 10))
    plan.note_told(at=berlin(3, 10), promised=None)
    assert pending_step(plan, only, OFFICE) is None


def test_a_policy_with_fewer_nudges_goes_on_with_the_resolution() -> None:
    plan = pending(berlin(2, 10))
    plan.note_told(at=berlin(4, 10), promised=None)
    once = PendingPolicy(after=(3,), resolve_after=4)
    assert pending_step(plan, once, OFFICE) == NudgeStep(at=berlin(6, 10), is_last=True)


def test_a_claim_is_warned_of_and_lapses_in_open_hours() -> None:
    plan = claim(berlin(2, 15))
    assert claim_step(plan, CLAIMS, OFFICE) == NudgeStep(at=berlin(3, 10), is_last=False)
    assert lapse_at(plan, CLAIMS, OFFICE) == berlin(3, 11)
    plan.note_told(at=berlin(3, 10), promised=berlin(3, 11))
    assert claim_step(plan, CLAIMS, OFFICE) == NudgeStep(at=berlin(3, 11), is_last=True)


def test_what_would_lapse_as_the_team_leaves_lapses_when_it_is_back() -> None:
    assert lapse_at(claim(berlin(6, 13)), CLAIMS, OFFICE) == berlin(9, 9)


def test_a_late_warning_leaves_its_whole_time() -> None:
    plan = claim(berlin(2, 9))
    plan.note_told(at=berlin(2, 14), promised=None)
    assert claim_step(plan, CLAIMS, OFFICE) == NudgeStep(at=berlin(2, 15), is_last=True)


def test_an_extension_is_the_full_time_from_then_on() -> None:
    plan = claim(berlin(2, 9))
    plan.note_told(at=berlin(2, 12), promised=berlin(2, 13))
    plan.extend(at=berlin(2, 12, 30))
    assert claim_step(plan, CLAIMS, OFFICE) == NudgeStep(at=berlin(2, 16, 30), is_last=True)


def test_a_team_that_never_works_is_asked_nothing_of() -> None:
    assert pending_step(pending(berlin(2, 9)), TWICE, NEVER) is None
    assert claim_step(claim(berlin(2, 9)), CLAIMS, NEVER) is None


def test_around_the_clock_a_working_day_is_any_day() -> None:
    assert pending_step(pending(berlin(6, 22)), TWICE, ALWAYS) == NudgeStep(at=berlin(8, 22), is_last=False)
