"""What is said in confidence, by its words or by a rule: in a channel it goes on in private at once, unasked."""

from dataclasses import replace

from bot.domain.tickets.privacy_words import is_marked_private, wants_confidence
from bot.messages.inbound import MessagePosted
from bot.services.context.context import Context
from bot.services.tickets.communities import only_community
from bot.services.tickets.opening import NewRequest, as_routed, community_of, verdict_of


def is_kept_apart(context: Context, event: MessagePosted) -> bool:
    """Whether it is marked private or a rule takes it so. A private inbox keeps all apart as it is."""
    inbox = context.desk.inbox_at(event.location.channel)
    if event.location.is_direct or inbox is None or inbox.is_private:
        return False
    if is_marked_private(event.text):
        return True
    if not context.desk.router.may_make_private(inbox.name):
        return False
    request = _request(context, event)
    return verdict_of(context, request, community=community_of(context, request)).is_private


def is_in_confidence(context: Context, event: MessagePosted) -> bool:
    """Whether its author wishes that others do not read it, or a rule takes it in private."""
    if wants_confidence(event.text):
        return True
    request = _request(context, event)
    asked = replace(
        as_routed(context, request, community=community_of(context, request)), inbox=None, is_private=False
    )
    router = context.desk.router
    verdict = router.route(asked)
    return verdict.is_private or router.team_in_confidence(asked) not in (None, verdict.team)


def _request(context: Context, event: MessagePosted) -> NewRequest:
    return NewRequest(
        requester=event.actor,
        text=event.text,
        channel=event.location.channel,
        said_at=event.at,
        files=event.stored,
        community=only_community(context, event),
    )
