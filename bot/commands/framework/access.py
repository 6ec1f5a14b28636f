"""Who may do what, enforced here whatever a platform shows or hides. A refusal says why, and who can."""

from collections.abc import Iterable, Sequence

from bot.commands.framework.command import Call, Command, Role
from bot.commands.framework.parsing import references_in
from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.errors import NotAllowed, Refused, TicketNotFound
from bot.domain.sentence import OneOf
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.inbound import VerbChosen
from bot.messages.outbound import Button, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.context.membership import people_meant
from bot.services.context.sight import Sight
from bot.text.amounts import listed

_CONFIRMED = "confirmed"
"""The option of the button that confirms."""
_MOST_NAMED = 3
"""Tickets of those that a text names, which are offered."""


def has_role(desk: Desk, actor: Person, command: Command) -> bool:
    """Whether the actor may use the command on some ticket, by the configuration alone."""
    if not command.is_in(desk):
        return False
    match command.who:
        case Role.EVERYONE:
            return True
        case Role.AGENT:
            return bool(desk.teams_of(actor))
        case Role.STAFF:
            return bool(desk.teams_of(actor)) or desk.is_admin(actor)
        case Role.ADMIN:
            return desk.is_admin(actor)


def may_use(context: Context, command: Command, ticket: Ticket | None) -> bool:
    """What `require` answers, without the words of a refusal, which ask the database for names."""
    if ticket is None or command.who in (Role.STAFF, Role.ADMIN) or not command.is_in(context.desk):
        return has_role(context.desk, context.actor, command)
    return may_see(context, ticket) if command.who is Role.EVERYONE else _works_on(context, command, ticket)


def _works_on(context: Context, command: Command, ticket: Ticket) -> bool:
    """Whether this is the actor's to do as an agent of the ticket's team, or as a colleague who was added to it."""
    if command.lets_followers:
        return context.sight(ticket) is Sight.TEAMS_SIDE
    return context.is_agent_of(ticket)


def require(context: Context, command: Command, ticket: Ticket | None) -> None:
    """Raises NotAllowed, or TicketNotFound where even knowing of the ticket is too much."""
    if not command.is_in(context.desk):
        raise Refused("commands.unknown_command", command=command.verb)
    match command.who:
        case Role.EVERYONE:
            if ticket is not None:
                require_sight(context, ticket)
        case Role.AGENT:
            if ticket is not None:
                require_agent(context, command, ticket)
            elif not context.desk.teams_of(context.actor):
                ask = verbs.typed(context.desk.command_names, verbs.OPEN)
                raise NotAllowed("commands.agents_only", command=_typed(context, command), ask=ask)
        case Role.STAFF:
            if not context.desk.teams_of(context.actor) and not context.desk.is_admin(context.actor):
                raise NotAllowed("commands.staff_only", command=_typed(context, command))
        case Role.ADMIN:
            if not context.desk.is_admin(context.actor):
                raise _admins_only(context, command)


def may_see(context: Context, ticket: Ticket) -> bool:
    """Whether the actor may know of the ticket."""
    return context.sight(ticket) > Sight.NOTHING


def require_sight(context: Context, ticket: Ticket) -> None:
    """Raises NotAllowed; or TicketNotFound where even knowing of the ticket is too much."""
    if may_see(context, ticket):
        return
    if not ticket.is_private:
        add = f"{verbs.typed(context.desk.command_names, verbs.ADD_COLLEAGUE)} {ticket.reference}"
        raise NotAllowed(
            "commands.others_request",
            reference=ticket.reference,
            team=context.team_of(ticket).title,
            command=add,
        )
    raise unknown_ticket(context, ticket.reference)


def named_first(
    context: Context, command: Command, words: Iterable[str], tickets: Sequence[Ticket]
) -> Sequence[Ticket]:
    """The tickets to choose from, before them what the words name that were typed with the command."""
    named = []
    for each in references_in(" ".join(words), prefix=context.desk.prefix)[:_MOST_NAMED]:
        ticket = context.uow.tickets.find(each.prefix, each.number)
        if ticket is not None and may_use(context, command, ticket):
            named.append(ticket)
    known = {each.id for each in named}
    return [*named, *(each for each in tickets if each.id not in known)]


