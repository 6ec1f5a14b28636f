"""What is said in direct messages goes on with the person's open ticket."""

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import Conversation
from bot.services.context.context import Context


def goes_on_here(context: Context, channel: ChannelRef) -> Conversation | None:
    """The conversation that a message without a thread belongs to; None for one that begins something new."""
    if not channel.is_direct or context.has_threads_in_directs(channel.platform):
        return None
    return context.uow.conversations.unfinished_in(channel, requester=context.actor.key)
