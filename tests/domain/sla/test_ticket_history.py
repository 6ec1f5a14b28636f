"""The audit log, read again, tells what a ticket's clocks went by."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from bot.domain.sentence import sentence
from bot.domain.sla.ticket_history import ticket_history
from bot.domain.tickets.ticket import Priority, Status
from tests.domain.sla.random_lives import BEN, Life, lives
from tests.domain.sla.sample_policies import POLICY, hours, on

patiently = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


@patiently
@given(lives())
def test_the_ticket_ends_in_the_log_as_it_is(life: Life) -> None:
    last = ticket_history(life.ticket, life.log)[-1].ticket
    now = life.ticket
    assert (last.status, last.priority, last.team) == (now.status, now.priority, now.team)
    assert (last.first_replied_at, last.awaits_reply_since, last.last_update_at) == (
        now.first_replied_at,
        now.awaits_reply_since,
        now.last_update_at,
    )


def test_an_opening_is_one_turn_with_who_got_the_ticket_and_why_it_has_its_policy() -> None:
    life = Life.begun(POLICY, at=on("thu 9:00"), to=BEN)

    (turn,) = ticket_history(life.ticket, life.log)

    assert (turn.event, turn.ticket.status, turn.is_choice) == ("TicketOpened", Status.OPEN, True)
    assert turn.applied is not None
    assert (turn.applied.policy, turn.applied.why) == ("standard", sentence("sla.why_default"))


def test_a_transfer_is_one_turn_at_which_the_desk_chooses() -> None:
    life = Life.begun(POLICY, at=on("thu 9:00"), to=BEN)
    life.passes(hours(1))
    life.does(
        life.ticket.transfer(team="network", by="Bo", actor=BEN, at=life.now),
        by=replace(POLICY, name="other"),
    )

    _, turn = ticket_history(life.ticket, life.log)

    assert (turn.event, turn.ticket.team, turn.is_choice) == ("TicketTransferred", "network", True)
    assert turn.applied is not None
    assert turn.applied.policy == "other"


def test_an_answer_and_a_reopening_in_the_same_instant_are_two_turns() -> None:
    life = Life.begun(POLICY, at=on("thu 9:00"), to=BEN)
    life.passes(hours(1))
    life.does(life.ticket.resolve(actor=BEN, at=life.now))
    life.answers()
    life.asks()

    *_, answer, reopening = ticket_history(life.ticket, life.log)

    assert (answer.event, answer.ticket.status) == ("FirstResponseGiven", Status.RESOLVED)
    assert (reopening.event, reopening.ticket.awaits_reply_since) == ("StatusChanged", life.now)


def test_the_priority_at_first_is_known_from_its_first_change() -> None:
    life = Life.begun(POLICY, at=on("thu 9:00"), priority=Priority.URGENT)
    life.passes(hours(1))
    life.does(life.ticket.set_priority(Priority.NORMAL, actor=BEN, at=life.now))

    first, second = ticket_history(life.ticket, life.log)

    assert (first.ticket.priority, second.ticket.priority) == (Priority.URGENT, Priority.NORMAL)
