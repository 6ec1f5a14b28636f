"""Warnings while there is time left in which somebody is there, and who is called at night. A Berlin team's clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendars.calendar import Calendar
from bot.domain.sentence import Sentence, sentence
from bot.domain.sla.timer import ReachedStage, SlaPolicy, SlaTimer, Stage
from tests.domain.calendars.wall_clock import calendars, instants
from tests.domain.sla.sample_policies import ASSIGNEE, CHANNEL, LEADS, OFFICE, hours, on, policy, started

HALF_AN_HOUR = timedelta(minutes=30)
LEFT = Stage(left=HALF_AN_HOUR, notify=(CHANNEL,))
BREACH = Stage(share=1.0, notify=(CHANNEL, LEADS))
BY = policy(stages=(Stage(share=0.5), LEFT, BREACH))
AROUND = Calendar.around_the_clock()
NIGHT_SHIFT_PROMISE = policy(AROUND, stages=BY.stages).on(OFFICE)
"""Promised around the clock by a team that is there from nine to five."""


def told(reached: list[ReachedStage]) -> list[str]:
    return [str(each.stage.term) for each in reached if each.notify]


def fired(timer: SlaTimer, *, by: SlaPolicy, until: datetime) -> list[tuple[str, datetime]]:
    """What is told and when, the clock ticking whenever there is something to do."""
    pings = []
    while timer.next_at is not None and timer.next_at <= until:
        now = timer.next_at
        pings += [(label, now) for label in told(timer.fire(now, policy=by, staffed=OFFICE))]
    return pings


class TestTimeLeft:
    def test_due_on_monday_at_nine_fifteen_it_warns_on_friday_afternoon(self) -> None:
        timer = started(on("fri 13:15"), by=BY)
        assert timer.due_at == on("mon 9:15")

        assert fired(timer, by=BY, until=on("tue 9:00")) == [
            ("terms.stage_left(left=0:30:00)", on("fri 16:45")),
            ("terms.stage_breach", on("mon 9:15")),
        ]

    def test_due_in_the_night_it_warns_before_the_team_goes_home(self) -> None:
        timer = started(on("thu 23:00"), by=NIGHT_SHIFT_PROMISE, target=hours(30))

        assert timer.due_at == on("sat 5:00")
        assert fired(timer, by=NIGHT_SHIFT_PROMISE, until=on("mon 9:00")) == [
            ("terms.stage_left(left=0:30:00)", on("fri 16:30")),
            ("terms.stage_breach", on("mon 9:00")),
        ]

    def test_less_time_than_that_from_the_beginning_warns_at_once(self) -> None:
        timer = started(on("thu 9:00"), by=BY, target=timedelta(minutes=20))

        assert timer.next_at == on("thu 9:00")
        assert told(timer.fire(on("thu 9:00"), policy=BY, staffed=OFFICE)) == [
            "terms.stage_left(left=0:30:00)"
        ]

    def test_begun_at_night_with_too_little_time_it_warns_in_the_morning(self) -> None:
        timer = started(on("thu 20:00"), by=BY, target=timedelta(minutes=20))

        assert fired(timer, by=BY, until=on("fri 9:10")) == [
            ("terms.stage_left(left=0:30:00)", on("fri 9:00"))
        ]

    def test_a_share_may_come_before_or_after_the_time_that_is_left(self) -> None:
        by = policy(stages=(Stage(share=0.8, notify=(ASSIGNEE,)), LEFT, BREACH))
        short, long = started(on("thu 9:00"), by=by, target=hours(1)), started(on("thu 9:00"), by=by)

        assert [label for label, _ in fired(short, by=by, until=on("thu 9:59"))] == [
            "terms.stage_left(left=0:30:00)",
            "terms.stage_share(percent=80)",
        ]
        assert [label for label, _ in fired(long, by=by, until=on("thu 12:59"))] == [
            "terms.stage_share(percent=80)",
            "terms.stage_left(left=0:30:00)",
        ]

    def test_a_pause_moves_the_warning_with_the_due_time_and_gives_none_twice(self) -> None:
        timer = started(on("thu 9:00"), by=BY)
        assert fired(timer, by=BY, until=on("thu 12:35")) == [
            ("terms.stage_left(left=0:30:00)", on("thu 12:30"))
        ]
        timer.pause(BY, at=on("thu 12:40"))

        timer.start(BY, at=on("fri 10:00"))

        assert timer.due_at == on("fri 10:20")
        assert fired(timer, by=BY, until=on("fri 10:20")) == [("terms.stage_breach", on("fri 10:20"))]

    def test_more_time_calms_the_timer_and_warns_again_when_that_runs_out(self) -> None:
        timer = started(on("thu 9:00"), by=BY)
        fired(timer, by=BY, until=on("thu 12:35"))

        timer.retarget(BY, target=hours(6), at=on("thu 12:40"))

        assert timer.stage == 1
        assert fired(timer, by=BY, until=on("thu 14:45")) == [
            ("terms.stage_left(left=0:30:00)", on("thu 14:30"))
        ]

    def test_a_shorter_warning_of_a_new_policy_is_still_ahead_and_a_longer_one_is_behind(self) -> None:
        minutes = [Stage(left=timedelta(minutes=each), notify=(CHANNEL,)) for each in (60, 10)]
        other = policy(stages=(*minutes, BREACH))
        timer = started(on("thu 9:00"), by=BY)
        fired(timer, by=BY, until=on("thu 12:35"))

        timer.retarget(BY, target=hours(4), at=on("thu 12:40"), successor=other)

        assert fired(timer, by=other, until=on("thu 12:55")) == [
            ("terms.stage_left(left=0:10:00)", on("thu 12:50"))
        ]

    def test_changed_while_paused_it_is_worked_out_when_the_clock_goes_on(self) -> None:
        timer = started(on("thu 9:00"), by=BY)
        fired(timer, by=BY, until=on("thu 12:35"))
        timer.pause(BY, at=on("thu 12:40"))
        timer.retarget(BY, target=hours(6), at=on("thu 12:50"))

        timer.start(BY, at=on("thu 13:00"))

        assert timer.due_at == on("thu 15:20")
        assert timer.next_at == on("thu 14:50")

    def test_a_promise_of_passing_time_is_warned_of_in_the_teams_hours(self) -> None:
        by = replace(BY, elapsed=frozenset(BY.targets))
        timer = started(on("fri 16:00"), by=by, target=hours(48))

        assert timer.due_at == on("sun 16:00")
        assert fired(timer, by=by, until=on("mon 9:00"))[0] == (
            "terms.stage_left(left=0:30:00)",
            on("fri 16:30"),
        )

    def test_a_team_that_is_never_there_is_warned_at_once_rather_than_never(self) -> None:
        by = policy(AROUND, stages=(LEFT, BREACH)).on(Calendar(name="gone", zone=ZoneInfo("UTC"), week={}))

        assert started(on("thu 9:00"), by=by).next_at == on("thu 9:00")


class TestPagingAnyway:
    def test_what_pages_always_is_told_at_night(self) -> None:
        by = policy(AROUND, stages=(LEFT, replace(BREACH, pages_always=True)))
        timer = started(on("thu 16:00"), by=by)

        assert fired(timer, by=by, until=on("fri 10:00")) == [("terms.stage_breach", on("thu 20:00"))]
        assert timer.next_at is None

    def test_a_warning_that_waits_for_the_morning_is_no_news_after_the_breach_was_told(self) -> None:
        by = policy(AROUND, stages=(LEFT, replace(BREACH, pages_always=True)))
        timer = started(on("thu 18:00"), by=by)

        assert fired(timer, by=by, until=on("fri 10:00")) == [("terms.stage_breach", on("thu 22:00"))]

    def test_those_who_are_not_to_be_called_at_night_are_not(self) -> None:
        by = policy(
            AROUND,
            stages=(
                Stage(share=0.8, notify=(ASSIGNEE,)),
                Stage(share=1.0, notify=(LEADS,), pages_always=True),
            ),
        )
        timer = started(on("thu 18:00"), by=by)
        timer.fire(on("thu 21:12"), policy=by, staffed=OFFICE)

        (breach,) = timer.fire(on("thu 22:00"), policy=by, staffed=OFFICE)

        assert breach.notify == (LEADS,)

    def test_a_later_stage_that_pages_nobody_at_night_still_waits_for_the_morning(self) -> None:
        by = policy(AROUND, stages=(replace(LEFT, pages_always=True), BREACH))
        timer = started(on("thu 16:00"), by=by)

        assert fired(timer, by=by, until=on("fri 10:00")) == [
            ("terms.stage_left(left=0:30:00)", on("thu 19:30")),
            ("terms.stage_breach", on("fri 9:00")),
        ]


@pytest.mark.parametrize(
    ("stage", "term"),
    [
        (Stage(share=0.8), sentence("terms.stage_share", percent=80)),
        (Stage(share=1.0), sentence("terms.stage_breach")),
        (Stage(left=timedelta(minutes=90)), sentence("terms.stage_left", left=timedelta(minutes=90))),
    ],
)
def test_a_stage_is_named_as_people_say_it(stage: Stage, term: Sentence) -> None:
    assert stage.term == term


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(
    calendars(),
    calendars(),
    instants(),
    st.timedeltas(timedelta(minutes=1), hours(40)),
    st.timedeltas(timedelta(minutes=1), hours(8)),
)
def test_a_warning_leaves_as_much_staffed_time_as_it_says_and_comes_in_staffed_hours(
    promised: Calendar, staffed: Calendar, begun: datetime, target: timedelta, left: timedelta
) -> None:
    by = policy(promised, stages=(Stage(left=left, notify=(CHANNEL,)), BREACH)).on(staffed)
    timer = started(begun, by=by, target=target)
    due, warns_at = timer.due_at, timer.next_at
    assert due is not None
    assert warns_at is not None

    if warns_at > begun:
        assert left <= staffed.between(warns_at, due) < left + timedelta(minutes=1)
        assert staffed.between(warns_at, warns_at + timedelta(minutes=1)) > timedelta()
    else:
        assert staffed.between(begun, due) < left + timedelta(minutes=1)
