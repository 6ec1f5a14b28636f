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
    _check_is_new(context, ticket, context.actor, side=Side.TEAM)
    _add(context, ticket, context.actor, side=Side.TEAM)


def add_agent(context: Context, ticket: Ticket, person: Person) -> None:
    """An agent of any team that may know of it: they see it with its notes, and hear of it like its assignee.

    Raises NotAllowed for somebody who is no such agent, and AlreadySo.
    """
    desk = context.desk
    if not any(desk.serves(team, ticket) for team in desk.teams_of(person)):
        command = verbs.typed(desk.command_names, verbs.ADD_COLLEAGUE)
        raise NotAllowed(
            "refusals.follower_no_agent", name=person.name, reference=ticket.reference, command=command
        )
    _check_is_new(context, ticket, person, side=Side.TEAM)
    _add(context, ticket, person, side=Side.TEAM)


def add_colleague(context: Context, ticket: Ticket, person: Person) -> None:
    """Somebody of the requester's side: they see what the requester sees, and may write there.

    Only the requester and the team may add one. Raises NotAllowed, AlreadySo, and Refused where one desk serves
    several servers, whose people are kept apart.
    """
    if context.actor.key != ticket.requester and not context.is_agent_of(ticket):
        raise NotAllowed("refusals.only_requester_adds", reference=ticket.reference)
    if len(context.desk.communities_on(person.platform)) > 1:
        raise Refused("refusals.colleague_of_unknown_server")
    team = context.team_of(ticket)
    if team.has_agent(person) and not team.is_anonymous:
        raise AlreadySo("refusals.sees_ticket_already", name=person.name, reference=ticket.reference)
    _check_is_new(context, ticket, person, side=Side.REQUESTER)
    _add(context, ticket, person, side=Side.REQUESTER)


def remove_follower(context: Context, ticket: Ticket, person: Person, *, side: Side) -> None:
    """They hear of the ticket no more, and see it only if they would without it. Raises AlreadySo."""
    if side not in context.uow.followers.sides(ticket.id, person.key):
        raise AlreadySo("refusals.follows_not", name=person.name, reference=ticket.reference)
    is_own = person.key == context.actor.key
    if side is Side.REQUESTER and not (
        is_own or context.actor.key == ticket.requester or context.is_agent_of(ticket)
    ):
        raise NotAllowed("refusals.only_requester_adds", reference=ticket.reference)
    _put(context, ticket, person, side=side, is_removed=True)
    removed = happened.FollowerRemoved(actor=context.actor.key, at=context.now, person=person.key, side=side)
    record_changes(context, ticket, [removed])


def _check_is_new(context: Context, ticket: Ticket, person: Person, *, side: Side) -> None:
    """Raises AlreadySo for who follows on this side, or hears of the ticket anyway."""
    hears = ticket.requester if side is Side.REQUESTER else ticket.assignee
    if person.key == hears or side in context.uow.followers.sides(ticket.id, person.key):
        raise AlreadySo("refusals.hears_of_ticket_already", name=person.name, reference=ticket.reference)


def _add(context: Context, ticket: Ticket, person: Person, *, side: Side) -> None:
    _put(context, ticket, person, side=side)
    added = happened.FollowerAdded(actor=context.actor.key, at=context.now, person=person.key, side=side)
    record_changes(context, ticket, [added])


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
