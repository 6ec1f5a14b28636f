"""Tickets and what belongs to them, made with as few words as a test needs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.directory import ChannelRef, Person
from bot.domain.events import MessageAdded, TicketOpened
from bot.domain.figures.ticket_facts import FactKind, TicketFact
from bot.domain.sentence import sentence
from bot.domain.sla.timer import Measure, SlaTimer
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.figures.figures import KeptFact
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import UnitOfWork

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HELP = ChannelRef("web", "help-it")
TEAM = ChannelRef("web", "team-it")
ANA = Person(key="web:ana", name="Ana Núñez", email="Ana@Example.org", groups=frozenset({"sales"}))
LEASE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a ticket wrote."""

    ticket: Ticket
    asked: Conversation
    team: Conversation
    message: TicketMessage


def a_ticket(uow: UnitOfWork, **fields: Any) -> Ticket:
    known: dict[str, Any] = {
        "id": uow.new_id(),
        "prefix": "IT",
        "why_here": sentence("team.why_no_rule"),
        "subject": "My laptop does not start",
        "team": "it",
        "requester": ANA.key,
        "origin": HELP,
        "opened_at": NOW,
        "updated_at": NOW,
    }
    return Ticket(**known | fields)


def a_numbered_ticket(uow: UnitOfWork, **fields: Any) -> Ticket:
    ticket = a_ticket(uow, **fields)
    uow.tickets.add(ticket)
    uow.tickets.take_number(ticket)
    return ticket


def a_conversation(uow: UnitOfWork, ticket: Ticket, **fields: Any) -> Conversation:
    known: dict[str, Any] = {"id": uow.new_id(), "ticket_id": ticket.id, "side": Side.TEAM, "channel": TEAM}
    made = Conversation(**known | fields)
    uow.conversations.add(made)
    return made


def a_message(uow: UnitOfWork, ticket: Ticket, **fields: Any) -> TicketMessage:
    known: dict[str, Any] = {
        "id": uow.new_id(),
        "ticket_id": ticket.id,
        "kind": MessageKind.REQUEST,
        "author": ANA.key,
        "author_name": ANA.name,
        "text": "My laptop does not start since this morning.",
        "said_at": NOW,
    }
    made = TicketMessage(**known | fields)
    uow.messages.add(made)
    return made


def a_timer(uow: UnitOfWork, ticket: Ticket, **fields: Any) -> SlaTimer:
    known: dict[str, Any] = {
        "id": uow.new_id(),
        "ticket_id": ticket.id,
        "measure": Measure.RESOLUTION,
        "target": timedelta(hours=8),
        "running_since": NOW,
        "due_at": NOW + timedelta(hours=8),
        "next_at": NOW + timedelta(hours=4),
    }
    made = SlaTimer(**known | fields)
    uow.sla_timers.add([made])
    return made


def a_fact(uow: UnitOfWork, ticket: Ticket, kind: FactKind, *, at: datetime = NOW, **fields: Any) -> None:
    """The next one of this ticket, as far as facts stand alone here, without a log."""
    before = [each.fact for each in uow.figures.facts(ticket.id)]
    known: dict[str, Any] = {
        "line": len(before) + 1,
        "team": ticket.team,
        "opened_at": ticket.opened_at,
        "since": ticket.opened_at,
        "replies": 1,
        "repliers": 1,
        "is_first": all(each.kind is not kind for each in before),
    }
    fact = TicketFact(kind=kind, at=at, **known | fields)
    uow.figures.keep(ticket.id, [KeptFact(fact=fact, took=timedelta(), worked=timedelta())])


def take_in(uow: UnitOfWork, message_id: str, *, requester: Person = ANA) -> Opened:
    """All that one request writes, in the order in which intake writes it."""
    uow.inbound_events.arrive(f"web:{message_id}", now=NOW)
    uow.people.remember(requester)
    policy = uow.sla_timers.copy_policy({"name": "standard", "targets": {"resolution": {"normal": 28800}}})
    ticket = a_ticket(uow, requester=requester.key, sla_policy_copy=policy, opening=uow.new_id())
    uow.tickets.add(ticket)
    asked = a_conversation(uow, ticket, side=Side.REQUESTER, channel=HELP, root=message_id)
    team = a_conversation(uow, ticket)
    message = a_message(uow, ticket, id=ticket.opening, said_in=asked.id, platform_id=message_id)
    a_timer(uow, ticket, measure=Measure.FIRST_RESPONSE)
    a_timer(uow, ticket)
    opened = TicketOpened(actor=requester.key, at=NOW, why_here=sentence("team.why_no_rule"), team="it")
    added = MessageAdded(actor=requester.key, at=NOW, message=message.id, kind=message.kind)
    uow.audit_log.append(ticket.id, [opened, added])
    uow.outbox.put_state(RowKind.ACKNOWLEDGEMENT, conversation=asked.id, subject=ticket.id, now=NOW)
    uow.outbox.put_state(RowKind.CARD, conversation=team.id, subject=ticket.id, now=NOW, is_root=True)
    uow.tickets.take_number(ticket)
    return Opened(ticket, asked, team, message)
