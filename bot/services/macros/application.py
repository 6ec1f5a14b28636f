"""A macro done: its reply and its changes, all in the transaction of whoever sent it, so all or none."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import assert_never

from bot.domain.errors import AlreadySo
from bot.domain.macros.macro import Macro, MacroAssignee
from bot.domain.tickets.custom_field import CustomField
from bot.domain.tickets.ticket import Status, Ticket
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.services.tickets.fields.changes import set_fields
from bot.services.tickets.fields.entries import read_field


def apply_macro(context: Context, ticket: Ticket, macro: Macro, *, text: str) -> None:
    """`text` is what the requester is answered: it comes first, so that it stands above what follows from it.

    What is so already is left as it is. Raises Refused where a change is not possible; then nothing of it may be
    committed.
    """
    actions.reply_as_agent(context, ticket, text=text, counts_as_reply=macro.counts_as_reply)
    if macro.add_tags or macro.remove_tags:
        with suppress(AlreadySo):
            actions.tag_ticket(context, ticket, add=macro.add_tags, remove=macro.remove_tags)
    if macro.priority is not None:
        with suppress(AlreadySo):
            actions.set_priority(context, ticket, macro.priority)
    if fields := list(fields_set(context, ticket, macro)):
        with suppress(AlreadySo):
            set_fields(context, ticket, fields)
    if macro.assign is not None:
        with suppress(AlreadySo):
            _assign(context, ticket, macro.assign)
    if macro.team is not None:
        with suppress(AlreadySo):
            actions.transfer_ticket(context, ticket, team=context.desk.teams[macro.team])
    if macro.status is not None:
        with suppress(AlreadySo):
            _set_status(context, ticket, macro.status)


def fields_set(context: Context, ticket: Ticket, macro: Macro) -> Iterator[tuple[CustomField, str]]:
    """Those that this ticket has, each with its value in canonical form. Raises Refused for a person not known."""
    for field in context.desk.custom_fields.of(ticket):
        value = macro.fields.get(field.name)
        if value is not None:
            yield field, read_field(context, field, value) if field.kind.is_somebody else value


def fields_left_out(context: Context, ticket: Ticket, macro: Macro) -> Sequence[str]:
    """Names of those that the macro sets and this ticket does not have."""
    known = {each.name for each in context.desk.custom_fields.of(ticket)}
    return [name for name in macro.fields if name not in known]


def _assign(context: Context, ticket: Ticket, to: MacroAssignee) -> None:
    match to:
        case MacroAssignee.SENDER:
            actions.assign_ticket(context, ticket, to=context.actor)
        case MacroAssignee.NOBODY:
            actions.release_ticket(context, ticket)
        case never:
            assert_never(never)


def _set_status(context: Context, ticket: Ticket, status: Status) -> None:
    match status:
        case Status.PENDING:
            actions.wait_for_requester(context, ticket, is_told=True)
        case Status.ON_HOLD:
            actions.hold_ticket(context, ticket, is_told=True)
        case Status.RESOLVED:
            actions.resolve_ticket(context, ticket, is_told=True)
        case Status.NEW | Status.OPEN | Status.CLOSED:
            raise ValueError(f"a macro cannot set {status}")
        case never:
            assert_never(never)
