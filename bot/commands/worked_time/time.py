"""`/desk time`: what was worked on a ticket, and by whom; what follows the ticket is logged, with its words."""

from bot.commands.framework.command import ByMention, Call, Command, Option, Role
from bot.commands.framework.ticket_filters import of_teams
from bot.commands.framework.worked_time.entries import entry_list, given_time, time_form
from bot.domain.tickets.ticket import Ticket
from bot.domain.worked_time.typed_time import read_worked_time
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply
from bot.services.tickets.worked_time.entries import log_time, today
from bot.text.amounts import working_time
from bot.text.worked_time import entry_in_words
from bot.views.worked_time.entry_buttons import FORM, entry_buttons


def time(call: Call, ticket: Ticket) -> PrivateReply | Form:
    """A list, a form where a button asks for one, or the time that was given is logged."""
    context, typed = call.context, call.option("spent")
    asks = bool(call.option(FORM))
    if asks and not call.is_form:
        return time_form(call, ticket)
    if not (asks or typed):
        return entry_list(call, ticket)
    worked = given_time(call) if asks else read_worked_time(typed, today=today(context))
    entry = log_time(context, ticket, worked)
    told = entry_in_words(entry.length, day=entry.day, text=entry.text, language=context.language)
    total = working_time(ticket.worked, context.language)
    return PrivateReply(
        text=call.say("time.logged", reference=ticket.reference, entry=told, total=total),
        buttons=entry_buttons(entry.id, language=context.language),
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.TIME,
        place=107,
        who=Role.AGENT,
        on_ticket=time,
        fitting=of_teams,
        options=(Option(name="spent", is_required=False),),
        asks_without=frozenset({"spent"}),
        replies_privately=True,
        menu_group="ticket",
        by_mention=ByMention.NEVER,
        example="time IT-12 25m fixed the switch",
    ),
)
