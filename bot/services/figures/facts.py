"""Facts of a ticket, kept in the transaction in which they happen: one reading of its log, none at its opening.

How long something took in business hours is worked out then, by the calendar that the team has at that moment.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import timedelta

from bot.domain import events as happened
from bot.domain.desk import Desk
from bot.domain.figures.ticket_facts import FactLine, TicketFact, facts_of
from bot.domain.replies.unread_answer import FirstResponseUndone
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.figures.figures import KeptFact
from bot.services.context.context import Context


def log_before(
    context: Context, ticket: Ticket, events: Sequence[happened.Event]
) -> Sequence[AuditEntry] | None:
    """The log of a locked ticket where these events, which are still to be written, tell a fact; else None.

    It is read before they are written, so that they and their facts are written together.
    """
    if not any(_tells(each) or _undoes(each) for each in events):
        return None
    return context.uow.audit_log.of_ticket(ticket.id)


def keep_facts(
    context: Context,
    ticket: Ticket,
    events: Sequence[happened.Event],
    *,
    after: Sequence[AuditEntry] | None,
) -> None:
    """Keep the facts that these events tell, `after` what `log_before` gave."""
    if after is None:
        return
    entries = [*after, *(_entry(ticket, each) for each in events)]
    facts = told_facts(context.desk, ticket, entries)
    if any(map(_undoes, events)):
        context.uow.figures.forget(ticket.id)
        context.uow.figures.keep(ticket.id, facts)
        return
    context.uow.figures.keep(ticket.id, [each for each in facts if each.fact.line >= len(after)])


def _entry(ticket: Ticket, event: happened.Event) -> AuditEntry:
    """As the log will tell it."""
    details = {each.name: getattr(event, each.name) for each in fields(event)}
    return AuditEntry(
        ticket_id=ticket.id, event=event.stored_as, actor=event.actor, at=event.at, details=details
    )


def told_facts(desk: Desk, ticket: Ticket, entries: Sequence[FactLine]) -> list[KeptFact]:
    """What the whole log of a ticket tells."""
    facts = facts_of(entries, opened_at=ticket.opened_at, requester=ticket.requester)
    return [_kept(desk, each) for each in facts]


def _kept(desk: Desk, fact: TicketFact) -> KeptFact:
    """By the default team's calendar where the team is no more."""
    team = desk.teams.get(fact.team) or desk.teams[desk.default_team]
    took = max(fact.at - fact.opened_at, timedelta())
    return KeptFact(fact=fact, took=took, worked=team.calendar.between(fact.opened_at, fact.at))


def _tells(event: happened.Event) -> bool:
    match event:
        case (
            happened.FirstResponseGiven()
            | happened.TicketTransferred()
            | happened.PriorityChanged()
            | happened.PolicyApplied()
        ):
            return True
        case happened.StatusChanged(before=before, after=after):
            return Status(before).is_live is not Status(after).is_live
        case happened.TicketReleased(cause=cause):
            return cause == happened.NO_SIGN
        case _:
            return False


def _undoes(event: happened.Event) -> bool:
    match event:
        case happened.MessageSeparated(is_undone=is_undone):
            return is_undone
        case happened.ChangeUndone() | FirstResponseUndone():
            return True
        case _:
            return False
