"""A ticket's timers follow what happens to the ticket. Times are a Berlin team's wall clock."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from bot.domain.directory import ChannelRef
from bot.domain.sentence import sentence
from bot.domain.sla.timer import Measure, Notify, SlaPolicy, SlaTimer, Stage
from bot.domain.sla.timer_rules import follow, furthest_stage, show_stage, start_timers
from bot.domain.tickets.ticket import Priority, Status, Ticket
from tests.domain.sla.sample_policies import OFFICE, POLICY, hours, on, policy

BEN = "web:ben"


def opened(*, priority: Priority = Priority.NORMAL, at: str = "thu 9:00") -> Ticket:
    return Ticket(
        why_here=sentence("team.why_no_rule"),
        id=7,
        prefix="IT",
        number=7,
        subject="VPN",
        team="it",
        requester="web:ana",
        priority=priority,
        origin=ChannelRef("web", "help-it"),
        opened_at=on(at),
        updated_at=on(at),
    )


def timers_of(ticket: Ticket, *, by: SlaPolicy = POLICY, at: datetime | None = None) -> list[SlaTimer]:
    ids = count(1)
    return start_timers(ticket, policy=by, at=at or ticket.opened_at, new_id=lambda: next(ids))


def stopped(timers: Sequence[SlaTimer]) -> list[Measure]:
    return [timer.measure for timer in timers if timer.stopped_at is not None]


def test_a_new_ticket_has_a_timer_for_each_promise_of_its_priority() -> None:
    timers = timers_of(opened(priority=Priority.URGENT))

    assert [(timer.id, timer.ticket_id, timer.measure, timer.due_at) for timer in timers] == [
        (1, 7, Measure.FIRST_RESPONSE, on("thu 9:30")),
        (2, 7, Measure.RESOLUTION, on("thu 13:00")),
    ]


def test_a_priority_that_is_promised_nothing_has_no_timers() -> None:
    assert timers_of(opened(priority=Priority.LOW)) == []


def test_the_first_public_reply_stops_the_first_response_alone() -> None:
    ticket = opened()
    timers = timers_of(ticket)
    ticket.agent_replied(actor=BEN, at=on("thu 10:00"))

    changed = follow(timers, ticket, policy=POLICY, at=on("thu 10:00"))

    assert stopped(timers) == [Measure.FIRST_RESPONSE]
    assert changed == timers[:1]


def test_a_reply_found_later_stops_the_clock_when_it_was_given() -> None:
    ticket = opened()
    timers = timers_of(ticket)
    ticket.agent_replied(actor=BEN, at=on("thu 12:30"))

    follow(timers, ticket, policy=POLICY, at=on("thu 15:00"))

    assert (timers[0].stopped_at, timers[0].breached_at) == (on("thu 12:30"), None)


def test_claiming_and_tagging_change_no_timer() -> None:
    ticket = opened()
    timers = timers_of(ticket)
    ticket.claim(actor=BEN, at=on("thu 10:00"))
    ticket.tag(add=("vpn",), actor=BEN, at=on("thu 10:00"))

    assert follow(timers, ticket, policy=POLICY, at=on("thu 10:00")) == []


def test_waiting_for_the_requester_pauses_the_resolution_but_not_the_first_response() -> None:
    ticket = opened()
    first, resolution = timers = timers_of(ticket)
    ticket.wait(actor=BEN, at=on("thu 10:00"))
    follow(timers, ticket, policy=POLICY, at=on("thu 10:00"))
    assert (first.running_since, resolution.paused_at) == (on("thu 9:00"), on("thu 10:00"))

    ticket.requester_wrote(actor="web:ana", at=on("thu 13:00"), is_courtesy=False)
    follow(timers, ticket, policy=POLICY, at=on("thu 13:00"))

    assert resolution.due_at == on("mon 12:00")


def test_from_pending_to_on_hold_stays_paused() -> None:
    ticket = opened()
    timers = timers_of(ticket)
    ticket.wait(actor=BEN, at=on("thu 10:00"))
    follow(timers, ticket, policy=POLICY, at=on("thu 10:00"))
    ticket.hold(actor=BEN, at=on("thu 11:00"))

    assert follow(timers, ticket, policy=POLICY, at=on("thu 11:00")) == []


def test_resolving_stops_all_and_reopening_goes_on_with_what_was_spent() -> None:
    ticket = opened()
    _, resolution = timers = timers_of(ticket)
    ticket.agent_replied(actor=BEN, at=on("thu 10:00"))
    ticket.resolve(actor=BEN, at=on("thu 12:00"))
    follow(timers, ticket, policy=POLICY, at=on("thu 12:00"))
    assert stopped(timers) == [Measure.FIRST_RESPONSE, Measure.RESOLUTION]

    ticket.reopen(actor="web:ana", at=on("fri 9:00"), is_by_requester=True)
    follow(timers, ticket, policy=POLICY, at=on("fri 9:00"))

    assert stopped(timers) == [Measure.FIRST_RESPONSE]
    assert resolution.spent == hours(3)
    assert resolution.due_at == on("mon 14:00")


def test_reopened_before_anybody_answered_the_first_response_is_still_owed() -> None:
    ticket = opened()
    first, _ = timers = timers_of(ticket)
    ticket.close(actor="web:ana", at=on("thu 10:00"))
    follow(timers, ticket, policy=POLICY, at=on("thu 10:00"))
    assert stopped(timers) == [Measure.FIRST_RESPONSE, Measure.RESOLUTION]

    ticket.reopen(actor="web:ana", at=on("fri 9:00"), is_by_requester=True)
    follow(timers, ticket, policy=POLICY, at=on("fri 9:00"))

    assert first.due_at == on("fri 12:00")


def test_a_raised_priority_moves_the_due_times_and_keeps_what_was_spent() -> None:
    ticket = opened()
    first, resolution = timers = timers_of(ticket)
    ticket.set_priority(Priority.URGENT, actor=BEN, at=on("thu 9:10"))

    assert follow(timers, ticket, policy=POLICY, at=on("thu 9:10")) == timers
    assert (first.due_at, resolution.due_at) == (on("thu 9:40"), on("thu 13:10"))
    assert follow(timers, ticket, policy=POLICY, at=on("thu 9:20")) == [], "it counts from the raise, once"


def test_a_priority_changed_while_pending_counts_when_it_goes_on() -> None:
    ticket = opened()
    _, resolution = timers = timers_of(ticket)
    ticket.wait(actor=BEN, at=on("thu 10:00"))
    ticket.set_priority(Priority.URGENT, actor=BEN, at=on("thu 10:00"))
    follow(timers, ticket, policy=POLICY, at=on("thu 10:00"))
    assert resolution.paused_at == on("thu 10:00")

    ticket.reopen(actor=BEN, at=on("thu 12:00"), is_by_requester=False)
    follow(timers, ticket, policy=POLICY, at=on("thu 12:00"))

    assert resolution.due_at == on("thu 16:00")


def test_a_priority_without_a_promise_stops_the_timers_and_back_again_they_go_on() -> None:
    ticket = opened()
    _, resolution = timers = timers_of(ticket)
    ticket.set_priority(Priority.LOW, actor=BEN, at=on("thu 10:00"))
    follow(timers, ticket, policy=POLICY, at=on("thu 10:00"))
    assert len(stopped(timers)) == 2

    ticket.set_priority(Priority.URGENT, actor=BEN, at=on("thu 11:00"))
    follow(timers, ticket, policy=POLICY, at=on("thu 11:00"))

    assert resolution.due_at == on("thu 15:00")


def test_a_priority_that_gains_a_promise_starts_the_missing_timers_then() -> None:
    ticket = opened(priority=Priority.LOW)
    ticket.agent_replied(actor=BEN, at=on("thu 9:30"))
    ticket.set_priority(Priority.URGENT, actor=BEN, at=on("thu 11:00"))

    (resolution,) = timers_of(ticket, at=on("thu 11:00"))

    assert (resolution.measure, resolution.due_at) == (Measure.RESOLUTION, on("thu 15:00"))
    assert (
        start_timers(ticket, policy=POLICY, at=on("thu 11:00"), new_id=lambda: 9, besides=[resolution]) == []
    )


def test_transferred_to_a_team_in_another_zone_the_time_so_far_is_counted_in_the_old_hours() -> None:
    new_york = policy(replace(OFFICE, zone=ZoneInfo("America/New_York")))
    ticket = opened()
    _, resolution = timers = timers_of(ticket)
    ticket.transfer(team="us", by="Bo", actor=BEN, at=on("thu 17:00"))

    follow(timers, ticket, policy=POLICY, at=on("thu 17:00"), successor=new_york)

    assert resolution.spent == hours(8)
    assert resolution.due_at == on("fri 17:00")  # six hours on Thursday in New York, two on Friday


def test_a_ticket_opened_as_pending_starts_with_its_resolution_paused() -> None:
    ticket = opened()
    ticket.status = Status.PENDING

    first, resolution = timers_of(ticket)

    assert (first.paused_at, resolution.paused_at) == (None, on("thu 9:00"))


def test_following_twice_is_following_once() -> None:
    ticket = opened()
    timers = timers_of(ticket)
    ticket.resolve(actor=BEN, at=on("thu 10:00"))
    follow(timers, ticket, policy=POLICY, at=on("thu 10:00"))

    assert follow(timers, ticket, policy=POLICY, at=on("thu 11:00")) == []


def test_a_ticket_is_as_near_as_its_furthest_running_timer() -> None:
    ticket = opened()
    first, resolution = timers = timers_of(ticket)
    assert furthest_stage(timers) == 0

    first.fire(on("thu 13:00"), policy=POLICY)
    resolution.fire(on("fri 9:00"), policy=POLICY)
    assert furthest_stage(timers) == 3

    ticket.agent_replied(actor=BEN, at=on("fri 9:00"))
    follow(timers, ticket, policy=POLICY, at=on("fri 9:00"))
    assert furthest_stage(timers) == 1

    resolution.stop(POLICY, at=on("fri 9:00"))
    assert furthest_stage(timers) == 0
    assert furthest_stage([]) == 0


def test_a_ticket_is_warned_of_once_a_stage_notifies_and_not_while_it_waits() -> None:
    """Half of the time, which is over at eleven, notifies nobody."""
    ticket = opened()
    timers = timers_of(ticket)

    def is_warned(at: str) -> bool:
        for timer in timers:
            timer.fire(on(at), policy=POLICY)
        show_stage(ticket, timers, policy=POLICY)
        return ticket.is_warned

    assert (is_warned("thu 10:59"), ticket.sla_stage) == (False, 0)
    assert (is_warned("thu 11:00"), ticket.sla_stage) == (False, 1)
    assert (is_warned("thu 12:12"), ticket.sla_stage) == (True, 2)
    ticket.agent_replied(actor=BEN, at=on("thu 12:30"))
    follow(timers, ticket, policy=POLICY, at=on("thu 12:30"))
    assert not is_warned("thu 12:30")


def test_a_first_stage_that_notifies_somebody_is_a_warning() -> None:
    early = replace(POLICY, stages=(Stage(share=0.25, notify=(Notify.ASSIGNEE,)), Stage(share=1.0)))
    ticket = opened()
    timers = timers_of(ticket, by=early)
    for timer in timers:
        timer.fire(on("thu 10:00"), policy=early)
    assert {place for timer in timers for place in timer.reached} == {0}
    show_stage(ticket, timers, policy=early)
    assert ticket.is_warned
    for timer in timers:
        timer.pause(early, at=on("thu 10:05"))
    show_stage(ticket, timers, policy=early)
    assert not ticket.is_warned


def test_under_a_smaller_policy_and_back_again_a_promise_that_was_kept_can_be_reopened() -> None:
    ticket = opened()
    timers = timers_of(ticket)
    for timer in timers:
        timer.fire(on("fri 16:59"), policy=POLICY)
    small = replace(POLICY, stages=POLICY.stages[-1:])
    ticket.resolve(actor=BEN, at=on("fri 16:59"))
    follow(timers, ticket, policy=POLICY, at=on("fri 16:59"), successor=small)
    assert all(timer.reached <= {0} for timer in timers)

    ticket.reopen(actor=BEN, at=on("fri 17:00"), is_by_requester=False)
    follow(timers, ticket, policy=small, at=on("fri 17:00"), successor=POLICY)
    assert stopped(timers) == []


def test_what_came_too_late_to_be_promised_moves_nothing_when_the_ticket_is_looked_at_again() -> None:
    ticket = opened()
    timers = timers_of(ticket)
    ticket.set_priority(Priority.URGENT, actor=BEN, at=on("fri 12:00"))
    follow(timers, ticket, policy=POLICY, at=on("fri 12:00"))
    before = [replace(timer) for timer in timers]

    assert follow(timers, ticket, policy=POLICY, at=on("fri 13:00")) == []
    assert timers == before
