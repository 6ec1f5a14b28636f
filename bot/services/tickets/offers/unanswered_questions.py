"""What becomes of a message whose author was asked what it is for, and has not chosen."""

from dataclasses import replace

import structlog

from bot.domain.errors import AlreadySo, Refused
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.tickets import follow_ups, questions
from bot.services.tickets.offers import asked_threads
from bot.services.tickets.offers.asked_readers import asked_request, became
from bot.services.tickets.offers.words_beneath import place_words
from bot.services.tickets.opening import adopt_message, open_ticket

log = structlog.get_logger(__name__)


def open_unanswered(context: Context, asked: str) -> Ticket | None:
    """Open it as a request of its own, as its author; the rest of a newer one joins that. What was about to be posted
    where others read, and asks for confidence, opens in private.

    None where it was answered meanwhile, is part of a ticket, was deleted, or may open none.
    """
    if not context.uow.open_questions.settle(asked):
        return None
    try:
        if held := asked_request(context, asked):
            opened = open_ticket(context, replace(held.request, is_private=True))
            became(context, asked, opened)
            return opened
        about = questions.asked_about(context, asked)
        ticket = follow_ups.ticket_to_join(context, about)
        if ticket is not None:
            follow_ups.join(context, about, ticket, is_told=True)
            place_words(context, asked, ticket)
        else:
            ticket = adopt_message(context, about, community=about.location.community)
    except AlreadySo:
        if (known := asked_threads.ticket_of(context, asked)) is not None:
            place_words(context, asked, known)
        return None
    except Refused as refusal:
        log.info("a message that was asked about opens no ticket", asked=asked, reason=str(refusal))
        return None
    questions.show_unanswered(context, asked)
    return ticket
