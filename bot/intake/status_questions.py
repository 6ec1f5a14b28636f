"""What who asks in a request's own thread how it stands, or says that it needs no answer, is told at once."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.domain.tickets.withdrawal_words import is_withdrawal
from bot.messages.outbound import PrivateReply
from bot.services.context.context import Context
from bot.services.context.view import View
from bot.services.tickets.questions import MOST_SHOWN, what_follows
from bot.services.tickets.status_questions import wants_news
from bot.text.sentences import joined, say
from bot.views.acknowledgement import news_of, own_buttons, request_line


def with_states(
    context: Context, asked: PrivateReply, tickets: Sequence[Ticket], *, may_be_new: bool
) -> PrivateReply:
    """The question which is meant, with how each stands, and what happens where none is chosen."""
    view = View(uow=context.uow, desk=context.desk, now=context.now, language=context.language)
    shown = tickets[:MOST_SHOWN]
    lines = (request_line(view, each, language=context.language) for each in shown)
    then = what_follows(shown[0].reference, may_be_new=may_be_new, language=context.language)
    return replace(asked, text=joined(asked.text, *lines, then, by="\n"))


def offer_to_close(context: Context, ticket: Ticket, message: TicketMessage) -> PrivateReply | None:
    """What closes the request, to its requester who says in its own thread that they need no answer any more."""
    if not context.is_requester_of(ticket) or message.files or not is_withdrawal(message.text):
        return None
    view = View(uow=context.uow, desk=context.desk, now=context.now, language=context.language)
    team = context.team_of(ticket).title
    text = say(context.language, "requester.offer_to_close", reference=ticket.reference, team=team)
    return PrivateReply(text=text, buttons=own_buttons(view, ticket))


def answer_news(context: Context, ticket: Ticket) -> PrivateReply | None:
    """How the ticket stands and when its requester hears of it, where that is what they ask in its own thread.

    The team reads the question all the same. Where it opened the ticket again, its thread says so already.
    """
    if not wants_news(context, ticket):
        return None
    view = View(uow=context.uow, desk=context.desk, now=context.now, language=context.language)
    return PrivateReply(text=news_of(view, ticket))
