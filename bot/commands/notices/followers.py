"""`follow`, `unfollow`, `add` and `remove`: who hears of a ticket besides its assignee and its requester."""

from collections.abc import Callable

from bot.commands.framework.access import ask_to_show
from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_colleague, find_person
from bot.commands.framework.ticket_filters import of_teams, requested
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.context.context import Context
from bot.services.context.named_people import is_oneself
from bot.services.tickets.followers.followers import (
    add_agent,
    add_colleague,
    follow_ticket,
    hears_already,
    is_agent_near,
    reads_private_ticket,
    remove_follower,
)


def follow(call: Call, ticket: Ticket) -> PrivateReply:
    follow_ticket(call.context, ticket)
    return call.answer("answers.follows", reference=ticket.reference)


def unfollow(call: Call, ticket: Ticket) -> PrivateReply:
    remove_follower(call.context, ticket, call.context.actor, side=Side.TEAM)
    return call.answer("answers.follows_no_more", reference=ticket.reference)


def add(call: Call, ticket: Ticket) -> PrivateReply:
    """An agent, whoever's: they see this ticket with its notes."""
    person = find_person(call.context, call.option("person"))
    is_new = not hears_already(call.context, ticket, person, side=Side.TEAM)
    may_see = is_agent_near(call.context, ticket, person)
    if is_new and may_see and (question := ask_to_show(call, ticket, person)):
        return question
    add_agent(call.context, ticket, person)
    return call.answer("answers.agent_added", reference=ticket.reference, name=person.name)


def remove(call: Call, ticket: Ticket) -> PrivateReply:
    """From whichever side they were added on: the team may also end what the requester began."""
    person = _meant(call, find_person)
    sides = call.context.uow.followers.sides(ticket.id, person.key) or {Side.TEAM}
    for side in sorted(sides):
        remove_follower(call.context, ticket, person, side=side)
    return call.answer("answers.follower_removed", reference=ticket.reference, name=person.name)


def add_to_request(call: Call, ticket: Ticket) -> PrivateReply:
    """A colleague of the requester's: they see what the requester sees."""
    person = find_colleague(call.context, call.option("person"))
    add_colleague(call.context, ticket, person)
    return call.answer("answers.colleague_added", reference=ticket.reference, name=person.name)


def remove_from_request(call: Call, ticket: Ticket) -> PrivateReply:
    person = _meant(call, find_colleague)
    sides = call.context.uow.followers.sides(ticket.id, person.key)
    if reads_private_ticket(call.context, ticket, person) and sides == {Side.TEAM}:
        team = call.context.team_of(ticket).title
        raise Refused("refusals.added_by_team", name=person.name, reference=ticket.reference, team=team)
    remove_follower(call.context, ticket, person, side=Side.REQUESTER)
    return call.answer("answers.follower_removed", reference=ticket.reference, name=person.name)


def _meant(call: Call, find: Callable[[Context, str], Person]) -> Person:
    """Somebody who is found as those are who are added there; or the actor, by any word for oneself."""
    words = call.option("person")
    return call.context.actor if is_oneself(words) else find(call.context, words)


_PERSON = (Option(name="person", kind=OptionKind.PERSON),)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.ADD_COLLEAGUE,
        place=62,
        on_ticket=add_to_request,
        fitting=requested,
        options=_PERSON,
        has_form=True,
        example="add IT-12 @dan",
    ),
    Command(
        name="ticket remove",
        place=64,
        on_ticket=remove_from_request,
        fitting=requested,
        options=_PERSON,
        has_form=True,
        example="remove IT-12 @dan",
    ),
    Command(
        name="desk follow",
        place=180,
        who=Role.AGENT,
        on_ticket=follow,
        fitting=of_teams,
        replies_privately=True,
        menu_group="ticket",
        example="follow IT-12",
    ),
    Command(
        name=verbs.UNFOLLOW,
        place=181,
        who=Role.AGENT,
        on_ticket=unfollow,
        fitting=of_teams,
        replies_privately=True,
        lets_followers=True,
        menu_group="ticket",
    ),
    Command(
        name=verbs.ADD_AGENT,
        place=182,
        who=Role.AGENT,
        on_ticket=add,
        fitting=of_teams,
        options=_PERSON,
        has_form=True,
        replies_privately=True,
        menu_group="ticket",
        example="add IT-12 @cleo",
    ),
    Command(
        name="desk remove",
        place=183,
        who=Role.AGENT,
        on_ticket=remove,
        fitting=of_teams,
        options=_PERSON,
        has_form=True,
        replies_privately=True,
        menu_group="ticket",
        example="remove IT-12 @cleo",
    ),
)
