"""The form of a reply with words in it that the agent reads, changes and sends."""

from bot.commands.framework.command import Call
from bot.commands.framework.forms import form_of
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Form


def reply_form(call: Call, ticket: Ticket, *, text: str) -> Form:
    """As `/desk reply` opens it."""
    command = call.registry.named(verbs.REPLY)
    assert command is not None, "a desk has replies"
    form = form_of(
        command,
        call.context.desk,
        ticket=ticket.reference,
        given={command.options[0].name: text},
        language=call.context.language,
    )
    assert form is not None, "a reply has a form"
    return form
