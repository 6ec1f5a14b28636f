"""What the team reads of a requester on the ticket's card: facts with their labels, as far as they are known."""

from bot.domain.tickets.ticket import Ticket
from bot.services.context.view import View
from bot.text.sentences import words


def requester_facts(view: View, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    tier = view.person(ticket.requester).tier
    return ((words(view.language, "people.tier"), tier),) if tier else ()
