"""How a request stands, for its page at a browser: in the words of its acknowledgement, in the reader's language."""

from dataclasses import replace

from bot.domain.tickets.ticket import Status, Ticket
from bot.messages.outbound import Bold, Notice
from bot.services.context.view import View
from bot.text.sentences import joined, say
from bot.views.acknowledgement import own_buttons, progress, state_of, tone_of, was_withdrawn, when_unsaid
from bot.views.ratings.resolution import resolution_buttons, resolution_question


def standing(view: View, ticket: Ticket) -> Notice:
    """All of it, with the buttons that its requester has in chat."""
    ticket = replace(ticket, language=view.language)
    text, buttons = state_of(view, ticket), own_buttons(view, ticket)
    if ticket.status is Status.RESOLVED:
        text = joined(text, resolution_question(view, ticket))
        buttons = resolution_buttons(view, ticket)
    is_over = ticket.status is Status.CLOSED and ticket.merged_into is None
    if is_over and not was_withdrawn(view, ticket):
        text = say(view.language, "portal.closed_state", reference=Bold(ticket.reference))
    return Notice(text=text, buttons=buttons, tone=tone_of(ticket))


def standing_asked(view: View, ticket: Ticket) -> Notice:
    """The same to who has just asked how it stands."""
    told = standing(view, ticket)
    return replace(told, text=joined(told.text, when_unsaid(view, replace(ticket, language=view.language))))


def outlook(view: View, ticket: Ticket) -> Notice:
    """Its line in a list: who works on it and when its requester hears of it; of what is finished, nothing."""
    ticket = replace(ticket, language=view.language)
    return Notice(text=progress(view, ticket) if ticket.status.is_live else (), tone=tone_of(ticket))
