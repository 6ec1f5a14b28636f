"""`/desk escalate`: a ticket goes to the next level's team, with what was tried."""

from dataclasses import replace

from bot.commands.framework.access import ask_to_share, is_confirmed
from bot.commands.framework.command import Call, Command, Option, ReadBy, Role
from bot.commands.framework.forms import form_of
from bot.commands.framework.replies.moved_ticket import moved_ticket
from bot.commands.framework.replies.note_credentials import told_of_hidden
from bot.commands.framework.ticket_filters import of_teams
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply
from bot.services.sla.due_times import due_times
from bot.services.tickets.levels.next_level import TRIED, TriedMissing, escalate_ticket, next_level_of
from bot.text.error_text import explain
from bot.text.sentences import joined


def escalate(call: Call, ticket: Ticket) -> PrivateReply | Form:
    """Where nothing was said of what was tried, a form that asks for it; it may stay empty where it may."""
    next_level = next_level_of(call.context, ticket)
    if question := ask_to_share(call, ticket, next_level):
        return question
    if form := _offering(call, ticket):
        return form
    before = due_times(call.context, ticket)
    try:
        team = escalate_ticket(call.context, ticket, tried=call.option(TRIED))
    except TriedMissing as missing:
        form = None if call.is_form else _asking_for(missing, call, ticket)
        if form is None:
            raise
        return form
    told = call.say("answers.escalated", reference=ticket.reference, team=team.title)
    hidden = told_of_hidden(call, ticket, call.option(TRIED))
    return moved_ticket(call, ticket, joined(told, hidden), before=before)


def _offering(call: Call, ticket: Ticket) -> Form | None:
    """A sentence may be left out, but not by oversight; who confirmed something has had their chance."""
    level = call.context.team_of(ticket).next_level
    is_needed = level is not None and level.requires_tried
    if is_needed or call.is_form or call.option(TRIED) or is_confirmed(call):
        return None
    form = _form(call, ticket)
    example = f"{verbs.typed(call.context.desk.command_names, verbs.ESCALATE)} {ticket.reference}"
    return replace(form, instead=call.say("answers.escalate_with", command=example)) if form else None


def _asking_for(missing: TriedMissing, call: Call, ticket: Ticket) -> Form | None:
    form = _form(call, ticket)
    if form is None:
        return None
    fields = tuple(replace(each, is_required=True) for each in form.fields)
    return replace(form, fields=fields, instead=explain(call.context.language, missing))


def _form(call: Call, ticket: Ticket) -> Form | None:
    context = call.context
    return form_of(
        call.command,
        context.desk,
        ticket=ticket.reference,
        given=call.options,
        language=context.language,
        actor=context.actor.key,
    )


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
