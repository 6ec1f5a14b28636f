"""Posts in private inboxes: the request goes on where only its requester reads it, and the post is removed."""

from bot.domain.tickets.conversation import Conversation, Side, TicketMessage
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context


def remove_post(context: Context, message: TicketMessage, said_in: Conversation) -> None:
    """Take the post out of its channel, where it was made in a private inbox and the platform lets the desk."""
    if not is_moved(context, said_in) or message.platform_id is None:
        return
    if context.removes_posts(said_in.channel.platform):
        context.uow.outbox.put_state(
            RowKind.REMOVAL, conversation=said_in.id, subject=message.id, now=context.now
        )


def is_moved(context: Context, said_in: Conversation) -> bool:
    """Whether what is said there goes on elsewhere: a post in a private inbox, read by everybody in the channel.

    Its deletion takes nothing back, since it is the desk's own; the person withdraws where the request went on.
    """
    inbox = context.desk.inbox_at(said_in.channel)
    return inbox is not None and inbox.is_private and said_in.is_retired and said_in.side is Side.REQUESTER
