"""Where the time went: every minute of a ticket's life counts once, except after it was resolved."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendars.calendar import Calendar
from bot.domain.sla.time_spent import StatusSpan, TimeSpent, time_spent
from bot.domain.tickets.ticket import Status
from tests.domain.sla.sample_policies import OFFICE, hours, on


def turn(begins: str, ends: str, status: Status, *, of: Calendar = OFFICE) -> StatusSpan:
    return StatusSpan(begins=on(begins), ends=on(ends), status=status, hours=of)


def test_a_weekend_that_the_team_is_not_there_is_off_hours() -> None:
    spent = time_spent(
        [turn("fri 16:50", "fri 16:55", Status.NEW), turn("fri 16:55", "mon 09:20", Status.OPEN)]
    )
    assert spent.team == timedelta(minutes=30)
    assert spent.off_hours == hours(64)
    assert spent.total == on("mon 09:20") - on("fri 16:50")


def test_waiting_counts_for_whom_was_waited_day_and_night() -> None:
    spent = time_spent(
        [
            turn("wed 9:00", "wed 10:00", Status.OPEN),
            turn("wed 10:00", "fri 10:00", Status.PENDING),
            turn("fri 10:00", "mon 10:00", Status.ON_HOLD),
        ]
    )
    assert spent == TimeSpent(team=hours(1), requester=hours(48), third_party=hours(72))


def test_after_a_resolution_it_is_nobodys_turn_until_it_is_reopened() -> None:
    spent = time_spent(
        [
            turn("wed 9:00", "wed 10:00", Status.OPEN),
            turn("wed 10:00", "thu 10:00", Status.RESOLVED),
            turn("thu 10:00", "thu 11:00", Status.OPEN),
        ]
    )
    assert spent == TimeSpent(team=hours(2))


def test_a_team_around_the_clock_has_no_off_hours() -> None:
    always = Calendar.around_the_clock()
    assert time_spent([turn("fri 16:00", "mon 9:00", Status.OPEN, of=always)]).off_hours == timedelta()


def test_what_ends_before_it_begins_takes_no_time() -> None:
    assert time_spent([turn("wed 10:00", "wed 9:00", Status.PENDING)]) == TimeSpent()


@given(
    st.lists(
        st.tuples(st.sampled_from(Status), st.timedeltas(timedelta(), timedelta(days=9))),
        max_size=8,
    )
)
def test_every_minute_counts_once(lived: list[tuple[Status, timedelta]]) -> None:
    at, turns = on("wed 8:00"), []
    for status, length in lived:
        turns.append(StatusSpan(begins=at, ends=at + length, status=status, hours=OFFICE))
        at += length
    expected = sum((length for status, length in lived if status.is_live), timedelta())
    assert time_spent(turns).total == expected
