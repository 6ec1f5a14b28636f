"""Who is notified of a copy or a notice, and who follows the thread it is in.

On the team's side that was decided when it was said (`bot.services.notices`), and is read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.directory import NewPing
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Mention
from bot.services.context.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyReaders:
    """`mentions` are notified of this message; `followers` are keys of people who hear of what comes later too."""

    mentions: tuple[Mention, ...] = ()
    followers: tuple[str, ...] = ()


def readers_of(view: View, message: TicketMessage, conversation: Conversation) -> CopyReaders:
    """On the requester's side the requester of each reply; on the team's whoever was chosen when it was said.

    Whoever replied or made a note follows the team's thread, and so does the assignee.
    """
    is_requesters = conversation.side is Side.REQUESTER
    # A duplicate's requester reads replies to its original, and nobody else's name.
    shown_on = conversation.ticket_id if is_requesters else None
    ticket = view.uow.tickets.get(shown_on or message.ticket_id)
    concerned = ticket.requester if is_requesters else ticket.assignee
    is_by_team = not is_requesters and message.kind is not MessageKind.REQUEST
    followers = [key for key in (concerned, message.author if is_by_team else None) if key is not None]
    platform = conversation.channel.platform
    people = (view.person(key) for key in _notified(view, ticket, message, conversation))
    return CopyReaders(
        mentions=tuple(Mention(each.key, each.name) for each in people if each.platform == platform),
        followers=tuple(key for key in dict.fromkeys(followers) if key.startswith(f"{platform}:")),
    )


def _notified(
    view: View, ticket: Ticket, message: TicketMessage, conversation: Conversation
) -> Sequence[str]:
    """Keys of people; nobody is notified of their own words, and of a colleague's who owns the ticket."""
    if conversation.side is Side.REQUESTER:
        is_news = message.kind is MessageKind.REPLY and ticket.requester != message.author
        return (ticket.requester,) if is_news else ()
    if message.kind is MessageKind.REPLY and ticket.assignee in (None, message.author):
        return ()
    return view.uow.notices.mentioned(message.id, conversation=conversation.id)


def pinged_by_card(view: View, ticket: Ticket, conversation: Conversation) -> tuple[Mention, ...]:
    """Whom the card of a new request mentions, until somebody has it."""
    if ticket.assignee is not None or view.team(ticket).ping_new is NewPing.NOBODY:
        return ()
    people = map(view.person, view.uow.notices.on_card(ticket.id, conversation=conversation.id))
    return tuple(Mention(each.key, each.name) for each in people)


_OUTCOMES = frozenset(
    {
        "requester.pending",
        "requester.held",
        "requester.held_because",
        "requester.resolved",
        "requester.resolved_because",
        "requester.resolved_no_reply",
        "requester.nudged",
        "requester.closed",
        "requester.closed_because",
        "requester.reopened",
        "requester.follows",
        "requester.moved",
        "requester.moved_open",
        "requester.opened_from_message",
        "requester.merged",
        "requester.merged_apart",
        "requester.merged_unnamed",
        "requester.unmerged",
        "requester.duplicate_reopened",
        "requester.duplicate_resolved",
        "requester.duplicate_resolved_because",
        "requester.duplicate_closed",
        "requester.duplicate_closed_because",
    }
)
"""What says an outcome to the requester, or asks them something."""


def readers_of_notice(view: View, ticket: Ticket, conversation: Conversation, sentence: str) -> CopyReaders:
    """On their own side the requester follows from the first message on, and is notified of outcomes."""
    person = view.person(ticket.requester)
    if conversation.side is not Side.REQUESTER or person.platform != conversation.channel.platform:
        return CopyReaders()
    mention = (Mention(person.key, person.name),) if sentence in _OUTCOMES else ()
    return CopyReaders(mentions=mention, followers=(person.key,))
