"""An earlier answer as those read it who work for its team: with the ticket that it is from."""

from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import RichText, Span
from bot.services.context.context import Context
from bot.services.context.view import View
from bot.services.knowledge.answer_search import FoundAnswer
from bot.services.tickets.offers.offer_message import earlier_heading


def heading_for_team(context: Context, found: FoundAnswer) -> RichText:
    """`From an earlier answer · 3 March · IT-12`"""
    heading = earlier_heading(context.language, found.answer.said_at)
    return (*heading, " · ", ticket_link(context, found.ticket))


def ticket_link(context: Context, ticket: Ticket) -> Span:
    """Its number, which leads to its card where there is one."""
    view = View(uow=context.uow, desk=context.desk, now=context.now, language=context.language)
    return view.card_link(ticket, ticket.reference) or ticket.reference