def unknown_ticket(context: Context, reference: str) -> TicketNotFound:
    """The same for a ticket that does not exist and for one that nobody else may know of."""
    own = verbs.QUEUE if context.desk.teams_of(context.actor) else verbs.LIST_OWN
    listing = verbs.typed(context.desk.command_names, own)
    return TicketNotFound("commands.unknown_ticket", reference=reference, command=listing)


def require_agent(context: Context, command: Command, ticket: Ticket) -> None:
    team = context.team_of(ticket)
    if _works_on(context, command, ticket):
        return
    require_sight(context, ticket)
    others, typed = name_people(context, team.staff), _typed(context, command)
    if team.has_agent(context.actor) and context.is_requester_of(ticket):
        if others:
            raise NotAllowed("commands.own_request", command=typed, people=OneOf(others), team=team.title)
        raise NotAllowed("commands.own_request_alone", command=typed, team=team.title)
    facts = {"reference": ticket.reference, "team": team.title, "command": typed}
    if others and (not team.is_anonymous or team.has_agent(context.actor)):
        raise NotAllowed("commands.team_only", people=OneOf(others), **facts)
    raise NotAllowed("commands.team_only_unnamed", **facts)


def ask_to_share(call: Call, ticket: Ticket, team: Team) -> PrivateReply | None:
    """What a private ticket says is shown to another team only once that is confirmed."""
    if not ticket.is_private or ticket.team == team.name:
        return None
    return _ask_once(
        call, ticket, call.say("answers.transfer_private", reference=ticket.reference, team=team.title)
    )


def ask_to_show(call: Call, ticket: Ticket, person: Person) -> PrivateReply | None:
    """Nor is it shown to an agent of another team before that is confirmed."""
    if not ticket.is_private or call.context.team_of(ticket).has_agent(person):
        return None
    titles = tuple(each.title for each in call.context.desk.teams_of(person))
    return _ask_once(
        call,
        ticket,
        call.say(
            "answers.add_private",
            reference=ticket.reference,
            name=person.name,
            team=listed(titles, call.context.language),
        ),
    )


def _ask_once(call: Call, ticket: Ticket, text: RichText) -> PrivateReply | None:
    """The question with the button that confirms; None once it was pressed."""
    if is_confirmed(call):
        return None
    button = Button(
        label=call.command.submit(call.context.language),
        verb=call.command.name,
        ticket=ticket.reference,
        options={**call.options, _CONFIRMED: "yes"},
        is_dangerous=True,
    )
    return PrivateReply(text=text, buttons=(button,), is_error=True)


def is_confirmed(call: Call) -> bool:
    return bool(call.option(_CONFIRMED))


def name_people(context: Context, references: Iterable[str]) -> tuple[str, ...]:
    """Everybody but the actor, who cannot."""
    names: list[str] = []
    for reference in sorted(references):
        found = people_meant(context.uow, [reference])
        others = [each.name for each in found if each.key != context.actor.key]
        names += others if found else [reference]
    return tuple(dict.fromkeys(names))


def _admins_only(context: Context, command: Command) -> NotAllowed:
    admins = name_people(context, context.desk.admins)
    if not admins:
        return NotAllowed("commands.admins_only_none", command=_typed(context, command))
    return NotAllowed("commands.admins_only", command=_typed(context, command), people=OneOf(admins))


def _typed(context: Context, command: Command) -> str:
    """The command as people of this desk type it."""
    return verbs.typed(context.desk.command_names, command.name)


def works_here(command: Command, event: VerbChosen, desk: Desk) -> bool:
    """Whether somebody who presses a button for agents in a team's channel is of that team: a card there is its."""
    team = desk.team_at(event.location.channel)
    if command.who is not Role.AGENT or event.ticket is None or event.is_on_private_reply or team is None:
        return True
    return team.has_agent(event.actor)
