"""Who may do what, enforced here whatever a platform shows or hides. A refusal says why, and who can."""

from collections.abc import Iterable

from bot.commands.framework.command import Command, Role
from bot.domain.directory import Team
from bot.domain.errors import NotAllowed, TicketNotFound
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Work
from bot.services.context.membership import people_meant
from bot.services.tickets.communities import serves


def may_use(work: Work, command: Command, ticket: Ticket | None) -> bool:
    """What `require` answers, without the words of a refusal, which ask the database for names."""
    match command.who:
        case Role.EVERYONE:
            return ticket is None or may_see(work, ticket)
        case Role.AGENT:
            return bool(work.desk.teams_of(work.actor)) if ticket is None else work.is_agent_of(ticket)
        case Role.STAFF:
            return bool(work.desk.teams_of(work.actor)) or work.desk.is_admin(work.actor)
        case Role.ADMIN:
            return work.desk.is_admin(work.actor)


def require(work: Work, command: Command, ticket: Ticket | None) -> None:
    """Raises NotAllowed, or TicketNotFound where even knowing of the ticket is too much."""
    match command.who:
        case Role.EVERYONE:
            if ticket is not None:
                require_sight(work, ticket)
        case Role.AGENT:
            if ticket is not None:
                require_agent(work, command, ticket)
            elif not work.desk.teams_of(work.actor):
                raise NotAllowed(
                    f"Only agents and leads can use `{command.verb}`. "
                    f"To ask for help, use `/{work.desk.command_names['ticket']} open`."
                )
        case Role.STAFF:
            if not work.desk.teams_of(work.actor) and not work.desk.is_admin(work.actor):
                raise NotAllowed(f"Only {Role.STAFF} can use `{command.verb}`.")
        case Role.ADMIN:
            if not work.desk.is_admin(work.actor):
                raise NotAllowed(
                    f"Only the desk’s admins can use `{command.verb}`: {name_people(work, work.desk.admins)}."
                )


def may_see(work: Work, ticket: Ticket) -> bool:
    """The requester and the agents of the ticket's team may; unless it is private, the other agents there too."""
    if work.actor.key == ticket.requester or work.team_of(ticket).has_agent(work.actor):
        return True
    theirs = work.desk.teams_of(work.actor)
    return not ticket.is_private and any(serves(work.desk, team, ticket) for team in theirs)


def require_sight(work: Work, ticket: Ticket) -> None:
    """Raises NotAllowed; or TicketNotFound where even knowing of the ticket is too much."""
    if may_see(work, ticket):
        return
    if not ticket.is_private:
        raise NotAllowed(
            f"{ticket.reference} is somebody else’s request: "
            f"that is for them and for {work.team_of(ticket).title}."
        )
    raise unknown_ticket(work, ticket.reference)


def unknown_ticket(work: Work, reference: str) -> TicketNotFound:
    """The same for a ticket that does not exist and for one that nobody else may know of."""
    name = work.desk.command_names["ticket"]
    return TicketNotFound(f"There is no ticket {reference} that you can see. List yours with `/{name} list`.")


def require_agent(work: Work, command: Command, ticket: Ticket) -> None:
    team = work.team_of(ticket)
    if work.is_agent_of(ticket):
        return
    require_sight(work, ticket)
    if work.actor.key == ticket.requester and team.has_agent(work.actor):
        raise NotAllowed(
            f"{ticket.reference} is your own request, so `{command.verb}` is for somebody else of "
            f"{team.title}: {name_agents(work, team)}."
        )
    raise NotAllowed(
        f"Only agents of {team.title} can use `{command.verb}` on {ticket.reference}: "
        f"{name_agents(work, team)}."
    )


def name_agents(work: Work, team: Team) -> str:
    """The names of a team's people, for a refusal that says who else can; an anonymous team's own alone read them."""
    if team.is_anonymous and not team.has_agent(work.actor):
        return "they go by their team’s name"
    return name_people(work, team.staff)


def name_people(work: Work, references: Iterable[str]) -> str:
    """Everybody but the actor, who cannot."""
    names = []
    for reference in sorted(references):
        found = people_meant(work.uow, [reference])
        others = [each.name for each in found if each.key != work.actor.key]
        names += others if found else [reference]
    return ", ".join(dict.fromkeys(names)) or "nobody is configured"
