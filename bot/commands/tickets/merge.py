"""`/desk merge` and `/desk unmerge`: a ticket that says the same as another; and what requesters answer."""

from typing import Final

from bot.commands.framework.access import require_sight, unknown_ticket
from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.parsing import read_reference
from bot.commands.framework.ticket_filters import of_teams, of_teams_ever
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.tickets.merges.merges import merge_tickets, unmerge_ticket
from bot.services.tickets.merges.questions import ADD, KEEP, add_to_same, keep_apart

INTO: Final = "into"
"""The option, and the word that may be typed before the other ticket."""


def merge(call: Call, ticket: Ticket) -> PrivateReply:
    original = _named(call)
    merge_tickets(call.context, ticket, original)
    return call.answer("answers.merged", reference=ticket.reference, other=original.reference)


def unmerge(call: Call, ticket: Ticket) -> PrivateReply:
    unmerge_ticket(call.context, ticket)
    return call.answer("answers.unmerged", reference=ticket.reference)


def answer_whether_same(call: Call, ticket: Ticket) -> None:
    """The question itself says what came of it, where it was asked."""
    choice = call.option("choice")
    if choice == ADD:
        add_to_same(call.context, ticket)
    elif choice == KEEP:
        keep_apart(call.context, ticket)
    else:
        raise Refused("refusals.similar_over", reference=ticket.reference)


def _named(call: Call) -> Ticket:
    """Locked. Raises TicketNotFound and NotAllowed for what the actor may not know of."""
    context = call.context
    words = call.option(INTO)
    first, _, rest = words.partition(" ")
    typed = rest.strip() if first.casefold() == INTO and rest.strip() else words
    reference = read_reference(typed.split()[0] if typed else "", prefix=context.desk.prefix)
    found = context.uow.tickets.find(reference.prefix, reference.number) if reference else None
    if found is None:
        raise unknown_ticket(context, typed)
    require_sight(context, found)
    return context.uow.tickets.lock(found.id)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SIMILAR_ANSWER,
        on_ticket=answer_whether_same,
        options=(Option(name="choice", kind=OptionKind.WORD, is_required=False, is_form_only=True),),
        is_listed=False,
    ),
    Command(
        name=verbs.MERGE,
        place=156,
        who=Role.AGENT,
        on_ticket=merge,
        fitting=of_teams,
        options=(Option(name=INTO),),
        has_form=True,
        menu_group="ticket",
        example="merge IT-41 into IT-40",
    ),
    Command(
        name=verbs.UNMERGE,
        place=157,
        who=Role.AGENT,
        on_ticket=unmerge,
        fitting=of_teams_ever,
        menu_group="ticket",
        example="unmerge IT-41",
    ),
)
