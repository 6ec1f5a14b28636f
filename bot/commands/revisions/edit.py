"""`/desk edit` and `/ticket edit`: say something else than what a command, button or form of one's own sent."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, ReadBy, Role
from bot.commands.framework.fields.forms import ASKED
from bot.commands.framework.replies.note_credentials import told_of_hidden
from bot.commands.framework.ticket_filters import assigned, requested
from bot.domain.errors import FieldsRefused, Refused
from bot.domain.replies.status_words import StatusWords
from bot.domain.tickets.conversation import MessageKind
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Field, Form, PrivateReply
from bot.services.tickets.revisions.buttons import MESSAGE, revision_buttons
from bot.services.tickets.revisions.changes import edit_sent, require_changeable
from bot.services.tickets.revisions.sent_message import Sent, own_sent, sent_name
from bot.text.sentences import joined

LONGEST_IN_FORM = 3_000
"""Characters that every platform's forms can show: what is longer would come back cut."""


def edit(call: Call, ticket: Ticket) -> PrivateReply | Form:
    """What was typed in place of what was sent; where nothing was, a form with the present words."""
    sent = own_sent(call.context, ticket, named=call.option(MESSAGE))
    text = call.option("text")
    if not text and not call.option(ASKED):
        require_changeable(call.context, ticket, sent)
        return _form(call, ticket, sent)
    if not text and not _has_files(sent):
        raise FieldsRefused({"text": call.command.missing(_TEXT)})
    edit_sent(call.context, ticket, sent, text=text)
    told = [call.say("answers.edited", reference=ticket.reference)]
    if text:
        told.append(call.seen(_readers(call, ticket, sent), text, on=ticket))
    if not isinstance(sent, StatusWords) and sent.kind is MessageKind.NOTE:
        told.append(told_of_hidden(call, ticket, text))
    return PrivateReply(
        text=joined(*told),
        buttons=revision_buttons(call.context, ticket, sent_name(sent), group=call.command.group),
    )


def _has_files(sent: Sent) -> bool:
    return not isinstance(sent, StatusWords) and bool(sent.files)


def _readers(call: Call, ticket: Ticket, sent: Sent) -> ReadBy:
    if isinstance(sent, StatusWords):
        return ReadBy.TEAM if call.context.is_requester_of(ticket) else ReadBy.REQUESTER
    return _READERS[sent.kind]


def _form(call: Call, ticket: Ticket, sent: Sent) -> Form:
    command, language = call.command, call.context.language
    typed = f"{verbs.typed(call.context.desk.command_names, command.name)} {ticket.reference}"
    if len(sent.text) > LONGEST_IN_FORM:
        raise Refused("refusals.too_long_for_form", reference=ticket.reference, command=typed)
    readers = Option(name=_TEXT.name, read_by=_readers(call, ticket, sent))
    return Form(
        title=f"{command.form_title(language)} · {ticket.reference}",
        verb=command.name,
        ticket=ticket.reference,
        fields=(
            Field(
                name=_TEXT.name,
                label=command.label(_TEXT, language),
                kind="long_text",
                is_required=not _has_files(sent),
                value=sent.text,
                hint=readers.says_who_reads(language),
            ),
        ),
        submit=command.submit(language),
        fixed={MESSAGE: sent_name(sent), ASKED: _TEXT.name},
        instead=call.say("answers.edit_by_command", reference=ticket.reference, command=typed),
    )


_TEXT = Option(name="text", is_required=False)
_OPTIONS = (
    Option(name=MESSAGE, kind=OptionKind.WORD, is_required=False, is_form_only=True),
    _TEXT,
)
_READERS = {
    MessageKind.REQUEST: ReadBy.TEAM,
    MessageKind.REPLY: ReadBy.REQUESTER,
    MessageKind.NOTE: ReadBy.NOTE,
}

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.EDIT,
        place=75,
        who=Role.AGENT,
        on_ticket=edit,
        fitting=assigned,
        options=_OPTIONS,
        asks_without=frozenset({_TEXT.name, ASKED}),
        lets_followers=True,
        replies_privately=True,
        menu_group="ticket",
        example="edit IT-12",
    ),
    Command(
        name=verbs.EDIT_OWN,
        place=44,
        on_ticket=edit,
        fitting=requested,
        options=_OPTIONS,
        asks_without=frozenset({_TEXT.name, ASKED}),
        example="edit IT-12 it is the other printer",
    ),
)
