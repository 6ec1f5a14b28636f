"""`/desk recall` and `/ticket recall`: take back what a command, button or form sent, on every side."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role, excerpt
from bot.commands.framework.lookups import find_person
from bot.commands.framework.ticket_filters import assigned, requested
from bot.domain.credentials import hide_credentials
from bot.domain.errors import Refused
from bot.domain.replies.status_words import StatusWords
from bot.domain.tickets.conversation import MessageKind
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.context.context import Context
from bot.services.tickets.revisions.buttons import MESSAGE, PERSON
from bot.services.tickets.revisions.changes import recall_sent, require_changeable
from bot.services.tickets.revisions.sent_message import Sent, own_sent, sent_by
from bot.text import terms
from bot.text.sentences import joined


def recall(call: Call, ticket: Ticket) -> PrivateReply:
    """The actor's own words, or for a lead of the team what somebody else sent last; says what was taken back."""
    sent = _sent(call, ticket)
    is_owed = recall_sent(call.context, ticket, sent)
    facts = {"reference": ticket.reference, "text": _quoted(sent)}
    told = call.say(_done(call, ticket, sent), **facts)
    if isinstance(sent, StatusWords) and sent.status is ticket.status:
        status = terms.status(ticket.status, call.context.language)
        told = joined(told, call.say("answers.recalled_status_stays", status=status))
    if is_owed:
        told = joined(told, call.say("answers.recalled_owed"))
    is_opening = not isinstance(sent, StatusWords) and sent.id == ticket.opening
    if is_opening and ticket.status is Status.CLOSED:
        told = call.say("answers.recalled_request", **facts)
    return PrivateReply(text=told)


def _sent(call: Call, ticket: Ticket) -> Sent:
    named = call.option(MESSAGE)
    if person := call.option(PERSON):
        return sent_by(call.context, ticket, find_person(call.context, person), named=named)
    return own_sent(call.context, ticket, named=named)


def _done(call: Call, ticket: Ticket, sent: Sent) -> str:
    """The sentence for it: the requester's own words were the team's to read."""
    if not isinstance(sent, StatusWords):
        return _DONE[sent.kind]
    is_own = sent.actor in call.context.uow.identities.accounts_of(ticket.requester)
    return _DONE[MessageKind.REQUEST if is_own else MessageKind.REPLY]


def _quoted(sent: Sent) -> str:
    """The beginning of what it says; of a message without words, its files."""
    text = excerpt(hide_credentials(sent.text))
    return text or ", ".join(each.name for each in (() if isinstance(sent, StatusWords) else sent.files))


def _has_something(context: Context, ticket: Ticket) -> bool:
    """Whether the actor's last words there were sent by the desk: what they wrote in chat they change there."""
    try:
        require_changeable(context, ticket, own_sent(context, ticket))
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
