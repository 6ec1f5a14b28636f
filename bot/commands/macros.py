"""`/desk macro`: a canned reply with its changes, in one word."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.domain.errors import Refused
from bot.domain.suggestions import nearest
from bot.domain.tickets.macro import Macro
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, PrivateReply
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.tickets.macros import apply_macro


def send_macro(call: Call, ticket: Ticket) -> PrivateReply:
    macro = find_macro(call.context, call.option("macro"))
    apply_macro(call.context, ticket, macro)
    return PrivateReply(text=("Answered on ", Bold(ticket.reference), f" with “{macro.title}”."))


def find_macro(context: Context, words: str) -> Macro:
    """A macro by its name or title, in any letter case. Raises Refused with the macros there are."""
    macros = context.desk.macros
    if not macros:
        raise Refused("There are no macros. They are written under `macros` in the desk’s configuration.")
    wanted = words.casefold()
    for macro in macros.values():
        if wanted in (macro.name.casefold(), macro.title.casefold()):
            return macro
    meant = nearest(words, macros)
    hint = f" Did you mean `{meant}`?" if meant else ""
    raise Refused(f"There is no macro `{words}`.{hint} Macros: {', '.join(sorted(macros))}.")


def _mine(context: Context) -> TicketFilter:
    return TicketFilter(assignee=context.actor.key)


MACRO_COMMANDS: tuple[Command, ...] = (
    Command(
        group="desk",
        verb="macro",
        summary="Send a canned reply, with the changes that go with it.",
        who=Role.AGENT,
        on_ticket=send_macro,
        fitting=_mine,
        options=(Option(name="macro", kind=OptionKind.MACRO, label="Macro"),),
        form_title="Send a macro",
        example="macro IT-12 restart",
    ),
)
