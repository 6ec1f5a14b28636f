"""A password or key in a note is hidden wherever the note is shown to several; its author is told how it is read."""

from bot.commands.framework.command import Call
from bot.domain.credentials import has_credential
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import RichText


def told_of_hidden(call: Call, ticket: Ticket, note: str) -> RichText:
    """What the author of these words is told, or nothing where there is nothing to hide."""
    if not has_credential(note):
        return ()
    names = call.context.desk.command_names
    show, edit = (verbs.typed(names, each) for each in (verbs.SHOW_AS_AGENT, verbs.EDIT))
    return call.say(
        "team.credential_in_note", show=f"{show} {ticket.reference}", edit=f"{edit} {ticket.reference}"
    )
