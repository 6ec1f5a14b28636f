"""The head of a ticket's thread, on platforms whose threads have one: its title, its tags, and whether it is over."""

from bot.domain.tickets.conversation import Conversation, Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages.outbound import ThreadHeader
from bot.services.context.membership import people_meant
from bot.services.context.view import View

MOST_MEMBERS = 100


def thread_header(view: View, ticket: Ticket, conversation: Conversation) -> ThreadHeader:
    """As it should be now. A private ticket's subject stands only where nobody else can read it.

    Who asked may write on below a closed ticket, which opens a new one; the team's thread of it is over.
    """
    is_private, platform = conversation.is_private, conversation.channel.platform
    members, former = _members(view, ticket) if is_private else ([], [])
    is_told = (
        is_private
        or conversation.channel.is_direct
        or not ticket.is_private
        or conversation.side is Side.TEAM
    )
    return ThreadHeader(
        title=f"{ticket.reference} · {ticket.subject}" if is_told else ticket.reference,
        is_finished=ticket.status is Status.CLOSED,
        is_locked=ticket.status is Status.CLOSED and conversation.side is not Side.REQUESTER,
        tags=(
            view.team(ticket).title,
            ticket.priority,
            ticket.status.label,
            *_rest(view, ticket, conversation),
        ),
        is_private=is_private,
        members=_on(platform, members)[:MOST_MEMBERS],
        former=_on(platform, former),
    )


def _members(view: View, ticket: Ticket) -> tuple[list[str], list[str]]:
    """Who is in it: requester, colleagues who were added and, unless they are anonymous, agents; members are seen.

    And who is to leave it: those who followed the ticket, do not any more, and are not of its team.
    """
    team = view.team(ticket)
    staff = [] if team.is_anonymous else [each.key for each in people_meant(view.uow, team.staff)]
    followers = view.uow.followers.of_ticket(ticket.id)
    shown = [each for each in followers if each.side is Side.REQUESTER or not team.is_anonymous]
    added = [each.person for each in shown if not each.is_removed]
    members = [ticket.requester, *added, *staff]
    return members, [each.person for each in followers if each.is_removed and each.person not in members]


def _rest(view: View, ticket: Ticket, conversation: Conversation) -> tuple[str, ...]:
    """That it is snoozed is the team's to know."""
    return ("snoozed",) if conversation.side is Side.TEAM and ticket.is_snoozed(view.now) else ()


def _on(platform: str, keys: list[str]) -> tuple[str, ...]:
    """Those of this platform, each once."""
    return tuple(key for key in dict.fromkeys(keys) if key.startswith(f"{platform}:"))
