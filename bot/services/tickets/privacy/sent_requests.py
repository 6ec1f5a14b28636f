"""A request that was just made private goes to another team, as its requester wishes, or stays where it is."""

from bot.domain import events as happened
from bot.domain.directory import Team
from bot.domain.notices.follower import Follower
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.tickets.actions import transfer_ticket
from bot.services.tickets.announcements.requester_questions import WITHDRAWN, team_offer_key
from bot.services.tickets.change_recorder import record_changes


def send_request(context: Context, ticket: Ticket, team: Team) -> tuple[str, ...]:
    """Transfer a locked private ticket; whoever followed it for the former team sees it no more. Returns their names.

    Whom its requester added on their own side goes on following. Raises Refused as a transfer does.
    """
    transfer_ticket(context, ticket, team=team, cause=happened.BY_REQUESTER)
    left, events = list[str](), list[happened.Event]()
    for each in context.uow.followers.of_ticket(ticket.id):
        person = context.uow.people.find(each.person)
        if each.is_removed or each.side is not Side.TEAM or (person is not None and team.has_agent(person)):
            continue
        context.uow.followers.put(
            Follower(
                ticket=ticket.id,
                person=each.person,
                side=each.side,
                added_by=context.actor.key,
                at=context.now,
                is_removed=True,
            )
        )
        events.append(
            happened.FollowerRemoved(
                actor=context.actor.key, at=context.now, person=each.person, side=each.side
            )
        )
        left.append(person.name if person is not None else each.person)
    record_changes(context, ticket, events)
    return tuple(dict.fromkeys(left))


def leave_request(context: Context, ticket: Ticket) -> None:
    """The offer in its requester's thread goes; the ticket stays with its team."""
    outbox = context.uow.outbox
    keys = [team_offer_key(ticket, each) for each in context.uow.conversations.of_ticket(ticket.id)]
    for key, payload in outbox.payloads_of(keys).items():
        outbox.revise(key, {**payload, WITHDRAWN: True})
