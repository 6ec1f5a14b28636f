"""`/desk macro`: a canned reply with its changes, in one word."""

from dataclasses import replace

from bot.commands.framework.access import ask_to_share
from bot.commands.framework.command import Call, Command, Option, OptionKind, ReadBy, Role
from bot.commands.framework.replies.held_commands import hold_back
from bot.commands.framework.ticket_filters import assigned
from bot.domain.errors import Refused
from bot.domain.suggestions import nearest
from bot.domain.tickets.macro import Macro
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.context.context import Context
from bot.services.tickets.macros import apply_macro
from bot.text.sentences import joined


def send_macro(call: Call, ticket: Ticket) -> PrivateReply:
    macro = find_macro(call.context, call.option("macro"))
    team = call.context.desk.teams.get(macro.team or "")
    if team is not None and (question := ask_to_share(call, ticket, team)):
        return question
    if held := hold_back(call, ticket):
        return replace(held, text=joined(held.text, call.seen(ReadBy.REQUESTER, macro.text, on=ticket)))
    apply_macro(call.context, ticket, macro)
    sent = call.say("answers.macro_sent", title=macro.title, reference=ticket.reference)
    return PrivateReply(text=joined(sent, call.seen(ReadBy.REQUESTER, macro.text, on=ticket)))


def find_macro(context: Context, words: str) -> Macro:
    """A macro by its name or title, in any letter case. Raises Refused with the macros there are."""
    macros = context.desk.macros
    wanted = words.casefold()
    for macro in macros.values():
        if wanted in (macro.name.casefold(), macro.title.casefold()):
            return macro
    names = tuple(sorted(macros))
    if meant := nearest(words, macros):
        raise Refused("answers.no_macro_meant", text=words, word=meant, names=names)
    raise Refused("answers.no_macro", text=words, names=names)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.MACRO,
        place=80,
        who=Role.AGENT,
        on_ticket=send_macro,
        fitting=assigned,
        options=(Option(name="macro", kind=OptionKind.MACRO),),
        has_form=True,
        example="macro IT-12 restart",
    ),
)
