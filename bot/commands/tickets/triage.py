"""`/desk priority`, `/desk tag` and `/desk transfer`: how urgent a ticket is, what it is about, and whose."""

from bot.commands.framework.access import ask_to_share
from bot.commands.framework.command import Call, Command, Option, OptionKind, ReadBy, Role
from bot.commands.framework.lookups import find_team
from bot.commands.framework.parsing import read_tags
from bot.commands.framework.replies.moved_ticket import moved_ticket
from bot.commands.framework.ticket_filters import assigned, of_teams
from bot.domain.errors import Refused
from bot.domain.sentence import OneOf
from bot.domain.tickets.ticket import Priority, Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.sla.due_times import due_times, moved_due_times
from bot.services.tickets import actions
from bot.text import terms
from bot.text.amounts import listed
from bot.text.sentences import joined


def set_priority(call: Call, ticket: Ticket) -> PrivateReply:
    word = call.option("priority").lower()
    if word not in set(Priority):
        raise Refused("answers.not_a_priority", text=word, choices=OneOf(tuple(map(str, Priority))))
    before = due_times(call.context, ticket)
    actions.set_priority(call.context, ticket, Priority(word))
    priority = terms.priority(word, call.context.language)
    told = call.say("answers.priority_set", reference=ticket.reference, priority=priority)
    return PrivateReply(text=joined(told, moved_due_times(call.context, ticket, before), by="\n"))


def tag(call: Call, ticket: Ticket) -> PrivateReply:
    add, remove = read_tags(call.option("tags"))
    if not add and not remove:
        raise Refused("answers.tags_needed")
    actions.tag_ticket(call.context, ticket, add=add, remove=remove)
    if not ticket.tags:
        return call.answer("answers.tags_none", reference=ticket.reference)
    names = listed(ticket.tags, call.context.language)
    return call.answer("answers.tags", reference=ticket.reference, names=names)


def transfer(call: Call, ticket: Ticket) -> PrivateReply:
    team = find_team(call.context, call.option("team"))
    if question := ask_to_share(call, ticket, team):
        return question
    before = due_times(call.context, ticket)
    actions.transfer_ticket(call.context, ticket, team=team, reason=call.option("reason"))
    told = call.say("answers.transferred", reference=ticket.reference, team=team.title)
    if ticket.assignee is not None:
        person = call.context.uow.people.find(ticket.assignee)
        name = call.context.name_of(ticket, person) if person is not None else ticket.assignee
        told = joined(told, call.say("answers.assigned", reference=ticket.reference, name=name))
    return moved_ticket(call, ticket, told, before=before)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.PRIORITY,
        place=90,
        who=Role.AGENT,
        on_ticket=set_priority,
        fitting=of_teams,
        options=(Option(name="priority", kind=OptionKind.PRIORITY),),
        has_form=True,
        example="priority IT-12 high",
    ),
    Command(
        name=verbs.TAG,
        place=100,
        who=Role.AGENT,
        on_ticket=tag,
        fitting=assigned,
        options=(Option(name="tags", kind=OptionKind.TAGS),),
        has_form=True,
        example="tag IT-12 vpn -printer",
    ),
    Command(
        name=verbs.TRANSFER,
        place=110,
        who=Role.AGENT,
        on_ticket=transfer,
        fitting=of_teams,
        options=(
            Option(name="team", kind=OptionKind.TEAM),
            Option(name="reason", is_required=False, read_by=ReadBy.NOTE),
        ),
        has_form=True,
        example="transfer IT-12 network it is the switch",
    ),
)
