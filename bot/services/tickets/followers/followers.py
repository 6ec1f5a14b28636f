"""A ticket gets and loses followers: agents on the team's side, and colleagues of the requester on theirs."""

from bot.domain import events as happened
from bot.domain.directory import Person
from bot.domain.errors import AlreadySo, NotAllowed, Refused
from bot.domain.notices.follower import Follower
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.services.context.context import Context
from bot.services.tickets.change_recorder import record_changes


def follow_ticket(context: Context, ticket: Ticket) -> None:
    """The actor, who sees the team's side already. Raises AlreadySo."""
    _add(context, ticket, context.actor, side=Side.TEAM)


def add_agent(context: Context, ticket: Ticket, person: Person) -> None:
    """An agent of any team that may know of it: they see it with its notes, and hear of it like its assignee.

    Raises NotAllowed for somebody who is no such agent, and AlreadySo.
    """
    if not is_agent_near(context, ticket, person):
        command = verbs.typed(context.desk.command_names, verbs.ADD_COLLEAGUE)
        raise NotAllowed(
            "refusals.follower_no_agent", name=person.name, reference=ticket.reference, command=command
        )
    _add(context, ticket, person, side=Side.TEAM)


def add_colleague(context: Context, ticket: Ticket, person: Person) -> None:
    """Somebody of the requester's side: they see what the requester sees, and may write there.

    Only the requester and the team may add one. Raises NotAllowed, AlreadySo, and Refused where one desk serves
    several servers, whose people are kept apart.
    """
    _check_may_share(context, ticket)
    if len(context.desk.communities_on(person.platform)) > 1:
        raise Refused("refusals.colleague_of_unknown_server")
    team = context.team_of(ticket)
    if team.has_agent(person) and not team.is_anonymous:
        raise AlreadySo("refusals.sees_ticket_already", name=person.name, reference=ticket.reference)
    _add(context, ticket, person, side=Side.REQUESTER)


def remove_follower(context: Context, ticket: Ticket, person: Person, *, side: Side) -> None:
    """They hear of the ticket no more, and see it only if they would without it. Raises AlreadySo, and NotAllowed."""
    if side not in context.uow.followers.sides(ticket.id, person.key):
        if person.key == context.actor.key:
            raise AlreadySo("refusals.you_follow_not", reference=ticket.reference)
        raise AlreadySo("refusals.follows_not", name=person.name, reference=ticket.reference)
    if side is Side.REQUESTER and person.key != context.actor.key:
        _check_may_share(context, ticket)
    _put(context, ticket, person, side=side, is_removed=True)
    removed = happened.FollowerRemoved(actor=context.actor.key, at=context.now, person=person.key, side=side)
    record_changes(context, ticket, [removed])


def is_agent_near(context: Context, ticket: Ticket, person: Person) -> bool:
    """Whether they are of a team that may know of the ticket: only such an agent is let in on the team's side."""
    desk = context.desk
    return any(desk.serves(team, ticket) for team in desk.teams_of(person))


def reads_private_ticket(context: Context, ticket: Ticket, person: Person) -> bool:
    """Whether the requester is to know that this follower of the team's side reads it: one from outside the team."""
    team = context.team_of(ticket)
    return ticket.is_private and not team.is_anonymous and not team.has_agent(person)


def hears_already(context: Context, ticket: Ticket, person: Person, *, side: Side) -> bool:
    """Whether they follow on this side, or hear of the ticket there anyway."""
    hears = ticket.requester if side is Side.REQUESTER else ticket.assignee
    return person.key == hears or side in context.uow.followers.sides(ticket.id, person.key)


def keep_following(context: Context, ticket: Ticket) -> bool:
    """Who gave a ticket to a team they aren't of goes on seeing it; returns whether they follow it now.

    A private ticket, which may have come to them by mistake, is seen by those alone who have it.
    """
    if context.is_agent_of(ticket) or context.is_requester_of(ticket):
        return False
    if hears_already(context, ticket, context.actor, side=Side.TEAM):
        return True
    if ticket.is_private:
        return False
    follow_ticket(context, ticket)
    return True


def put_follower(
    context: Context, ticket: Ticket, person: Person, *, side: Side, is_mentioned: bool = False
) -> happened.FollowerAdded:
    """They follow from now on; whoever calls records the event. `is_mentioned`: a note named them."""
    _put(context, ticket, person, side=side)
    return happened.FollowerAdded(
        actor=context.actor.key, at=context.now, person=person.key, side=side, is_mentioned=is_mentioned
    )


def _check_may_share(context: Context, ticket: Ticket) -> None:
    """Raises NotAllowed for whoever may not say who is on the requester's side."""
    if not context.is_requester_of(ticket) and not context.is_agent_of(ticket):
        raise NotAllowed("refusals.only_requester_adds", reference=ticket.reference)


def _add(context: Context, ticket: Ticket, person: Person, *, side: Side) -> None:
    """Raises AlreadySo for who hears of the ticket there."""
    if hears_already(context, ticket, person, side=side):
        if person.key == context.actor.key:
            raise AlreadySo("refusals.you_hear_already", reference=ticket.reference)
        raise AlreadySo("refusals.hears_of_ticket_already", name=person.name, reference=ticket.reference)
    record_changes(context, ticket, [put_follower(context, ticket, person, side=side)])


def _put(context: Context, ticket: Ticket, person: Person, *, side: Side, is_removed: bool = False) -> None:
    context.uow.followers.put(
        Follower(
            ticket=ticket.id,
            person=person.key,
            side=side,
            added_by=context.actor.key,
            at=context.now,
            is_removed=is_removed,
        )
    )
