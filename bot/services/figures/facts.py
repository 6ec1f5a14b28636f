"""Facts of a ticket, kept in the transaction in which they happen: one reading of its log, none at its opening.

How long something took in business hours is worked out then, by the calendar that the team has at that moment.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain import events as happened
from bot.domain.desk import Desk
from bot.domain.figures.ticket_facts import FactLine, TicketFact, facts_of
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.figures.figures import KeptFact
from bot.services.context.context import Context


def keep_facts(context: Context, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """After these events of a locked ticket were written to its log, as the last of it."""
    is_undone = any(map(_undoes, events))
    if not is_undone and not any(map(_tells, events)):
        return
    entries = context.uow.audit_log.of_ticket(ticket.id)
    facts = told_facts(context.desk, ticket, entries)
    if is_undone:
        context.uow.figures.forget(ticket.id)
        context.uow.figures.keep(ticket.id, facts)
        return
    new = len(entries) - len(events)
    context.uow.figures.keep(ticket.id, [each for each in facts if each.fact.line >= new])


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
        case _:
            return False


def _undoes(event: happened.Event) -> bool:
    match event:
        case happened.MessageSeparated(is_undone=is_undone):
            return is_undone
        case happened.ChangeUndone():
            return True
        case _:
            return False
