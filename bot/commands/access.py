"""Who may do what, enforced here whatever a platform shows or hides. A refusal says why, and who can."""

from collections.abc import Iterable

from bot.commands.command import Command, Role
from bot.domain.directory import Team
from bot.domain.errors import NotAllowed, TicketNotFound
from bot.domain.ticket import Ticket
from bot.services.work import Work


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
        case Role.ADMIN:
            if not work.desk.is_admin(work.actor):
                raise NotAllowed(
                    f"Only the desk’s admins can use `{command.verb}`: {name_people(work, work.desk.admins)}."
                )


def require_sight(work: Work, ticket: Ticket) -> None:
    """The requester and the agents of the ticket's team may see it; other agents unless it is private."""
    if work.actor.key == ticket.requester or work.team_of(ticket).has_agent(work.actor):
        return
    if not ticket.is_private and work.desk.teams_of(work.actor):
        return
    raise TicketNotFound(f"You have no ticket {ticket.reference}. List yours with `list`.")


def require_agent(work: Work, command: Command, ticket: Ticket) -> None:
    team = work.team_of(ticket)
    if work.is_agent_of(ticket):
        return
    require_sight(work, ticket)
    if work.actor.key == ticket.requester and team.has_agent(work.actor):
        raise NotAllowed(
            f"{ticket.reference} is your own request, so somebody else has to {command.verb} it: "
            f"{name_agents(work, team)}."
        )
    raise NotAllowed(
        f"Only agents of {team.title} can {command.verb} {ticket.reference}: {name_agents(work, team)}."
    )


def name_agents(work: Work, team: Team) -> str:
    """The names of a team's people, for a refusal that says who can."""
    return name_people(work, team.agents | team.leads)


def name_people(work: Work, references: Iterable[str]) -> str:
    names = []
    for reference in sorted(references):
        found = work.uow.people.search(reference)
        names.append(found[0].name if found else reference)
    return ", ".join(dict.fromkeys(names)) or "nobody is configured"
