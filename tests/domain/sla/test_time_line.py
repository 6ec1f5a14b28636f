"""A clock as it is drawn: segments cover its life and count as it does, and marks stand where things happened."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given

from bot.domain.sla.time_line import COUNTING, MarkKind, SegmentKind, due_of, marks_of, segments_of
from bot.domain.sla.timer import Measure
from tests.domain.sla.random_lives import Life, lives
from tests.domain.sla.sample_policies import hours, on, policy
from tests.domain.sla.test_ledger import LUNCHING, patiently, replays, resolution


@patiently
@given(lives())
def test_segments_cover_a_clocks_life_and_count_what_it_counts(life: Life) -> None:
    for replayed in replays(life):
        timer, segments = replayed.timer, segments_of(replayed)
        counted = sum((each.length for each in segments if each.kind in COUNTING), timedelta())
        assert counted == timer.elapsed(life.now, policy=replayed.policy)
        assert all(earlier.until == later.since for earlier, later in pairwise(segments))
        if segments:
            begun_at = timer.cycle_at or life.ticket.opened_at
            assert (segments[0].since, segments[-1].until) == (begun_at, timer.stopped_at or life.now)
        due_at = due_of(timer)
        for each in segments:
            if each.kind is SegmentKind.LATE:
                assert due_at is not None
                assert each.since >= due_at
            elif each.kind is SegmentKind.COUNTED and due_at is not None:
                assert each.until <= due_at
        marks = marks_of(timer, life.log)
        assert marks == sorted(marks, key=lambda mark: mark.at)
        outcomes = [each.kind for each in marks if each.kind in (MarkKind.MET, MarkKind.MISSED)]
        assert len(outcomes) == (timer.stopped_at is not None or timer.breached_at is not None)


def test_a_clock_that_rested_and_was_opened_again_says_so() -> None:
    life = Life.begun(policy(LUNCHING), at=on("mon 10:00"), to="web:ben")
    life.passes(hours(1))
    life.does(life.ticket.wait(actor="web:ben", at=life.now))
    life.passes(hours(1))
    life.asks()
    life.does(life.ticket.resolve(actor="web:ben", at=life.now))
    life.passes(hours(2))
    life.does(life.ticket.reopen(actor="web:ben", at=life.now))
    life.passes(hours(80))
    replayed = resolution(life)
    assert replayed.timer.measure is Measure.RESOLUTION
    kinds = [each.kind.value for each in segments_of(replayed)]
    assert kinds[:3] == ["counted", "requester", "other"]
    assert "late" in kinds
    assert MarkKind.REOPENED in [each.kind for each in marks_of(replayed.timer, life.log)]
