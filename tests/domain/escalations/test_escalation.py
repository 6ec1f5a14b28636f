"""A plan of steps, taken by the clock until somebody sees to it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendars.calendar import Calendar
from bot.domain.errors import AlreadySo, ConfigurationError, Refused
from bot.domain.escalations.escalation import DueSteps, Escalation, Step, StepPlan, StepRecipient
from bot.domain.tickets.ticket import Priority

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(name="office", zone=BERLIN, week=dict.fromkeys(range(5), ((9 * 60, 17 * 60),)))
ALWAYS = Calendar.around_the_clock()
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)  # a Monday, twelve in Berlin
SECOND = timedelta(seconds=1)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


ON_CALL = Step(after=minutes(10), mentions=(StepRecipient.ON_CALL,))
LEADS = Step(after=minutes(30), mentions=(StepRecipient.LEADS,), priority=Priority.URGENT)
STEP_PLAN = StepPlan(steps=(ON_CALL, LEADS), repeat_every=minutes(20), repeats=2)


def begun(*, at: datetime = NOON, step_plan: StepPlan = STEP_PLAN, hours: Calendar = OFFICE) -> Escalation:
    return Escalation.begin(
        id=1, ticket_id=2, timer_id=3, stage=1, is_breach=False, step_plan=step_plan, hours=hours, at=at
    )


def snooze(escalation: Escalation, *, until: datetime, at: datetime) -> None:
    escalation.snooze(
        STEP_PLAN, hours=OFFICE, until=until, by="web:ana", reason="the vendor calls back", at=at
    )


def test_a_step_set_aside_comes_then_and_not_before() -> None:
    escalation = begun()
    escalation.set_aside(until=NOON + minutes(60))
    assert escalation.next_at == NOON + minutes(60)
    escalation.set_aside(until=NOON + minutes(5))
    assert escalation.next_at == NOON + minutes(60)


def test_nothing_is_set_aside_of_an_escalation_at_rest() -> None:
    escalation = begun()
    escalation.end(at=NOON)
    escalation.set_aside(until=NOON + minutes(60))
    assert escalation.next_at is None


def climbs(
    escalation: Escalation, *, until: datetime, step_plan: StepPlan = STEP_PLAN
) -> list[tuple[datetime, Step]]:
    """Every step by the minute it was taken in, as a clock that ticks when something is due takes them."""
    taken: list[tuple[datetime, Step]] = []
    while escalation.next_at is not None and escalation.next_at <= until:
        at = escalation.next_at
        taken += [(at, step) for step in escalation.climb(step_plan, hours=OFFICE, now=at).steps]
    return taken


def test_while_nobody_acts_each_step_is_taken_once_and_the_last_one_repeated() -> None:
    taken = climbs(begun(), until=NOON + timedelta(days=30))
    assert [(at - NOON, step) for at, step in taken] == [
        (minutes(10), ON_CALL),
        (minutes(30), LEADS),
        (minutes(50), LEADS),
        (minutes(70), LEADS),
    ]


def test_nobody_is_called_outside_the_teams_hours() -> None:
    late = datetime(2026, 3, 6, 15, 55, tzinfo=UTC)  # Friday 16:55; the team goes home at 17:00
    (first, _), (second, _), *_ = climbs(begun(at=late), until=late + timedelta(days=5))
    assert first.astimezone(BERLIN) == datetime(2026, 3, 9, 9, 5, tzinfo=BERLIN)
    assert second.astimezone(BERLIN) == datetime(2026, 3, 9, 9, 25, tzinfo=BERLIN)


def test_a_policy_that_pages_always_calls_at_any_hour() -> None:
    step_plan = StepPlan(steps=(ON_CALL,), pages_always=True)
    midnight = datetime(2026, 3, 7, 23, 0, tzinfo=UTC)
    assert begun(at=midnight, step_plan=step_plan).next_at == midnight + minutes(10)


def test_acknowledging_stops_the_step_plan_and_only_the_first_one_counts() -> None:
    escalation = begun()
    escalation.climb(STEP_PLAN, hours=OFFICE, now=NOON + minutes(10))
    escalation.acknowledge(by="web:ana", at=NOON + minutes(12))
    assert escalation.next_at is None
    assert not escalation.is_unacknowledged
    with pytest.raises(AlreadySo):
        escalation.acknowledge(by="web:ben", at=NOON + minutes(13))
    assert escalation.acknowledged_by == "web:ana"


def test_what_is_over_can_be_neither_acknowledged_nor_snoozed() -> None:
    escalation = begun()
    escalation.end(at=NOON + minutes(5))
    with pytest.raises(Refused):
        escalation.acknowledge(by="web:ana", at=NOON + minutes(6))
    with pytest.raises(Refused):
        snooze(escalation, until=NOON + minutes(60), at=NOON + minutes(6))
    assert escalation.next_at is None


def test_snoozing_puts_the_next_step_off_and_the_step_plan_goes_on_where_it_stood() -> None:
    escalation = begun()
    until = NOON + timedelta(hours=2)
    snooze(escalation, until=until, at=NOON + minutes(4))
    assert escalation.climb(STEP_PLAN, hours=OFFICE, now=until - SECOND) == DueSteps()
    assert escalation.climb(STEP_PLAN, hours=OFFICE, now=until) == DueSteps(is_awake=True)
    assert not escalation.is_snoozed
    assert escalation.next_at == until + minutes(6), "four of the ten minutes had been waited"
    assert escalation.climb(STEP_PLAN, hours=OFFICE, now=until + minutes(6)).steps == (ON_CALL,)


def test_a_snooze_that_ends_at_night_reminds_people_when_they_come_in() -> None:
    escalation = begun(step_plan=StepPlan())
    saturday = datetime(2026, 3, 7, 11, 0, tzinfo=UTC)
    escalation.snooze(StepPlan(), hours=OFFICE, until=saturday, by="web:ana", reason="", at=NOON)
    assert escalation.next_at == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    assert escalation.climb(StepPlan(), hours=OFFICE, now=saturday + timedelta(days=2)).is_awake
    assert escalation.next_at is None


def test_a_ticket_that_waits_is_not_woken_by_the_end_of_a_snooze() -> None:
    escalation = begun()
    snooze(escalation, until=NOON + minutes(30), at=NOON + minutes(5))
    escalation.rest(STEP_PLAN, hours=OFFICE, at=NOON + minutes(10))
    assert escalation.next_at is None
    escalation.go_on(STEP_PLAN, hours=OFFICE, at=NOON + minutes(20))
    assert escalation.next_at == NOON + minutes(30)


def test_given_to_somebody_else_the_next_step_waits_its_whole_delay_again() -> None:
    escalation = begun()
    escalation.climb(STEP_PLAN, hours=OFFICE, now=NOON + minutes(10))
    escalation.put_off(STEP_PLAN, hours=OFFICE, at=NOON + minutes(25))
    assert escalation.next_at == NOON + minutes(45)


def test_a_step_plan_without_steps_calls_nobody_and_can_be_acknowledged() -> None:
    escalation = begun(step_plan=StepPlan())
    assert escalation.next_at is None
    escalation.acknowledge(by="web:ana", at=NOON)
    assert not escalation.is_unacknowledged


def test_a_snooze_into_the_past_is_refused_in_words() -> None:
    with pytest.raises(Refused, match=r"^refusals\.time_over$"):
        snooze(begun(), until=NOON, at=NOON)


def test_while_the_ticket_waits_for_somebody_else_the_step_plan_rests_and_counts_on_afterwards() -> None:
    escalation = begun()
    escalation.rest(STEP_PLAN, hours=OFFICE, at=NOON + minutes(4))
    assert escalation.next_at is None
    escalation.go_on(STEP_PLAN, hours=OFFICE, at=NOON + minutes(64))
    assert escalation.next_at == NOON + minutes(70)


def test_after_the_desk_was_down_every_missed_step_comes_at_once_and_in_order() -> None:
    escalation = begun()
    assert escalation.climb(STEP_PLAN, hours=OFFICE, now=NOON + minutes(55)).steps == (ON_CALL, LEADS, LEADS)
    assert escalation.climb(STEP_PLAN, hours=OFFICE, now=NOON + minutes(55)) == DueSteps()
    assert escalation.next_at == NOON + minutes(70)


def test_a_step_plan_is_kept_as_json_and_comes_back_the_same() -> None:
    step = Step(
        after=minutes(5),
        mentions=(StepRecipient.ASSIGNEE,),
        directs=(StepRecipient.LEADS_OF_LEADS,),
        priority=Priority.HIGH,
        reassign=True,
        transfer="l2",
        webhook="pager",
    )
    step_plan = StepPlan(steps=(step,), repeat_every=minutes(3), repeats=4, pages_always=True)
    assert StepPlan.from_json(step_plan.to_json()) == step_plan


@pytest.mark.parametrize(
    "make",
    [
        lambda: StepPlan(repeats=1, repeat_every=minutes(5)),
        lambda: StepPlan(steps=(LEADS, ON_CALL)),
        lambda: StepPlan(steps=(Step(after=timedelta()),)),
        lambda: StepPlan(steps=(ON_CALL,), repeats=1),
    ],
)
def test_a_step_plan_that_cannot_be_climbed_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(ConfigurationError):
        make()


@given(
    pauses=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3_000)), max_size=6),
    start=st.integers(0, 7 * 24 * 60),
)
def test_however_often_it_rests_a_step_comes_after_exactly_its_open_time(
    pauses: list[tuple[int, int]], start: int
) -> None:
    at = NOON + minutes(start)
    escalation = begun(at=at)
    counted = timedelta()
    for waits, rests in pauses:
        until = at + minutes(waits)
        if escalation.next_at is not None and escalation.next_at <= until:
            break
        escalation.rest(STEP_PLAN, hours=OFFICE, at=until)
        counted += OFFICE.between(at, until)
        at = until + minutes(rests)
        escalation.go_on(STEP_PLAN, hours=OFFICE, at=at)
    assert escalation.next_at is not None
    assert counted + OFFICE.between(at, escalation.next_at) == ON_CALL.after
