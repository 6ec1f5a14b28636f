"""`/desk recall` and `/ticket recall`: take back what a command, button or form sent, on every side."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_person
from bot.commands.framework.replies.last_words import quoted, words_stay
from bot.commands.framework.ticket_filters import assigned, requested
from bot.domain.errors import Refused
from bot.domain.tickets.conversation import MessageKind, TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.context.context import Context
from bot.services.tickets.revisions.buttons import MESSAGE, PERSON
from bot.services.tickets.revisions.changes import recall_sent
from bot.services.tickets.revisions.sent_message import SaidWithStatus, message_by, own_message
from bot.text.sentences import joined


def recall(call: Call, ticket: Ticket) -> PrivateReply:
    """The actor's own words, or for a lead of the team what somebody else sent last; says what was taken back."""
    message = _message(call, ticket)
    if isinstance(message, SaidWithStatus):
        return words_stay(call, ticket, message)
    is_owed = recall_sent(call.context, ticket, message)
    facts = {"reference": ticket.reference, "text": quoted(message)}
    told = call.say(_DONE[message.kind], **facts)
    if is_owed:
        told = joined(told, call.say("answers.recalled_owed"))
    if message.id == ticket.opening and ticket.status is Status.CLOSED:
        told = call.say("answers.recalled_request", **facts)
    return PrivateReply(text=told)


def _message(call: Call, ticket: Ticket) -> TicketMessage | SaidWithStatus:
    named = call.option(MESSAGE)
    if person := call.option(PERSON):
        return message_by(call.context, ticket, find_person(call.context, person), named=named)
    return own_message(call.context, ticket, named=named)


def _has_something(context: Context, ticket: Ticket) -> bool:
    """Whether the actor's last words there were sent by the desk: what they wrote in chat they change there."""
    try:
        own_message(context, ticket)
    except Refused:
        return False
    return True


_MESSAGE = Option(name=MESSAGE, kind=OptionKind.WORD, is_required=False, is_form_only=True)
_DONE = {
    MessageKind.REQUEST: "answers.recalled_words",
    MessageKind.REPLY: "answers.recalled_reply",
    MessageKind.NOTE: "answers.recalled_note",
}

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.RECALL,
        place=76,
        who=Role.AGENT,
        on_ticket=recall,
        fitting=assigned,
        would_do=_has_something,
        options=(_MESSAGE, Option(name=PERSON, kind=OptionKind.PERSON, is_required=False)),
        lets_followers=True,
        confirms_choice=True,
        replies_privately=True,
        menu_group="ticket",
        example="recall IT-12",
    ),
    Command(
        name=verbs.RECALL_OWN,
        place=45,
        on_ticket=recall,
        fitting=requested,
        would_do=_has_something,
        options=(_MESSAGE,),
        confirms_choice=True,
        example="recall IT-12",
    ),
)
