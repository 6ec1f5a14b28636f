"""What is said in public in a team's own thread: copied there, unless the team reads it where it was said."""

from collections.abc import Iterable

from bot.domain.desk import Desk
from bot.domain.directory import Team
from bot.domain.tickets.conversation import Conversation, Side


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
