"""Words that begin like a note and would go to the requester: a reply becomes one, the rest is asked about."""

from dataclasses import replace
from typing import Final

from bot.commands.framework.command import Call, ReadBy
from bot.commands.framework.forms import form_of
from bot.commands.framework.replies.note_credentials import told_of_hidden
from bot.domain.errors import Refused
from bot.domain.tickets.note_mark import is_marked_note
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, Form, PrivateReply
from bot.services.tickets.actions import add_note
from bot.services.tickets.followers.note_mentions import follow_mentioned
from bot.services.tickets.revisions.buttons import MESSAGE
from bot.text.error_text import tell
from bot.text.sentences import joined, words

AS_REPLY: Final = "as_reply"
"""The option of the form that asks whether to send it all the same."""
_REPLIES: Final = (verbs.REPLY, verbs.REPLY_OWN)


def keep_marked_note(call: Call, ticket: Ticket) -> PrivateReply | Form | None:
    """What an agent is answered whose words are marked as a note; None where none are, or it was asked before."""
    if (
        call.is_released
        or call.option(AS_REPLY)
        or not _is_marked(call)
        or not call.context.is_agent_of(ticket)
    ):
        return None
    return _as_note(call, ticket) if call.command.name in _REPLIES else _asked(call, ticket)


def _is_marked(call: Call) -> bool:
    read = (each for each in call.command.options if each.read_by in (ReadBy.REQUESTER, ReadBy.TEAM))
    return any(is_marked_note(call.option(each.name)) for each in read)


def _as_note(call: Call, ticket: Ticket) -> PrivateReply:
    """It stays with the team; a button sends it."""
    note = add_note(call.context, ticket, text=call.option("text"), files=call.files)
    mentions = follow_mentioned(call.context, ticket, note)
    button = Button(
        label=words(call.context.language, "answers.button_send_note"),
        verb=verbs.SEND_NOTE,
        ticket=ticket.reference,
        options={MESSAGE: str(note.id)},
    )
    told = call.say("answers.kept_as_note", reference=ticket.reference)
    hidden = told_of_hidden(call, ticket, note.text)
    return PrivateReply(
        text=joined(told, hidden, *(tell(call.context.language, each) for each in mentions.in_words)),
        buttons=(button,),
        is_news=True,
    )


def _asked(call: Call, ticket: Ticket) -> Form:
    """Raises Refused where the command has no form."""
    command = f"{verbs.typed(call.context.desk.command_names, verbs.NOTE)} {ticket.reference}"
    form = form_of(
        call.command,
        call.context.desk,
        ticket=ticket.reference,
        given={**call.options, AS_REPLY: "yes"},
        language=call.context.language,
        actor=call.context.actor.key,
    )
    if form is None:
        raise Refused("refusals.begins_as_note", command=command)
    notice = joined(call.say("answers.begins_as_note", command=command), form.notice, by="\n")
    if call.files:
        notice = joined(notice, call.say("answers.attach_again"), by="\n")
    submit = words(call.context.language, "answers.send_as_it_stands")
    return replace(form, submit=submit, notice=notice, instead=notice)
