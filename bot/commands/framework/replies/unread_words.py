"""A reply to a ticket that has no requester's side: its author is told that nobody can see it before it is sent."""

from dataclasses import replace
from typing import Final

from bot.commands.framework.command import Call
from bot.commands.framework.forms import form_of
from bot.domain.events import TicketImported
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Form
from bot.services.tickets.merges.readers import is_read_by_anybody
from bot.text.sentences import joined, words

UNREAD: Final = "unread"
"""The option of the form that asks whether to send it all the same."""
_REPLIES: Final = (verbs.REPLY, verbs.REPLY_OWN)


def ask_unread(call: Call, ticket: Ticket) -> Form | None:
    """None where somebody reads it, or where it was asked before."""
    context = call.context
    if call.command.name not in _REPLIES or call.is_released or call.option(UNREAD):
        return None
    if not context.is_agent_of(ticket) or is_read_by_anybody(context.uow, ticket):
        return None
    form = form_of(
        call.command,
        context.desk,
        ticket=ticket.reference,
        given={**call.options, UNREAD: "yes"},
        language=context.language,
        actor=context.actor.key,
    )
    if form is None:
        return None
    log = context.uow.audit_log.of_ticket(ticket.id)
    is_imported = any(each.event == TicketImported.stored_as for each in log)
    command = f"{verbs.typed(context.desk.command_names, verbs.NOTE)} {ticket.reference}"
    key = "answers.reply_unread_imported" if is_imported else "answers.reply_unread"
    notice = call.say(key, reference=ticket.reference, command=command)
    if call.files:
        notice = joined(notice, call.say("answers.attach_again"), by="\n")
    submit = words(context.language, "answers.send_anyway")
    return replace(form, submit=submit, notice=notice, instead=notice)
