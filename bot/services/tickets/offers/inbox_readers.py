"""Who searches in an inbox finds what they would be shown if they asked it there."""

from bot.domain.errors import Refused
from bot.domain.knowledge.article import ArticleAudience
from bot.messages.inbound import Location
from bot.services.context.context import Context
from bot.services.knowledge.answer_search import readers_at
from bot.services.tickets.opening import NewRequest, community_of, verdict_of


def readers_asking(context: Context, location: Location, words: str) -> tuple[ArticleAudience, ...]:
    """Those of the team that this would go to; nothing outside inboxes, or where nobody knows which server asks."""
    inbox = context.desk.inbox_at(location.channel)
    if inbox is None:
        return ()
    request = NewRequest(
        requester=context.actor,
        text=words,
        channel=location.channel,
        said_at=context.now,
        community=location.community,
    )
    try:
        community = community_of(context, request)
    except Refused:
        return ()
    team = verdict_of(context, request, community=community).team
    return readers_at(context, team=team, inbox=inbox.name, community=community)
