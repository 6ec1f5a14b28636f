"""What each side is shown once a request is private: all of it anew where nobody else reads, nothing elsewhere."""

from bot.domain.directory import DESK
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.copy_rules import is_cut_on_card, is_left_in_public, stays_readable
from bot.services.tickets.merges.readers import stays_apart
from bot.services.tickets.privacy.confidential_teams import offered_teams


def tell_of_post_left(context: Context, ticket: Ticket, message_id: int) -> None:
    """Of a post that was to be removed and could not be: its author, who made the request, can still delete it."""
    message = context.uow.messages.get(message_id)
    own = {ticket.requester, *context.uow.identities.accounts_of(ticket.requester)}
    if message.author in own:
        audience = Audience(context, ticket, context.uow.conversations.of_ticket(ticket.id))
        audience.tell_requester("requester.delete_post", said=str(message.id))


def announce_private(context: Context, ticket: Ticket, audience: Audience) -> None:
    """The new thread comes first, with what was asked; what was said since follows into it, and to the team."""
    conversations = context.uow.conversations.of_ticket(ticket.id)
    left = {each.id: each for each in conversations if is_left_in_public(ticket, each)}
    audience.show_acknowledgement()
    audience.show_card()
    messages = context.uow.messages.of_ticket(ticket.id)
    for message in messages:
        is_moved = message.said_in in left or message.said_in is None
        if is_moved and message.id != ticket.opening:
            audience.show_to_requester(message)
        if message.id != ticket.opening or is_cut_on_card(message):
            audience.show_copies(message, sides=(Side.TEAM,))
    audience.hide_from_former()
    audience.show_stubs()
    context.uow.outbox.show_whole([*left, *_threads_apart(context, ticket)])
    audience.tell_requester("requester.made_private", team=context.team_of(ticket).name)
    own = {ticket.requester, *context.uow.identities.accounts_of(ticket.requester)}
    if context.actor.key not in own:  # who did it themselves is asked with the answer
        audience.questions.offer_teams(offered_teams(context, ticket))
    for message in messages if context.actor.key not in own else ():
        said_in = left.get(message.said_in or 0)
        if said_in is None or message.author not in own or message.platform_id is None or message.is_deleted:
            continue
        if stays_readable(context, ticket, said_in):
            audience.tell_requester("requester.delete_post", said=str(message.id))
    if context.actor.key != DESK:
        audience.tell_team("team.made_private", name=context.actor.name)


def _threads_apart(context: Context, ticket: Ticket) -> list[int]:
    """Where its requester asked the same in public, and read of it until now."""
    duplicates = context.uow.tickets.duplicates_of(ticket.id) if ticket.has_duplicates else ()
    return [
        thread.id
        for each in duplicates
        if stays_apart(context.uow, ticket, each)
        for thread in context.uow.conversations.of_ticket(each.id)
        if thread.side is Side.REQUESTER
    ]
