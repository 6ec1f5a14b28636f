"""An agent says whether what ended a ticket may be shown to others who ask the same."""

from bot.domain.errors import AlreadySo, Refused
from bot.domain.knowledge.events import EarlierAnswerChosen
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.knowledge.earlier_answers import forget_answer, is_source
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.change_recorder import record_changes


def exclude_answer(context: Context, ticket: Ticket) -> None:
    """From now on nobody is shown it, however often the ticket is resolved again. Raises AlreadySo."""
    _require_source(context, ticket)
    if not context.uow.earlier_answers.exclude(ticket.id):
        raise AlreadySo("knowledge.answer_left_out", reference=ticket.reference)
    forget_answer(context.uow, ticket.id)
    _record(context, ticket, is_used=False)


def include_answer(context: Context, ticket: Ticket) -> None:
    """It is looked at again. Raises AlreadySo where nobody had left it out."""
    _require_source(context, ticket)
    if not context.uow.earlier_answers.include(ticket.id):
        raise AlreadySo("knowledge.answer_not_left_out", reference=ticket.reference)
    _record(context, ticket, is_used=True)


def _require_source(context: Context, ticket: Ticket) -> None:
    if not is_source(context.desk, ticket):
        raise Refused("knowledge.no_answer_for_others", reference=ticket.reference)


def _record(context: Context, ticket: Ticket, *, is_used: bool) -> None:
    chosen = EarlierAnswerChosen(actor=context.actor.key, at=context.now, is_used=is_used)
    record_changes(context, ticket, [chosen])
    Audience(context, ticket, context.uow.conversations.of_ticket(ticket.id)).show_card()
