"""What is owed again and again: an answer to each word of the requester, and news while something is wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import events as happened
from bot.domain.errors import Refused
from bot.domain.sla.timer import Measure, SlaTimer
from bot.domain.sla.timer_rules import follow, start_timers
from bot.domain.tickets.ticket import Priority, Status, Ticket
from tests.domain.sla.sample_policies import OFFICE, POLICY, hours, on
from tests.domain.sla.test_timer_rules import BEN, opened

ANA = "web:ana"
BY = replace(
    POLICY,
    targets={
        **POLICY.targets,
        Measure.NEXT_RESPONSE: {Priority.NORMAL: hours(2), Priority.URGENT: hours(1)},
        Measure.PERIODIC_UPDATE: {Priority.NORMAL: hours(4), Priority.URGENT: hours(1)},
    },
    pauses={**POLICY.pauses, Measure.PERIODIC_UPDATE: frozenset({Status.PENDING})},
)


class Story:
    """A ticket and its timers: each step is something that happens, and the clocks follow."""

    def __init__(self) -> None:
        self.ticket = opened(at="thu 9:00")
        self.timers: list[SlaTimer] = []
        self._ids = count(1)
        self.follow(self.ticket.opened_at)

    def follow(self, at: datetime) -> None:
        follow(self.timers, self.ticket, policy=BY, at=at)
        self.timers += start_timers(
            self.ticket, policy=BY, at=at, new_id=lambda: next(self._ids), besides=self.timers
        )

    def asks(self, at: str, *, is_courtesy: bool = False) -> None:
        self.ticket.requester_wrote(actor=ANA, at=on(at), is_courtesy=is_courtesy)
        self.follow(on(at))

    def answers(self, at: str) -> None:
        self.ticket.agent_replied(actor=BEN, at=on(at))
        self.follow(on(at))

    def does(self, verb: Callable[..., object], at: str) -> None:
        verb(actor=BEN, at=on(at))
        self.follow(on(at))

    def of(self, measure: Measure) -> list[SlaTimer]:
        return [timer for timer in self.timers if timer.measure is measure]

    def running(self, measure: Measure) -> SlaTimer | None:
        return next((timer for timer in self.of(measure) if timer.stopped_at is None), None)


def ledger(timers: list[SlaTimer]) -> list[tuple[datetime | None, datetime | None, timedelta]]:
    return [(timer.cycle_at, timer.stopped_at, timer.spent) for timer in timers]


class TestNextResponse:
    def test_before_the_first_response_no_other_is_owed(self) -> None:
        story = Story()
        story.asks("thu 10:00")

        assert story.of(Measure.NEXT_RESPONSE) == []

    def test_each_word_after_it_is_owed_an_answer(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.asks("thu 10:00")
        story.answers("thu 11:00")
        story.asks("fri 16:30")

        done, running = story.of(Measure.NEXT_RESPONSE)
        assert (done.spent, done.stopped_at, done.breached_at) == (hours(1), on("thu 11:00"), None)
        assert running.due_at == on("mon 10:30")

    def test_a_second_word_before_the_answer_changes_nothing(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.asks("thu 10:00")
        story.asks("thu 11:30")

        (running,) = story.of(Measure.NEXT_RESPONSE)
        assert running.due_at == on("thu 12:00")

    def test_thanks_are_owed_no_answer(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.asks("thu 10:00", is_courtesy=True)

        assert story.of(Measure.NEXT_RESPONSE) == []

    def test_an_answer_that_was_late_is_kept_as_broken(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.asks("thu 10:00")
        story.answers("thu 13:00")

        (done,) = story.of(Measure.NEXT_RESPONSE)
        assert done.breached_at == on("thu 12:00")

    def test_resolving_answers_too_and_reopening_by_the_requester_asks_anew(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.asks("thu 10:00")
        story.does(story.ticket.resolve, "thu 11:00")
        assert story.running(Measure.NEXT_RESPONSE) is None

        story.asks("fri 9:00")

        first, second = story.of(Measure.NEXT_RESPONSE)
        assert (first.stopped_at, second.due_at) == (on("thu 11:00"), on("fri 11:00"))

    def test_reopened_by_an_agent_nobody_waits_for_an_answer(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.does(story.ticket.resolve, "thu 11:00")
        story.does(story.ticket.reopen, "thu 12:00")

        assert story.of(Measure.NEXT_RESPONSE) == []

    def test_the_requesters_reopen_button_asks_without_words(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.does(story.ticket.resolve, "thu 11:00")
        events = story.ticket.reopen(actor=ANA, at=on("thu 12:00"), is_by_requester=True)
        story.follow(on("thu 12:00"))

        assert isinstance(events[-1], happened.ReplyAwaited)
        running = story.running(Measure.NEXT_RESPONSE)
        assert running is not None
        assert running.due_at == on("thu 14:00")

    def test_a_raised_priority_moves_what_is_owed_now_and_not_what_was(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.asks("thu 10:00")
        story.answers("thu 10:30")
        story.asks("thu 11:00")
        story.ticket.set_priority(Priority.URGENT, actor=BEN, at=on("thu 11:15"))
        story.follow(on("thu 11:15"))

        done, running = story.of(Measure.NEXT_RESPONSE)
        assert (done.target, running.target, running.due_at) == (hours(2), hours(1.25), on("thu 12:15"))

    def test_an_answer_heard_of_late_counts_from_when_it_was_given(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.asks("thu 10:00")
        story.ticket.agent_replied(actor=BEN, at=on("thu 11:00"))
        story.follow(on("thu 15:00"))

        (done,) = story.of(Measure.NEXT_RESPONSE)
        assert (done.stopped_at, done.breached_at, done.spent) == (on("thu 11:00"), None, hours(1))

    def test_an_answer_to_what_was_said_before_does_not_answer_this(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.asks("thu 12:00")
        story.ticket.agent_replied(actor=BEN, at=on("thu 11:00"))
        story.follow(on("thu 12:30"))

        assert story.running(Measure.NEXT_RESPONSE) is not None


class TestPeriodicUpdate:
    def test_each_public_word_begins_the_next_period(self) -> None:
        story = Story()
        assert story.of(Measure.PERIODIC_UPDATE) == []
        story.answers("thu 9:30")
        story.answers("thu 12:00")
        story.answers("thu 17:30")

        assert ledger(story.of(Measure.PERIODIC_UPDATE)) == [
            (on("thu 9:30"), on("thu 12:00"), hours(2.5)),
            (on("thu 12:00"), on("thu 17:30"), hours(5)),
            (on("thu 17:30"), None, hours(0)),
        ]
        assert [bool(timer.breached_at) for timer in story.timers[2:]] == [False, True, False]

    def test_the_requesters_words_are_no_news(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.asks("thu 10:00")

        (running,) = story.of(Measure.PERIODIC_UPDATE)
        assert running.due_at == on("thu 13:30")

    def test_waiting_for_the_requester_no_news_are_owed(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.does(story.ticket.wait, "thu 10:30")
        story.asks("fri 9:00")

        (running,) = story.of(Measure.PERIODIC_UPDATE)
        assert running.due_at == on("fri 12:00")

    def test_resolved_no_news_are_owed_and_reopened_the_period_goes_on(self) -> None:
        story = Story()
        story.answers("thu 9:30")
        story.does(story.ticket.resolve, "thu 10:30")
        assert story.running(Measure.PERIODIC_UPDATE) is None
        story.does(story.ticket.reopen, "fri 9:00")

        (running,) = story.of(Measure.PERIODIC_UPDATE)
        assert (running.spent, running.due_at) == (hours(1), on("fri 12:00"))


STEPS = (
    "asks",
    "thanks",
    "answers",
    "answered an hour ago",
    "wait",
    "hold",
    "reopen",
    "resolve",
    "close",
    "urgent",
    "normal",
    "low",
)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from(STEPS), st.timedeltas(timedelta(), timedelta(days=2))), max_size=25)
)
def test_no_order_of_events_counts_time_twice_or_takes_it_back(
    history: list[tuple[str, timedelta]],
) -> None:
    story = Story()
    begun = now = story.ticket.opened_at
    spent: dict[int, timedelta] = {}
    for step, passed in history:
        now += passed
        happens(story.ticket, step, now)
        story.follow(now)
        for timer in story.timers:
            assert spent.get(timer.id, timedelta()) <= timer.spent
            spent[timer.id] = timer.spent
        for measure in Measure:
            unfinished = [timer for timer in story.of(measure) if timer.stopped_at is None]
            assert len(unfinished) <= 1

    for measure in Measure:
        counted = sum((timer.elapsed(now, policy=BY) for timer in story.of(measure)), timedelta())
        assert timedelta() <= counted <= OFFICE.between(begun, now)
    before = [replace(timer) for timer in story.timers]
    story.follow(now)
    assert story.timers == before


def happens(ticket: Ticket, step: str, at: datetime) -> None:
    """One step, unless the ticket refuses it."""
    try:
        match step:
            case "asks" | "thanks":
                ticket.requester_wrote(actor=ANA, at=at, is_courtesy=step == "thanks")
            case "answers":
                ticket.agent_replied(actor=BEN, at=at)
            case "answered an hour ago":
                ticket.agent_replied(actor=BEN, at=max(at - hours(1), ticket.opened_at))
            case "urgent" | "normal" | "low":
                ticket.set_priority(Priority(step), actor=BEN, at=at)
            case _:
                getattr(ticket, step)(actor=BEN, at=at)
    except Refused:
        pass
