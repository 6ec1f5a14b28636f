"""`/desk next`: the ticket that should be answered next becomes the actor's, and is shown."""

from dataclasses import replace

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.listings import ticket_view
from bot.commands.framework.lookups import find_team
from bot.commands.framework.ticket_lists import next_button
from bot.domain.errors import NotAllowed
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply
from bot.services.tickets.next_ticket import claim_next
from bot.text.amounts import listed
from bot.text.sentences import joined, words


def next_ticket(call: Call) -> PrivateReply:
    """Of all teams of the actor, or of one.

    By this order: overdue first responses, what else is overdue, what is at risk, the higher priority, the oldest.
    """
    context, named = call.context, call.option("team")
    teams = (find_team(context, named),) if named else context.desk.teams_of(context.actor)
    if not all(team.has_agent(context.actor) for team in teams):
        raise NotAllowed("answers.queue_not_yours", team=teams[0].title)
    ticket = claim_next(context, teams)
    if ticket is None:
        names = listed((team.title for team in teams), context.language)
        return call.answer("lists.nothing_next", names=names)
    claimed = call.say("answers.claimed", reference=ticket.reference)
    shown = ticket_view(context, ticket, sees_notes=True)
    return replace(shown, text=joined(claimed, shown.text, by="\n"), buttons=_buttons(call, ticket, named))


def _buttons(call: Call, ticket: Ticket, team: str) -> tuple[Button, ...]:
    """What is mostly done with it, and the one after it."""
    language, reference = call.context.language, ticket.reference
    return (
        Button(
            label=words(language, "team.button_reply"),
            verb=verbs.REPLY,
            ticket=reference,
            opens_form=True,
            is_primary=True,
        ),
        Button(
            label=words(language, "team.button_resolve"),
            verb=verbs.RESOLVE,
            ticket=reference,
            opens_form=True,
        ),
        next_button(language, team=team),
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.NEXT,
        place=21,
        who=Role.AGENT,
        handler=next_ticket,
        options=(Option(name="team", kind=OptionKind.TEAM, is_required=False),),
        replies_privately=True,
        example="next",
    ),
)
