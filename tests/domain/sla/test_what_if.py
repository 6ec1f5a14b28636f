"""Other policies, the same deeds: nothing changes where the rules are the same, and kinder ones break nothing new."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, reject, settings

from bot.domain.calendars.calendar import Calendar
from bot.domain.errors import ConfigurationError
from bot.domain.sla.timer import Measure, SlaPolicy
from bot.domain.sla.what_if import TargetComparison, TargetOutcome, compare_targets
from bot.domain.tickets.ticket import Priority
from tests.domain.sla.random_lives import Life, lives
from tests.domain.sla.sample_policies import POLICY, hours, on

patiently = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
NOON, ONE = 12 * 60, 13 * 60


def compared(
    life: Life, change: Callable[[SlaPolicy], SlaPolicy] = lambda policy: policy
) -> list[TargetComparison]:
    """The life again, each of its policies changed like that."""
    changed = {key: change(policy) for key, policy in life.copies.items()}
    return compare_targets(
        life.ticket,
        life.log,
        life.timers,
        policy_at=lambda turn: changed[turn.applied.copy] if turn.applied else None,
        until=life.now,
    )


def doubled(policy: SlaPolicy) -> SlaPolicy:
    targets = {
        measure: {priority: 2 * target for priority, target in by_priority.items()}
        for measure, by_priority in policy.targets.items()
    }
    return replace(policy, targets=targets)


def with_lunch(policy: SlaPolicy) -> SlaPolicy:
    return replace(policy, calendar=without_noon(policy.hours))


def without_noon(calendar: Calendar) -> Calendar:
    """Closed from twelve to one, by the clocks of all of its parts."""
    if calendar.parts:
        return replace(calendar, parts=tuple(map(without_noon, calendar.parts)))
    week = {day: tuple(cut(spans)) for day, spans in calendar.week.items()}
    special = {day: tuple(cut(spans)) for day, spans in calendar.special.items()}
    return replace(calendar, week=week, special=special)


def cut(spans: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    pieces = [piece for a, b in spans for piece in ((a, min(b, NOON)), (max(a, ONE), b))]
    return [(a, b) for a, b in pieces if a < b]


def newly_missed(comparisons: list[TargetComparison]) -> list[TargetComparison]:
    return [
        comparison
        for comparison in comparisons
        if comparison.after is TargetOutcome.MISSED and comparison.before is not TargetOutcome.MISSED
    ]


@patiently
@given(lives())
def test_under_the_same_policies_everything_ends_as_it_did(life: Life) -> None:
    comparisons = compared(life)
    assert not [comparison for comparison in comparisons if comparison.is_changed]
    assert all(comparison.missed_at_before == comparison.missed_at_after for comparison in comparisons)


@patiently
@given(lives())
def test_with_twice_the_time_nothing_more_is_missed(life: Life) -> None:
    assert newly_missed(compared(life, doubled)) == []


@patiently
@given(lives())
def test_with_a_lunch_break_nothing_more_is_missed(life: Life) -> None:
    try:
        comparisons = compared(life, with_lunch)
    except ConfigurationError:  # a team that is there at noon alone
        reject()
    assert newly_missed(comparisons) == []


def test_a_longer_promise_would_have_been_kept() -> None:
    life = Life.begun(POLICY, at=on("thu 9:00"))
    life.passes(hours(5))
    life.answers()
    first, resolution = compared(life, doubled)
    assert (first.measure, first.before, first.after) == (
        Measure.FIRST_RESPONSE,
        TargetOutcome.MISSED,
        TargetOutcome.MET,
    )
    assert first.missed_at_before == on("thu 13:00")
    assert (resolution.before, resolution.after) == (TargetOutcome.OPEN, TargetOutcome.OPEN)
    assert first.policy_after == "standard"


def test_what_is_promised_no_more_and_what_is_promised_anew_are_told() -> None:
    life = Life.begun(POLICY, at=on("thu 9:00"))
    life.answers()
    life.passes(hours(1))
    life.asks()
    life.passes(hours(3))
    targets = {Measure.NEXT_RESPONSE: {Priority.NORMAL: timedelta(hours=2)}}
    comparisons = compared(life, lambda policy: replace(policy, targets=targets))
    assert [(comparison.measure, comparison.before, comparison.after) for comparison in comparisons] == [
        (Measure.FIRST_RESPONSE, TargetOutcome.MET, TargetOutcome.NONE),
        (Measure.RESOLUTION, TargetOutcome.OPEN, TargetOutcome.NONE),
        (Measure.NEXT_RESPONSE, TargetOutcome.NONE, TargetOutcome.MISSED),
    ]
    assert comparisons[-1].missed_at_after == on("thu 12:00")
