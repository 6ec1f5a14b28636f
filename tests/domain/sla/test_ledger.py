"""What a clock counted and what not, line by line: the lines are few, and add up exactly."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings

from bot.domain.calendars.calendar import Calendar, span
from bot.domain.sla.ledger import MOST_LINES, LedgerLine, Reason, counted, lines_of, stretches_of
from bot.domain.sla.replay import TimerReplay, replay
from bot.domain.sla.ticket_history import ticket_history
from bot.domain.sla.timer import Measure
from bot.domain.tickets.ticket import Priority
from tests.domain.sla.random_lives import Life, lives
from tests.domain.sla.sample_policies import BERLIN, hours, on, policy

patiently = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
LUNCHING = Calendar(
    name="lunching",
    zone=BERLIN,
    week=dict.fromkeys(range(5), (span(9 * 60, 12 * 60), span(13 * 60, 17 * 60))),
)


def replays(life: Life) -> list[TimerReplay]:
    return replay(ticket_history(life.ticket, life.log), policy_at=life.applied, until=life.now)


def resolution(life: Life) -> TimerReplay:
    return next(replayed for replayed in replays(life) if replayed.timer.measure is Measure.RESOLUTION)


def told(lines: list[LedgerLine]) -> list[tuple[str, timedelta, int]]:
    return [(line.reason.value, line.length, line.times) for line in lines]


@patiently
@given(lives())
def test_the_lines_add_up_to_the_clock_and_cover_all_the_time(life: Life) -> None:
    for replayed in replays(life):
        timer, lines, stretches = replayed.timer, lines_of(replayed), stretches_of(replayed)
        assert counted(lines) == counted(stretches) == timer.elapsed(life.now, policy=replayed.policy)
        assert all(earlier.until == later.since for earlier, later in pairwise(stretches))
        assert sum((line.length for line in lines), timedelta()) == sum(
            (stretch.length for stretch in stretches), timedelta()
        )
        if stretches:
            begun_at = timer.cycle_at or life.ticket.opened_at
            assert (stretches[0].since, stretches[-1].until) == (begun_at, timer.stopped_at or life.now)
        assert len(lines) <= MOST_LINES


def test_a_weekend_in_which_nobody_is_there_is_one_line() -> None:
    life = Life.begun(policy(LUNCHING), at=on("fri 16:50"))
    life.passes(on("mon 14:00") - life.now)

    assert told(lines_of(resolution(life))) == [
        ("counted", timedelta(minutes=10), 1),
        ("day_off", timedelta(hours=64), 1),
        ("counted", hours(3), 1),
        ("break", hours(1), 1),
        ("counted", hours(1), 1),
    ]


def test_waiting_for_the_requester_is_not_counted_night_or_day() -> None:
    life = Life.begun(policy(LUNCHING), at=on("fri 10:00"), to="web:ben")
    life.passes(hours(1))
    life.does(life.ticket.wait(actor="web:ben", at=life.now))
    life.passes(on("mon 9:30") - life.now)
    life.asks()
    life.passes(hours(1))

    assert told(lines_of(resolution(life))) == [
        ("counted", hours(1), 1),
        ("waiting", on("mon 9:30") - on("fri 11:00"), 1),
        ("counted", hours(1), 1),
    ]


def test_a_night_in_which_the_priority_changed_is_one_night() -> None:
    life = Life.begun(policy(LUNCHING), at=on("mon 16:00"))
    life.passes(hours(4))
    life.does(life.ticket.set_priority(Priority.URGENT, actor="web:ben", at=life.now))
    life.passes(hours(14))

    assert told(lines_of(resolution(life))) == [
        ("counted", hours(1), 1),
        ("outside_hours", hours(16), 1),
        ("counted", hours(1), 1),
    ]


def test_three_weeks_are_told_in_a_line_a_reason() -> None:
    holiday = Calendar(name="h", zone=BERLIN, week=LUNCHING.week, special={date(2026, 12, 2): ()})
    life = Life.begun(policy(holiday), at=on("mon 9:00"))
    life.passes(timedelta(days=21))

    lines = lines_of(resolution(life))

    assert [(line.reason.value, line.times) for line in lines] == [
        ("counted", 28),
        ("break", 14),
        ("outside_hours", 10),
        ("day_off", 3),
        ("holiday", 1),
    ]
    assert counted(lines) == 14 * hours(7)
    assert lines[-1].holidays == (date(2026, 12, 2),)


def test_of_a_life_with_many_turns_the_newest_are_told_one_by_one() -> None:
    life = Life.begun(policy(LUNCHING), at=on("mon 9:00"), to="web:ben")
    for _ in range(20):
        life.passes(timedelta(minutes=10))
        life.does(life.ticket.wait(actor="web:ben", at=life.now))
        life.passes(timedelta(minutes=20))
        life.asks()

    lines = lines_of(resolution(life))

    assert len(lines) <= MOST_LINES
    assert counted(lines) == 14 * timedelta(minutes=10)
    assert lines[-1] == LedgerLine(
        since=life.now - timedelta(minutes=20),
        until=life.now,
        reason=Reason.WAITING,
        length=timedelta(minutes=20),
    )
