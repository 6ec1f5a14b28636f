"""`/desk time edit` and `remove`: by the buttons on an entry; typed, the list that has them."""

from bot.commands.framework.access import require_agent
from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.worked_time.entries import entry_list, given_time, ticket_meant, time_form
from bot.domain.errors import Refused
from bot.domain.worked_time.time_entry import TimeEntry
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply
from bot.services.tickets.worked_time.entries import change_entry, find_entry, remove_entry
from bot.text.amounts import working_time
from bot.text.worked_time import entry_in_words
from bot.views.worked_time.entry_buttons import ENTRY, entry_buttons


def edit(call: Call) -> PrivateReply | Form:
    """By a button on an entry, a form; typed, the list whose buttons do it."""
    if not call.option(ENTRY):
        return _list_of_named(call)
    ticket, entry = find_entry(call.context, _id_of_button(call))
    if not call.is_form:
        return time_form(call, ticket, entry=entry)
    changed = change_entry(call.context, ticket, entry, given_time(call))
    told = _in_words(call, changed)
    text = call.say(
        "time.changed",
        reference=ticket.reference,
        entry=told,
        total=working_time(ticket.worked, call.context.language),
    )
    return PrivateReply(text=text, buttons=entry_buttons(changed.id, language=call.context.language))


def remove(call: Call) -> PrivateReply:
    ticket, entry = find_entry(call.context, _id_of_button(call))
    remove_entry(call.context, ticket, entry)
    total = working_time(ticket.worked, call.context.language)
    return call.answer("time.removed", reference=ticket.reference, entry=_in_words(call, entry), total=total)


def _in_words(call: Call, entry: TimeEntry) -> str:
    return entry_in_words(entry.length, day=entry.day, text=entry.text, language=call.context.language)


def _id_of_button(call: Call) -> int | None:
    which = call.option(ENTRY)
    return int(which) if which.isascii() and which.isdecimal() else None


def _list_of_named(call: Call) -> PrivateReply:
    ticket = ticket_meant(call)
    if ticket is None:
        command = verbs.typed(call.context.desk.command_names, verbs.EDIT_TIME).replace("-", " ")
        raise Refused("time.which_ticket", command=f"{command} {call.context.desk.prefix}-12")
    require_agent(call.context, call.command, ticket)
    return entry_list(call, ticket)


_TICKET = Option(name="ticket", kind=OptionKind.WORD, is_required=False)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.EDIT_TIME,
        who=Role.AGENT,
        handler=edit,
        options=(_TICKET,),
        replies_privately=True,
        is_listed=False,
    ),
    Command(
        name=verbs.REMOVE_TIME,
        who=Role.AGENT,
        handler=remove,
        replies_privately=True,
        is_listed=False,
    ),
)
