"""A ticket's life, verb by verb."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import events as happened
from bot.domain.directory import ChannelRef
from bot.domain.errors import AlreadySo, ClaimedByOther, Refused
from bot.domain.sentence import sentence
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Priority, Status, Ticket

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def a_ticket(status: Status = Status.NEW, assignee: str | None = None) -> Ticket:
    return Ticket(
        why_here=sentence("team.why_no_rule"),
        id=1,
        prefix="IT",
        number=12,
        subject="VPN is down",
        team="it",
        requester="web:ana",
        origin=ChannelRef("web", "help-it"),
        status=status,
        assignee=assignee,
        opened_at=NOW,
        updated_at=NOW,
    )


def test_a_claimed_ticket_is_open_and_its_agents() -> None:
    ticket = a_ticket()
    events = ticket.claim(actor="web:bo", at=LATER)
    assert (ticket.status, ticket.assignee) == (Status.OPEN, "web:bo")
    assert [type(event) for event in events] == [happened.TicketAssigned, happened.StatusChanged]


def test_the_second_to_claim_is_told_who_was_first() -> None:
    ticket = a_ticket(Status.OPEN, "web:bo")
    with pytest.raises(ClaimedByOther, match="IT-12") as refusal:
        ticket.claim(actor="web:cleo", at=LATER)
    assert refusal.value.holder == "web:bo"
    assert ticket.assignee == "web:bo"


def test_claiming_ones_own_ticket_again_changes_nothing() -> None:
    ticket = a_ticket(Status.OPEN, "web:bo")
    with pytest.raises(AlreadySo, match=r"^refusals\.already_yours\(reference=IT-12\)$"):
        ticket.claim(actor="web:bo", at=LATER)


def test_a_released_ticket_is_new_again() -> None:
    ticket = a_ticket(Status.OPEN, "web:bo")
    ticket.release(actor="web:bo", at=LATER)
    assert (ticket.status, ticket.assignee) == (Status.NEW, None)


def test_a_ticket_on_hold_stays_on_hold_when_it_is_released() -> None:
    ticket = a_ticket(Status.ON_HOLD, "web:bo")
    ticket.release(actor="web:bo", at=LATER)
    assert ticket.status is Status.ON_HOLD


def test_the_first_answer_opens_a_new_ticket_and_claims_nothing() -> None:
    ticket = a_ticket()
    events = ticket.agent_replied(actor="web:bo", at=LATER)
    assert (ticket.status, ticket.assignee, ticket.first_replied_at) == (Status.OPEN, None, LATER)
    assert isinstance(events[0], happened.FirstResponseGiven)
    again = ticket.agent_replied(actor="web:bo", at=LATER + timedelta(hours=1))
    assert [type(event) for event in again] == [happened.NextResponseGiven]
    assert ticket.first_replied_at == LATER


@pytest.mark.parametrize("status", [Status.PENDING, Status.RESOLVED])
def test_the_requesters_word_reopens_what_waited_for_it(status: Status) -> None:
    ticket = a_ticket(status, "web:bo")
    ticket.requester_wrote(actor="web:ana", at=LATER, is_courtesy=False)
    assert ticket.status is Status.OPEN


def test_thanks_alone_reopens_nothing() -> None:
    ticket = a_ticket(Status.RESOLVED, "web:bo")
    assert ticket.requester_wrote(actor="web:ana", at=LATER, is_courtesy=True) == []
    assert ticket.status is Status.RESOLVED


@pytest.mark.parametrize("status", [Status.NEW, Status.OPEN])
def test_the_requesters_word_leaves_other_statuses_alone(status: Status) -> None:
    ticket = a_ticket(status, "web:bo" if status is not Status.NEW else None)
    assert ticket.requester_wrote(actor="web:ana", at=LATER, is_courtesy=False) == []
    assert ticket.status is status


@pytest.mark.parametrize(("assignee", "after"), [("web:bo", Status.OPEN), (None, Status.NEW)])
def test_the_requesters_word_ends_a_hold_and_thanks_does_not(assignee: str | None, after: Status) -> None:
    ticket = a_ticket(Status.ON_HOLD, assignee)
    assert ticket.requester_wrote(actor="web:ana", at=LATER, is_courtesy=True) == []
    assert ticket.status is Status.ON_HOLD
    ticket.requester_wrote(actor="web:ana", at=LATER, is_courtesy=False)
    assert ticket.status is after


def test_a_reopened_ticket_that_nobody_had_is_new() -> None:
    ticket = a_ticket()
    ticket.close(actor="web:ana", at=LATER)
    ticket.reopen(actor="web:ana", at=LATER, is_by_requester=True)
    assert (ticket.status, ticket.closed_at, ticket.resolved_at) == (Status.NEW, None, None)


def test_a_resolved_ticket_cannot_be_worked_before_it_is_reopened() -> None:
    ticket = a_ticket(Status.RESOLVED)
    verbs: tuple[Callable[[], object], ...] = (
        lambda: ticket.claim(actor="web:bo", at=LATER),
        lambda: ticket.wait(actor="web:bo", at=LATER),
        lambda: ticket.hold(actor="web:bo", at=LATER),
        lambda: ticket.transfer(team="network", by="Bo", actor="web:bo", at=LATER),
    )
    for verb in verbs:
        with pytest.raises(
            Refused, match=r"^refusals\.reopen_first\(reference=IT-12, status=terms\.status_resolved\)$"
        ):
            verb()


def test_resolving_twice_answers_that_it_is_so() -> None:
    ticket = a_ticket(Status.OPEN, "web:bo")
    ticket.resolve(actor="web:bo", at=LATER, resolution="new cable")
    with pytest.raises(
        AlreadySo, match=r"^refusals\.already_status\(reference=IT-12, status=terms\.status_resolved\)$"
    ):
        ticket.resolve(actor="web:cleo", at=LATER)


def test_a_transferred_ticket_waits_in_the_new_teams_queue() -> None:
    ticket = a_ticket(Status.OPEN, "web:bo")
    ticket.transfer(team="network", by="Bo", actor="web:bo", at=LATER)
    assert (ticket.team, ticket.assignee, ticket.status) == ("network", None, Status.NEW)
    assert ticket.why_here == sentence("team.why_transferred", name="Bo")


def test_a_transfer_says_who_moved_the_ticket_and_why() -> None:
    ticket = a_ticket()
    ticket.transfer(team="network", by="Bo Berg", actor="web:bo", at=LATER, reason="it is the switch")
    assert ticket.why_here == sentence(
        "team.why_transferred_because", name="Bo Berg", reason="it is the switch"
    )


def test_an_edited_request_renames_its_ticket_unless_somebody_chose_another_subject() -> None:
    ticket = a_ticket()
    ticket.opening_edited(before="VPN is down", after="VPN is down on the train", otherwise="-")
    assert ticket.subject == "VPN is down on the train"
    ticket.opening_edited(before="something else", after="Printer", otherwise="-")
    assert ticket.subject == "VPN is down on the train"


def test_a_deleted_request_is_forgotten_in_the_subject_it_gave_and_in_no_other() -> None:
    ticket, why = a_ticket(), sentence("team.why_rule_alone", rule="vpn")
    ticket.opening_deleted(text="something else", otherwise="(deleted)", why_here=why)
    assert ticket.subject == "VPN is down"
    ticket.opening_deleted(text="VPN  is down", otherwise="(deleted)", why_here=why)
    assert (ticket.subject, ticket.why_here) == ("(deleted)", why)


def test_the_policy_on_a_ticket_is_written_down_with_what_chose_it() -> None:
    ticket = a_ticket()
    why = sentence("sla.why_default")
    event = ticket.apply_policy("standard", copy="c0ffee", why=why, actor="web:bo", at=LATER)
    assert (ticket.sla_policy, ticket.sla_policy_copy) == ("standard", "c0ffee")
    assert (event.policy, event.copy, event.why) == ("standard", "c0ffee", why)


def test_tags_are_kept_once_and_in_order() -> None:
    ticket = a_ticket()
    ticket.tag(add=("vpn", "office", "vpn"), actor="web:bo", at=LATER)
    ticket.tag(add=("mac",), remove=("office",), actor="web:bo", at=LATER)
    assert ticket.tags == ("vpn", "mac")
    with pytest.raises(AlreadySo):
        ticket.tag(add=("mac",), actor="web:bo", at=LATER)


@pytest.mark.parametrize(
    ("add", "said"),
    [
        (("x" * 41,), "refusals.tag_too_long(maximum=40)"),
        (tuple(f"t{at}" for at in range(20)), "refusals.too_many_tags(maximum=20)"),
    ],
    ids=["too long", "one too many"],
)
def test_tags_that_are_too_long_or_too_many_change_nothing(add: tuple[str, ...], said: str) -> None:
    ticket = a_ticket()
    ticket.tag(add=("vpn",), actor="web:bo", at=LATER)
    with pytest.raises(Refused) as refusal:
        ticket.tag(add=add, actor="web:bo", at=LATER)
    assert (str(refusal.value), ticket.tags) == (said, ("vpn",))


def test_the_same_priority_again_is_no_change() -> None:
    with pytest.raises(AlreadySo):
        a_ticket().set_priority(Priority.NORMAL, actor="web:bo", at=LATER)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("My  printer\nburns ", "My printer burns"),
        ("", ""),
        ("word " * 40, ("word " * 15).strip() + "…"),
        ("x" * 200, "x" * 79 + "…"),
    ],
)
def test_a_subject_is_one_line_cut_at_a_word(text: str, subject: str) -> None:
    assert subject_of(text) == subject
    assert len(subject_of(text)) <= 80
