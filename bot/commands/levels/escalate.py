"""`/desk escalate`: a ticket goes to the next level's team, with what was tried."""

from dataclasses import replace

from bot.commands.framework.access import ask_to_share
from bot.commands.framework.command import Call, Command, Option, ReadBy, Role
from bot.commands.framework.forms import form_of
from bot.commands.framework.ticket_filters import of_teams
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply
from bot.services.tickets.levels.next_level import TRIED, TriedMissing, escalate_ticket, next_level_of
from bot.text.error_text import explain


def escalate(call: Call, ticket: Ticket) -> PrivateReply | Form:
    """Where the team wants to know what was tried and nothing was said, a form that asks for it."""
    if question := ask_to_share(call, ticket, next_level_of(call.context, ticket)):
        return question
    try:
        team = escalate_ticket(call.context, ticket, tried=call.option(TRIED))
    except TriedMissing as missing:
        form = None if call.is_form else _asking_for(missing, call, ticket)
        if form is None:
            raise
        return form
    return call.answer("answers.escalated", reference=ticket.reference, team=team.title)


def _asking_for(missing: TriedMissing, call: Call, ticket: Ticket) -> Form | None:
    context = call.context
    form = form_of(
        call.command,
        context.desk,
        ticket=ticket.reference,
        given=call.options,
        language=context.language,
        actor=context.actor.key,
    )
    if form is None:
        return None
    fields = tuple(replace(each, is_required=True) for each in form.fields)
    return replace(form, fields=fields, instead=explain(context.language, missing))


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.ESCALATE,
        place=112,
        who=Role.AGENT,
        on_ticket=escalate,
        fitting=of_teams,
        options=(Option(name=TRIED, is_required=False, read_by=ReadBy.NOTE),),
        has_form=True,
        menu_group="team",
        example="escalate IT-12 restarted the router, same error",
    ),
)
