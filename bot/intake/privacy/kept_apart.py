"""What is said in a channel and kept from others there: it goes on in private at once, unasked."""

from bot.domain.tickets.privacy_words import is_marked_private
from bot.messages.inbound import MessagePosted
from bot.services.context.context import Context
from bot.services.tickets.communities import only_community
from bot.services.tickets.opening import NewRequest, community_of, verdict_of


def is_kept_apart(context: Context, event: MessagePosted) -> bool:
    """Whether it is marked private or a rule takes it so. A private inbox keeps all apart as it is."""
    inbox = context.desk.inbox_at(event.location.channel)
    if event.location.is_direct or inbox is None or inbox.is_private:
        return False
    if is_marked_private(event.text):
        return True
    if not context.desk.router.may_make_private(inbox.name):
        return False
    request = NewRequest(
        requester=event.actor,
        text=event.text,
        channel=event.location.channel,
        said_at=event.at,
        files=event.stored,
        community=only_community(context, event),
    )
    return verdict_of(context, request, community=community_of(context, request)).is_private
