"""Where what was said is shown: copies in a team's own thread, and posts about private requests, which do not stay.

Public words are copied into the team's thread unless the team reads them where they were said. A private request
goes on where only its requester reads it, and the post is removed.
"""

from collections.abc import Iterable
from typing import Final

from bot.domain.desk import Desk
from bot.domain.directory import Team
from bot.domain.tickets.conversation import Conversation, Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context

EXCERPT_LIMIT: Final = 600
"""Characters of the request that a card shows; what is longer is copied whole into the team's thread."""


def is_cut_on_card(opening: TicketMessage) -> bool:
    """Whether a card shows too little of what was asked, so that it is copied as well."""
    return len(opening.text) > EXCERPT_LIMIT or bool(opening.files)


def is_mirrored(desk: Desk, thread: Conversation, conversations: Iterable[Conversation]) -> bool:
    """Whether this thread on the team's side shows the public messages of the ticket that has these conversations.

    A team that mirrors nothing still gets what it could not read otherwise: from direct messages, and from
    another platform.
    """
    team = desk.team_at(thread.channel)
    if team is None or team.mirrors:
        return True
    return not any(_is_read_by_team(each, thread, team) for each in conversations)


def _is_read_by_team(conversation: Conversation, thread: Conversation, team: Team) -> bool:
    """An anonymous team is not in a private thread, where everybody sees who is."""
    if conversation.is_private and team.is_anonymous:
        return False
    channel = conversation.channel
    is_requesters = conversation.side is Side.REQUESTER and not conversation.is_retired
    return is_requesters and not channel.is_direct and channel.platform == thread.channel.platform


def owes_words(uow: UnitOfWork, ticket: Ticket) -> bool:
    """Whether somebody waits for an answer who reads what is said when the ticket is paused or resolved."""
    return ticket.owes_answer and is_read_by_requester(uow, ticket)


def is_read_by_requester(uow: UnitOfWork, ticket: Ticket, *, said_in: Conversation | None = None) -> bool:
    """Whether there is a requester's side, such as `said_in`: behind an imported request there may be nobody."""
    if said_in is not None and said_in.side is Side.REQUESTER:
        return True
    conversations = uow.conversations.of_ticket(ticket.id)
    return any(each.side is Side.REQUESTER and not each.is_retired for each in conversations)


def is_as_private(thread: Conversation) -> bool:
    """Whether a requester's thread may show what they wrote by direct message: others read one in a channel."""
    return thread.channel.is_direct or thread.is_private


def is_left_in_public(ticket: Ticket, thread: Conversation) -> bool:
    """Whether a request that is private by now was asked or answered there, where others read."""
    is_former = thread.side is Side.REQUESTER and thread.is_retired and thread.ticket_id == ticket.id
    return ticket.is_private and is_former and not is_as_private(thread)


def is_beside(ticket: Ticket, thread: Conversation) -> bool:
    """Whether what is said there is shown in the requester's own thread too, where nobody else reads that."""
    return thread.channel.is_direct or is_left_in_public(ticket, thread)


def remove_post(context: Context, ticket: Ticket, message: TicketMessage, said_in: Conversation) -> None:
    """Take the post out of its channel, where a private request was made and the platform lets the desk."""
    if not is_moved(context, ticket, said_in) or message.platform_id is None:
        return
    if context.removes_posts(said_in.channel.platform):
        context.uow.outbox.put_state(
            RowKind.REMOVAL, conversation=said_in.id, subject=message.id, now=context.now
        )


def is_moved(context: Context, ticket: Ticket, said_in: Conversation) -> bool:
    """Whether what is said there goes on elsewhere: a post that all in the channel read, about a private request.

    Its deletion takes nothing back, since it is the desk's own, or its author keeps the words from others; the
    person withdraws where the request went on.
    """
    if not said_in.is_retired or said_in.side is not Side.REQUESTER or said_in.channel.is_direct:
        return False
    inbox = context.desk.inbox_at(said_in.channel)
    is_asked_here = ticket.is_private and ticket.origin == said_in.channel
    return is_asked_here or (inbox is not None and inbox.is_private)


def stays_readable(context: Context, ticket: Ticket, said_in: Conversation) -> bool:
    """Whether such a post can be removed by its author alone."""
    return is_moved(context, ticket, said_in) and not context.removes_posts(said_in.channel.platform)
