"""SLA timers under any history: whatever happens in whatever order, time is counted once and told once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendars.calendar import Calendar
from bot.domain.sla.policy import TargetStart
from bot.domain.sla.timer import SlaPolicy, SlaTimer, Stage
from tests.domain.calendars.wall_clock import calendars, instants
from tests.domain.sla.sample_policies import CHANNEL, OFFICE, STAGES, hours, policy, started

patiently = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
LADDERS = (
    STAGES,
    (STAGES[1], Stage(left=hours(3), notify=(CHANNEL,)), Stage(left=hours(1)), *STAGES[2:]),
    (Stage(left=hours(9), notify=(CHANNEL,), pages_always=True), *STAGES[1:], Stage(share=1.5)),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[SlaPolicy, datetime, list[tuple[str, datetime]]]:
    """A policy, a beginning, and what happens after it in any order of instants."""
    begun = draw(instants())
    verbs = st.sampled_from(["start", "pause", "stop", "retarget", "fire"])
    later = st.timedeltas(timedelta(), timedelta(days=12)).map(lambda passed: begun + passed)
    by = policy(draw(calendars()), stages=draw(st.sampled_from(LADDERS))).on(draw(calendars()))
    by = replace(by, raised=draw(st.sampled_from(TargetStart)))
    return by, begun, draw(st.lists(st.tuples(verbs, later), max_size=12))


def replay(by: SlaPolicy, begun: datetime, history: list[tuple[str, datetime]]) -> Iterator[SlaTimer]:
    """The same timer after each thing that happened."""
    timer = started(begun, target=hours(20), by=by)
    targets = (hours(10 + 7 * step % 23) for step in count())
    for verb, at in history:
        match verb:
            case "start":
                timer.start(by, at=at)
            case "pause":
                timer.pause(by, at=at)
            case "stop":
                timer.stop(by, at=at)
            case "retarget":
                timer.retarget(by, target=next(targets), at=at)
            case _:
                timer.fire(at, policy=by, staffed=OFFICE)
        yield timer


@patiently
@given(histories())
def test_nothing_is_counted_twice_or_taken_back(
    story: tuple[SlaPolicy, datetime, list[tuple[str, datetime]]],
) -> None:
    by, begun, history = story
    spent = [timedelta(), *(timer.spent for timer in replay(by, begun, history))]
    last = max([begun, *(at for _, at in history)])

    assert all(earlier <= later for earlier, later in pairwise(spent))
    assert spent[-1] <= by.hours.between(begun, last)


@patiently
@given(histories())
def test_a_timer_is_always_in_exactly_one_state(
    story: tuple[SlaPolicy, datetime, list[tuple[str, datetime]]],
) -> None:
    by, begun, history = story
    for timer in replay(by, begun, history):
        states = (timer.running_since, timer.paused_at, timer.stopped_at)
        assert sum(state is not None for state in states) == 1
        assert (timer.due_at is not None) is (timer.running_since is not None)
        assert timer.next_at is None or timer.running_since is not None
        assert timer.reached <= set(range(len(by.stages)))
        assert timer.told <= timer.reached


@patiently
@given(histories())
def test_in_order_of_time_elapsed_is_the_open_time_of_the_running_stretches(
    story: tuple[SlaPolicy, datetime, list[tuple[str, datetime]]],
) -> None:
    by, begun, history = story
    history = sorted(history, key=lambda each: each[1])
    expected = timedelta()
    running_since: datetime | None = begun
    for (verb, at), timer in zip(history, replay(by, begun, history), strict=True):
        if verb in ("pause", "stop") and running_since is not None:
            expected += by.hours.between(running_since, at)
            running_since = None
        elif verb == "start" and running_since is None:
            running_since = at
        counted = expected if running_since is None else expected + by.hours.between(running_since, at)
        assert timer.elapsed(at, policy=by) == counted


@patiently
@given(histories())
def test_a_timer_is_late_by_the_open_time_since_its_due_time_whatever_was_promised_on_the_way(
    story: tuple[SlaPolicy, datetime, list[tuple[str, datetime]]],
) -> None:
    by, begun, mixed = story
    history = sorted((each for each in mixed if each[0] in ("retarget", "fire")), key=lambda each: each[1])
    for (_, at), timer in zip(history, replay(by, begun, history), strict=True):
        if timer.due_at is not None and timer.due_at < at:
            assert timer.remaining(at, policy=by) == -by.hours.between(timer.due_at, at)


@patiently
@given(
    calendars(),
    instants(),
    st.timedeltas(timedelta(), hours(20)),
    st.timedeltas(timedelta(), timedelta(days=9)),
)
def test_pausing_for_some_staffed_time_moves_the_due_time_by_exactly_that(
    calendar: Calendar, begun: datetime, worked: timedelta, waited: timedelta
) -> None:
    by = policy(calendar)
    timer = started(begun, target=hours(20), by=by)
    due, paused = timer.due_at, calendar.add(begun, worked)
    assert due is not None

    timer.pause(by, at=paused)
    timer.start(by, at=paused + waited)

    assert timer.due_at is not None
    assert calendar.between(due, timer.due_at) == calendar.between(paused, paused + waited)


@patiently
@given(calendars(), instants(), st.lists(st.timedeltas(timedelta(), timedelta(days=9)), max_size=30))
def test_however_the_clock_ticks_each_stage_is_reached_once_and_never_early(
    calendar: Calendar, begun: datetime, ticks: list[timedelta]
) -> None:
    by = policy(calendar)
    timer = started(begun, target=hours(20), by=by)
    due = timer.due_at
    assert due is not None
    reached = []
    for now in sorted([begun + passed for passed in ticks] + [due + timedelta(days=400)]):
        fired = timer.fire(now, policy=by, staffed=OFFICE)
        assert all(each.at <= now for each in fired)
        reached += fired

    assert [each.index for each in reached if each.is_new] == [0, 1, 2]
    assert reached[-1].at >= due or reached[-1].index < 2
    assert timer.breached_at == due
