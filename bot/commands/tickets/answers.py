"""`/desk reply` and `/desk note`: what agents say on a ticket, to the requester or among themselves."""

from dataclasses import replace

from bot.commands.framework.command import Call, Command, Option, OptionKind, ReadBy, Role
from bot.commands.framework.replies.held_commands import hold_back
from bot.commands.framework.replies.note_credentials import told_of_hidden
from bot.commands.framework.replies.said_words import with_readers
from bot.commands.framework.ticket_filters import assigned
from bot.domain.errors import Refused
from bot.domain.tickets.conversation import MessageKind, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply
from bot.ports.intake import ShortcutOn
from bot.services.tickets import actions
from bot.services.tickets.followers.note_mentions import follow_mentioned
from bot.services.tickets.revisions.buttons import MESSAGE, revision_buttons
from bot.services.tickets.revisions.changes import recall_sent
from bot.services.tickets.revisions.sent_message import own_sent
from bot.text.error_text import tell
from bot.text.sentences import joined


def reply(call: Call, ticket: Ticket) -> PrivateReply:
    if held := hold_back(call, ticket):
        return held
    sent = actions.reply_as_agent(call.context, ticket, text=call.option("text"), files=call.files)
    return PrivateReply(
        text=call.say("answers.reply_sent", reference=ticket.reference),
        buttons=revision_buttons(call.context, ticket, str(sent.id), group=call.command.group),
        is_news=True,
    )


def note(call: Call, ticket: Ticket) -> PrivateReply:
    said = actions.add_note(call.context, ticket, text=call.option("text"), files=call.files)
    mentions = follow_mentioned(call.context, ticket, said)
    added = call.say("answers.note_added", reference=ticket.reference)
    hidden = told_of_hidden(call, ticket, said.text)
    return PrivateReply(
        text=joined(added, hidden, *(tell(call.context.language, each) for each in mentions.in_words)),
        buttons=revision_buttons(call.context, ticket, str(said.id), group=call.command.group),
        is_news=True,
    )


def send_note(call: Call, ticket: Ticket) -> PrivateReply | Form | None:
    """The button beneath a reply that was kept as a note: it is recalled and sent as a reply, once."""
    kept = own_sent(call.context, ticket, named=call.option(MESSAGE) or "0")
    command = call.registry.named(verbs.REPLY)
    if not isinstance(kept, TicketMessage) or kept.kind is not MessageKind.NOTE or command is None:
        raise Refused("refusals.nothing_sent", reference=ticket.reference)
    recall_sent(call.context, ticket, kept)
    sending = replace(call, command=command, options={"text": kept.text}, files=kept.files)
    sent = with_readers(reply(sending, ticket), sending, ticket)
    return replace(sent, is_turned=True) if isinstance(sent, PrivateReply) else sent


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.REPLY,
        place=60,
        shortcuts=(ShortcutOn.THREAD,),
        who=Role.AGENT,
        on_ticket=reply,
        fitting=assigned,
        options=(Option(name="text", read_by=ReadBy.REQUESTER),),
        takes_files=True,
        has_form=True,
        example="reply IT-12 it is on its way",
    ),
    Command(
        name=verbs.NOTE,
        place=70,
        shortcuts=(ShortcutOn.THREAD,),
        who=Role.AGENT,
        on_ticket=note,
        fitting=assigned,
        options=(Option(name="text", read_by=ReadBy.NOTE),),
        lets_followers=True,
        takes_files=True,
        has_form=True,
    ),
    Command(
        name=verbs.SEND_NOTE,
        place=78,
        who=Role.AGENT,
        on_ticket=send_note,
        fitting=assigned,
        options=(Option(name=MESSAGE, kind=OptionKind.WORD, is_required=False),),
        is_listed=False,
        replies_privately=True,
    ),
)
