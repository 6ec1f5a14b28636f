"""`/desk queue` and `/desk mine`: which tickets there are to work on."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.listings import LISTED, ticket_list
from bot.commands.framework.lookups import find_team
from bot.domain.errors import NotAllowed
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.ports.storage.tickets import TicketFilter


def queue(call: Call) -> PrivateReply:
    """The open tickets of a team, or of all teams of the actor."""
    context = call.context
    teams = (
        (find_team(context, call.option("team")),)
        if call.option("team")
        else context.desk.teams_of(context.actor)
    )
    if not all(team.has_agent(context.actor) for team in teams):
        raise NotAllowed(f"Only agents and leads of {teams[0].title} see its queue.")
    tickets = context.uow.tickets.search(
        TicketFilter(teams=frozenset(team.name for team in teams)), limit=LISTED + 1
    )
    names = ", ".join(team.title for team in teams)
    return ticket_list(context, tickets, title=f"Queue of {names}", nothing=f"The queue of {names} is empty.")


def mine(call: Call) -> PrivateReply:
    tickets = call.context.uow.tickets.search(TicketFilter(assignee=call.context.actor.key), limit=LISTED + 1)
    return ticket_list(call.context, tickets, title="Your tickets", nothing="You have no open tickets.")


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.QUEUE,
        place=10,
        summary="Open tickets of your teams, most urgent first.",
        who=Role.AGENT,
        handler=queue,
        reads=True,
        options=(Option(name="team", kind=OptionKind.TEAM, is_required=False),),
    ),
    Command(
        name="desk mine",
        place=20,
        summary="The tickets you have.",
        who=Role.AGENT,
        handler=mine,
        reads=True,
    ),
)
