"""`/desk unsend`: a reply that has not left yet never leaves, and its words are there to be changed."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.forms import form_of
from bot.commands.framework.parsing import read_reference
from bot.commands.framework.replies.held_commands import HELD
from bot.domain.errors import Refused
from bot.domain.replies.held_reply import HeldReply
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply
from bot.services.tickets.replies.held_replies import held_reply_of_actor, take_back_reply
from bot.services.tickets.replies.writers import begin_writing
from bot.text import terms
from bot.text.error_text import explain
from bot.text.sentences import joined


def unsend(call: Call) -> PrivateReply | Form:
    """The form that it was, filled with what was typed; too late, the button that was pressed is gone."""
    which = _id_of_button(call)
    try:
        held = held_reply_of_actor(call.context, held_id=which, ticket_id=_ticket_meant(call))
    except Refused as refusal:
        if which is None:
            raise
        return PrivateReply(text=explain(call.context.language, refusal), is_error=True, is_turned=True)
    ticket = call.context.uow.tickets.lock(held.ticket)
    held = take_back_reply(call.context, ticket, held)
    begin_writing(call.context, ticket, is_note=False)
    return _form_again(call, ticket, held)


def _id_of_button(call: Call) -> int | None:
    which = call.option(HELD)
    return int(which) if which.isdecimal() else None


def _ticket_meant(call: Call) -> int | None:
    """The ticket that was named, or whose thread this is."""
    if words := call.option("ticket"):
        reference = read_reference(words, prefix=call.context.desk.prefix)
        found = reference and call.context.uow.tickets.find(reference.prefix, reference.number)
        if not found:
            raise Refused("refusals.no_held_reply")
        return found.id
    thread = call.location.thread
    here = call.context.uow.conversations.find(call.location.channel, thread) if thread else None
    return here.ticket_id if here is not None else None


def _form_again(call: Call, ticket: Ticket, held: HeldReply) -> PrivateReply | Form:
    text = call.say("answers.taken_back", reference=ticket.reference)
    if held.verb not in (verbs.REPLY, verbs.REPLY_OWN):
        status = terms.status(ticket.status, call.context.language)
        text = joined(text, call.say("answers.taken_back_status", reference=ticket.reference, status=status))
    if held.files:
        text = joined(text, call.say("answers.attach_again"))
    command = call.registry.named(held.verb)
    form = command and form_of(
        command,
        call.context.desk,
        ticket=ticket.reference,
        given=held.options,
        language=call.context.language,
    )
    typed = call.say("answers.taken_back_words", text=held.words) if held.words else ()
    if not form:
        return PrivateReply(text=joined(text, typed))
    return form.with_notice(text, instead=joined(text, typed))


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.UNSEND,
        place=65,
        who=Role.AGENT,
        handler=unsend,
        options=(Option(name="ticket", kind=OptionKind.WORD, is_required=False),),
        replies_privately=True,
        menu_group="ticket",
        example="unsend IT-12",
    ),
)
