"""What the audit log tells is enough to run a ticket's clocks again: they come out as they were."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings

from bot.domain.sla.replay import TimerReplay, TimerState, replay
from bot.domain.sla.ticket_history import ticket_history
from bot.domain.sla.timer import Measure, SlaTimer
from bot.domain.tickets.ticket import Priority
from tests.domain.sla.random_lives import BEN, Life, lives
from tests.domain.sla.sample_policies import POLICY, hours, on

REPEATED = {
    Measure.NEXT_RESPONSE: {Priority.NORMAL: hours(2)},
    Measure.PERIODIC_UPDATE: {Priority.NORMAL: hours(8)},
}
patiently = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


def run_again(life: Life) -> list[TimerReplay]:
    return replay(ticket_history(life.ticket, life.log), policy_at=life.applied, until=life.now)


def assert_the_same_clocks(life: Life) -> None:
    """Each timer as it is stored, and no other; which of two that began in one instant comes first is nobody's."""
    again = [as_stored(replayed.timer) for replayed in run_again(life)]
    assert len(again) == len(life.timers)
    assert set(again) == {as_stored(timer) for timer in life.timers}


def as_stored(timer: SlaTimer) -> tuple[object, ...]:
    state = (timer.running_since, timer.paused_at, timer.stopped_at)
    return (timer.measure, timer.cycle_at, timer.target, timer.spent, state, timer.due_at, timer.breached_at)


@patiently
@given(lives())
def test_whatever_happened_the_clocks_run_again_as_they_ran(life: Life) -> None:
    assert_the_same_clocks(life)


def test_two_timers_that_start_in_one_instant_are_the_same_two_in_whatever_order() -> None:
    life = Life.begun(replace(POLICY, targets={**POLICY.targets, **REPEATED}), at=on("thu 9:00"), to=BEN)
    life.passes(hours(1))
    life.does(life.ticket.close(actor=BEN, at=life.now))
    life.answers()
    life.passes(hours(1))
    life.does(life.ticket.reopen(actor=BEN, at=life.now, is_by_requester=False))
    life.asks()

    assert [timer.measure for timer in life.timers[-2:]] == [Measure.PERIODIC_UPDATE, Measure.NEXT_RESPONSE]
    assert_the_same_clocks(life)


@patiently
@given(lives())
def test_the_segments_tile_the_time_and_those_that_run_add_up_to_the_clock(life: Life) -> None:
    for replayed in run_again(life):
        timer, segments = replayed.timer, replayed.segments
        until = timer.stopped_at or life.now
        begun_at = timer.cycle_at or life.ticket.opened_at
        assert all(earlier.until == later.since for earlier, later in pairwise(segments))
        assert all(segment.since < segment.until for segment in segments)
        if segments:
            assert (segments[0].since, segments[-1].until) == (begun_at, until)
        counted = sum(
            (
                segment.policy.hours_of(timer.measure).between(segment.since, segment.until)
                for segment in segments
                if segment.state is TimerState.RUNNING
            ),
            timedelta(),
        )
        assert counted == timer.elapsed(life.now, policy=replayed.policy)


def test_a_reply_found_late_takes_back_what_had_run_since() -> None:
    life = Life.begun(POLICY, at=on("thu 9:00"))
    life.passes(hours(3))
    life.does(life.ticket.wait(actor=BEN, at=life.now))
    life.passes(hours(2))
    life.answers(late_by=hours(4))

    first, _ = run_again(life)

    assert [(segment.state, segment.since, segment.until) for segment in first.segments] == [
        (TimerState.RUNNING, on("thu 9:00"), on("thu 10:00"))
    ]
    assert first.timer.spent == hours(1)


def test_under_another_policy_the_same_deeds_break_what_they_kept() -> None:
    life = Life.begun(POLICY, at=on("thu 9:00"))
    life.passes(hours(3))
    life.answers()
    strict = replace(POLICY, targets={Measure.FIRST_RESPONSE: {Priority.NORMAL: hours(2)}})

    (replayed,) = replay(
        ticket_history(life.ticket, life.log),
        policy_at=lambda turn: strict if turn.is_choice else None,
        until=life.now,
    )

    assert (replayed.timer.stopped_at, replayed.timer.breached_at) == (on("thu 12:00"), on("thu 11:00"))


def test_a_ticket_without_a_policy_has_nothing_to_run_again() -> None:
    life = Life.begun(None, at=on("thu 9:00"))
    life.answers()

    assert run_again(life) == []


def test_what_happened_later_is_left_out() -> None:
    life = Life.begun(POLICY, at=on("thu 9:00"))
    life.passes(hours(3))
    life.answers()

    first, _ = replay(ticket_history(life.ticket, life.log), policy_at=life.applied, until=on("thu 10:00"))

    assert first.timer.running_since == on("thu 9:00")
    assert [(segment.state, segment.until) for segment in first.segments] == [
        (TimerState.RUNNING, on("thu 10:00"))
    ]
