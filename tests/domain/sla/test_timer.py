"""SLA policies and timers: what runs, waits and fires, and when, by a Berlin team's clock."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendars.calendar import Calendar
from bot.domain.errors import ConfigurationError
from bot.domain.sla.timer import Notify, ReachedStage, Stage
from tests.domain.sla.sample_policies import (
    ASSIGNEE,
    BERLIN,
    CHANNEL,
    FROM_OPENING,
    LEADS,
    OFFICE,
    POLICY,
    STAGES,
    hours,
    on,
    policy,
    started,
)


def shares(reached: list[ReachedStage]) -> list[float | None]:
    return [each.stage.share for each in reached]


def pings(reached: list[ReachedStage]) -> list[tuple[float | None, tuple[Notify, ...]]]:
    return [(each.stage.share, each.notify) for each in reached if each.notify]


class TestRunning:
    def test_four_hours_from_friday_evening_are_due_on_monday(self) -> None:
        timer = started(on("fri 16:50"))

        assert timer.due_at == on("mon 12:50")
        assert timer.elapsed(on("sat 12:00"), policy=POLICY) == timedelta(minutes=10)
        assert timer.remaining(on("mon 10:00"), policy=POLICY) == timedelta(hours=2, minutes=50)

    def test_a_timer_set_aside_fires_later_and_is_due_when_it_was(self) -> None:
        timer = started(on("fri 9:00"))
        due = timer.due_at
        timer.set_aside(until=on("mon 16:00"))
        assert (timer.next_at, timer.due_at) == (on("mon 16:00"), due)

    def test_overdue_counts_below_zero(self) -> None:
        assert started(on("thu 9:00")).remaining(on("thu 14:30"), policy=POLICY) == hours(-1.5)

    def test_a_pause_moves_the_due_time_by_the_staffed_time_it_lasted(self) -> None:
        timer = started(on("thu 15:00"))
        timer.pause(POLICY, at=on("thu 16:00"))
        assert (timer.due_at, timer.next_at, timer.running_since) == (None, None, None)
        assert timer.elapsed(on("fri 12:00"), policy=POLICY) == hours(1)

        timer.start(POLICY, at=on("fri 11:00"))

        assert timer.due_at == on("fri 14:00")

    def test_a_silent_weekend_moves_nothing(self) -> None:
        timer = started(on("fri 16:00"))
        due = timer.due_at
        timer.pause(POLICY, at=on("fri 17:00"))

        timer.start(POLICY, at=on("mon 9:00"))

        assert timer.due_at == due == on("mon 12:00")

    def test_reopened_it_goes_on_with_what_was_spent(self) -> None:
        timer = started(on("thu 9:00"))
        timer.stop(POLICY, at=on("thu 12:00"))
        assert (timer.stopped_at, timer.breached_at, timer.due_at) == (on("thu 12:00"), None, None)

        timer.start(POLICY, at=on("fri 9:00"))

        assert timer.stopped_at is None
        assert timer.due_at == on("fri 10:00")

    def test_doing_the_same_twice_changes_nothing(self) -> None:
        timer = started(on("thu 9:00"))
        for verb in (timer.start, timer.pause, timer.stop):
            verb(POLICY, at=on("thu 10:00"))
            once = replace(timer)
            verb(POLICY, at=on("thu 11:00"))
            assert timer == once

    def test_an_instant_heard_of_late_is_not_counted_twice(self) -> None:
        timer = started(on("thu 9:00"))
        timer.pause(POLICY, at=on("thu 11:00"))

        timer.start(POLICY, at=on("thu 10:00"))

        assert timer.elapsed(on("thu 12:00"), policy=POLICY) == hours(3)

    def test_a_stop_heard_of_late_does_not_give_the_pause_back(self) -> None:
        timer = started(on("thu 9:00"))
        timer.pause(POLICY, at=on("thu 12:00"))
        timer.stop(POLICY, at=on("thu 10:00"))

        timer.start(POLICY, at=on("thu 11:00"))

        assert timer.elapsed(on("thu 13:00"), policy=POLICY) == hours(4)

    def test_a_policy_without_calendar_cannot_run_and_says_why(self) -> None:
        with pytest.raises(ConfigurationError, match=r"policy_without_calendar\(policy=standard\)"):
            started(on("thu 9:00"), by=policy(None))


class TestKeptAndBroken:
    def test_at_the_due_time_it_is_still_kept(self) -> None:
        timer = started(on("thu 9:00"))
        timer.fire(on("thu 13:00"), policy=POLICY)

        timer.stop(POLICY, at=on("thu 13:00"))

        assert timer.breached_at is None

    def test_a_second_later_it_is_broken_even_if_no_tick_came(self) -> None:
        timer = started(on("thu 9:00"))

        timer.stop(POLICY, at=on("thu 13:00:01"))

        assert timer.breached_at == on("thu 13:00")

    def test_due_at_closing_time_it_is_broken_when_answered_the_next_morning(self) -> None:
        timer = started(on("fri 13:00"))
        assert timer.due_at == on("fri 17:00")

        timer.stop(POLICY, at=on("mon 9:00"))

        assert timer.breached_at == on("fri 17:00")

    def test_a_reply_found_later_takes_the_breach_back(self) -> None:
        timer = started(on("thu 9:00"))
        (*_, breach) = timer.fire(on("thu 15:00"), policy=POLICY)
        assert breach.stage.is_breach

        timer.stop(POLICY, at=on("thu 12:00"))

        assert timer.breached_at is None
        assert timer.spent == hours(3)

    def test_a_broken_promise_keeps_its_due_time_through_a_pause(self) -> None:
        timer = started(on("thu 9:00"))
        timer.pause(POLICY, at=on("thu 14:00"))
        assert timer.breached_at == on("thu 13:00")

        timer.start(POLICY, at=on("fri 9:00"))

        assert timer.due_at == on("thu 13:00")
        assert pings(timer.fire(on("fri 9:00"), policy=POLICY)) == [(1.0, (CHANNEL, ASSIGNEE, LEADS))]


class TestFiring:
    def test_each_stage_fires_once_at_its_time(self) -> None:
        timer = started(on("thu 9:00"))
        fired = []
        for minute in range(6 * 60):
            now = on("thu 9:00") + timedelta(minutes=minute)
            is_due = timer.next_at is not None and timer.next_at <= now
            reached = timer.fire(now, policy=POLICY, staffed=OFFICE)
            assert bool(reached) is is_due
            fired += [(each.stage.share, each.at, each.late_by, each.is_new) for each in reached]

        assert fired == [
            (0.5, on("thu 11:00"), timedelta(), True),
            (0.8, on("thu 12:12"), timedelta(), True),
            (1.0, on("thu 13:00"), timedelta(), True),
        ]
        assert (timer.stage, timer.told, timer.next_at) == (3, frozenset({0, 1, 2}), None)
        assert timer.breached_at == on("thu 13:00")

    def test_warnings_come_on_the_minute_before_and_the_breach_within_ten_seconds(self) -> None:
        timer = started(on("thu 9:00:33"))

        assert timer.next_at == on("thu 11:00")
        timer.fire(on("thu 11:00"), policy=POLICY)
        assert timer.next_at == on("thu 12:12")
        timer.fire(on("thu 12:12"), policy=POLICY)
        assert timer.next_at == on("thu 13:00:40")
        assert timer.due_at == on("thu 13:00:33")

    def test_a_warning_never_comes_before_the_clock_started(self) -> None:
        timer = started(on("thu 9:00:40"), target=timedelta(seconds=10))

        assert timer.next_at == on("thu 9:00:40")

    def test_nothing_is_due_before_next_at(self) -> None:
        timer = started(on("thu 9:00"))
        before = replace(timer)

        assert timer.fire(on("thu 10:59:59"), policy=POLICY) == []
        assert timer == before

    def test_after_a_weekend_off_the_desk_pings_once_and_says_how_late(self) -> None:
        timer = started(on("thu 9:00"))

        reached = timer.fire(on("mon 9:30"), policy=POLICY, staffed=OFFICE)

        assert shares(reached) == [0.5, 0.8, 1.0]
        assert pings(reached) == [(1.0, (CHANNEL, ASSIGNEE, LEADS))]
        assert reached[-1].late_by == on("mon 9:30") - on("thu 13:00")
        assert timer.breached_at == on("thu 13:00")

    def test_a_paused_or_stopped_clock_does_not_fire(self) -> None:
        timer = started(on("thu 9:00"))
        timer.pause(POLICY, at=on("thu 10:00"))
        assert timer.fire(on("fri 16:00"), policy=POLICY) == []

        timer.stop(POLICY, at=on("fri 16:00"))
        assert timer.fire(on("mon 16:00"), policy=POLICY) == []

    def test_resumed_within_a_minute_of_a_warning_it_does_not_warn_again(self) -> None:
        timer = started(on("thu 9:00:40"))
        assert shares(timer.fire(on("thu 12:12"), policy=POLICY)) == [0.5, 0.8]

        timer.pause(POLICY, at=on("thu 12:12:05"))
        timer.start(POLICY, at=on("fri 10:00:00"))

        assert timer.next_at == on("fri 10:48:40")
        assert timer.fire(on("fri 10:01"), policy=POLICY) == []

    def test_a_stage_after_the_breach_counts_overtime(self) -> None:
        by = policy(stages=(Stage(share=1.0, notify=(CHANNEL,)), Stage(share=1.5, notify=(LEADS,))))
        timer = started(on("thu 9:00"), by=by)
        timer.fire(on("thu 13:00"), policy=by)

        assert timer.next_at == on("thu 15:00")
        assert pings(timer.fire(on("thu 15:00"), policy=by)) == [(1.5, (LEADS,))]

    def test_a_stage_after_the_breach_is_not_early_either(self) -> None:
        by = policy(stages=(Stage(share=1.5),))

        assert started(on("thu 9:00:33"), by=by).next_at == on("thu 15:00:40")

    def test_a_promise_without_stages_is_still_broken(self) -> None:
        by = policy(stages=())
        timer = started(on("thu 9:00"), by=by)
        assert timer.next_at is None

        timer.pause(by, at=on("thu 14:00"))

        assert timer.breached_at == on("thu 13:00")


class TestStaffedHours:
    """A policy around the clock, a team that is there from nine to five."""

    by = policy(Calendar.around_the_clock())

    def test_a_breach_at_night_colours_at_once_and_pings_in_the_morning(self) -> None:
        timer = started(on("thu 16:00"), by=self.by)

        warned = timer.fire(on("thu 19:12"), policy=self.by, staffed=OFFICE)
        assert shares(warned) == [0.5, 0.8]
        assert pings(warned) == []
        assert (timer.stage, timer.next_at) == (2, on("thu 20:00"))

        broken = timer.fire(on("thu 20:00"), policy=self.by, staffed=OFFICE)
        assert shares(broken) == [1.0]
        assert pings(broken) == []
        assert (timer.stage, timer.next_at) == (3, on("fri 9:00"))

        (told,) = timer.fire(on("fri 9:00"), policy=self.by, staffed=OFFICE)
        assert (told.stage.share, told.is_new) == (1.0, False)
        assert told.notify == (CHANNEL, ASSIGNEE, LEADS)
        assert told.late_by == hours(13)
        assert timer.next_at is None

    def test_a_change_of_colour_alone_waits_for_nobody(self) -> None:
        timer = started(on("thu 16:00"), by=self.by)

        assert shares(timer.fire(on("thu 18:00"), policy=self.by, staffed=OFFICE)) == [0.5]
        assert timer.next_at == on("thu 19:12")

    def test_what_falls_due_at_closing_time_is_told_to_those_who_are_leaving(self) -> None:
        timer = started(on("fri 13:00"))

        assert pings(timer.fire(on("fri 17:00:20"), policy=POLICY, staffed=OFFICE)) != []

    def test_an_answer_before_the_morning_spares_the_ping(self) -> None:
        timer = started(on("thu 16:00"), by=self.by)
        timer.fire(on("thu 20:00"), policy=self.by, staffed=OFFICE)

        timer.stop(self.by, at=on("thu 23:00"))

        assert timer.fire(on("fri 9:00"), policy=self.by, staffed=OFFICE) == []

    def test_a_put_off_ping_survives_a_pause(self) -> None:
        timer = started(on("thu 16:00"), by=self.by)
        timer.fire(on("thu 20:00"), policy=self.by, staffed=OFFICE)
        timer.pause(self.by, at=on("thu 21:00"))

        timer.start(self.by, at=on("fri 11:00"))

        assert timer.next_at == on("fri 11:00")
        assert pings(timer.fire(on("fri 11:00"), policy=self.by, staffed=OFFICE))

    def test_without_staffed_hours_it_pings_at_any_time(self) -> None:
        timer = started(on("thu 16:00"), by=self.by)

        assert pings(timer.fire(on("thu 20:00"), policy=self.by)) == [(1.0, (CHANNEL, ASSIGNEE, LEADS))]

    def test_a_team_that_never_opens_is_told_at_once_rather_than_never(self) -> None:
        nobody = Calendar(name="gone", zone=BERLIN, week={})
        timer = started(on("thu 16:00"), by=self.by)

        assert pings(timer.fire(on("thu 20:00"), policy=self.by, staffed=nobody))


class TestRetargeting:
    def test_a_raised_priority_brings_the_due_time_forward(self) -> None:
        timer = started(on("thu 9:00"), target=hours(8))

        timer.retarget(FROM_OPENING, target=hours(4), at=on("thu 10:00"))

        assert timer.due_at == on("thu 13:00")
        assert timer.next_at == on("thu 11:00")

    def test_spent_already_it_is_due_now_not_in_the_past(self) -> None:
        timer = started(on("thu 9:00"), target=hours(8))

        timer.retarget(FROM_OPENING, target=hours(1), at=on("thu 12:00"))

        assert timer.due_at == on("thu 12:00")
        (*_, breach) = timer.fire(on("thu 12:00"), policy=POLICY)
        assert (breach.stage.share, breach.late_by) == (1.0, timedelta())

    def test_a_target_used_up_already_makes_nobody_later_than_since_it_was_promised(self) -> None:
        timer = started(on("thu 9:00"), target=hours(8))

        timer.retarget(FROM_OPENING, target=hours(1), at=on("thu 12:00"))
        timer.retarget(FROM_OPENING, target=hours(1), at=on("thu 12:30"))

        assert timer.due_at == on("thu 12:00")
        assert timer.remaining(on("thu 13:00"), policy=POLICY) == -hours(1)

    def test_a_shorter_target_makes_a_broken_promise_no_later_than_it_is(self) -> None:
        timer = started(on("thu 9:00"))
        timer.fire(on("thu 13:00"), policy=POLICY)

        timer.retarget(POLICY, target=hours(1), at=on("thu 13:30"))

        assert timer.due_at == on("thu 13:00")
        assert timer.remaining(on("thu 14:00"), policy=POLICY) == -hours(1)

    def test_a_lowered_priority_calms_the_timer_and_warns_again_later(self) -> None:
        timer = started(on("thu 9:00"))
        timer.fire(on("thu 13:00"), policy=POLICY)

        timer.retarget(POLICY, target=hours(8), at=on("thu 13:30"))

        assert (timer.stage, timer.breached_at, timer.due_at) == (1, None, on("thu 17:00"))
        assert shares(timer.fire(on("thu 15:24"), policy=POLICY)) == [0.8]

    def test_a_breach_that_no_tick_saw_is_remembered(self) -> None:
        timer = started(on("thu 9:00"))

        timer.retarget(POLICY, target=hours(2), at=on("thu 14:00"))

        assert timer.due_at == timer.breached_at == on("thu 13:00")

    def test_moved_to_a_team_in_another_zone_it_runs_in_that_teams_hours(self) -> None:
        new_york = policy(replace(OFFICE, zone=ZoneInfo("America/New_York")))
        timer = started(on("thu 15:00"))

        timer.retarget(POLICY, target=hours(4), at=on("thu 17:00"), successor=new_york)

        assert timer.spent == hours(2)
        assert timer.due_at == on("thu 19:00")  # 13:00 in New York, which opened at 15:00 here

    def test_warnings_given_under_the_old_policy_are_not_given_again(self) -> None:
        two_stages = policy(stages=STAGES[1:])
        timer = started(on("thu 9:00"), by=two_stages)
        timer.fire(on("thu 12:12"), policy=two_stages)

        timer.retarget(two_stages, target=hours(4), at=on("thu 12:30"), successor=POLICY)

        assert (timer.stage, timer.told, timer.next_at) == (2, frozenset({0, 1}), on("thu 13:00"))

    def test_while_paused_only_the_promise_changes(self) -> None:
        timer = started(on("thu 9:00"))
        timer.pause(POLICY, at=on("thu 10:00"))

        timer.retarget(FROM_OPENING, target=hours(2), at=on("thu 12:00"))
        assert (timer.due_at, timer.next_at) == (None, None)

        timer.start(POLICY, at=on("thu 13:00"))
        assert timer.due_at == on("thu 14:00")

    def test_a_stopped_timer_keeps_the_promise_it_had(self) -> None:
        timer = started(on("thu 9:00"))
        timer.stop(POLICY, at=on("thu 12:00"))
        before = replace(timer)
        timer.retarget(POLICY, target=hours(1), at=on("thu 13:00"))
        assert timer == before
