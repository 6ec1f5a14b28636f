"""A macro done: its reply and its changes, all in the transaction of whoever sent it, so all or none."""

from contextlib import suppress
from typing import assert_never

from bot.domain.errors import AlreadySo
from bot.domain.tickets.macro import Macro
from bot.domain.tickets.ticket import Status, Ticket
from bot.services.context.context import Context
from bot.services.tickets import actions


def apply_macro(context: Context, ticket: Ticket, macro: Macro) -> None:
    """The reply first, so that it stands above what follows from it. What is so already is left as it is.

    Raises Refused where a change is not possible; then nothing of it may be committed.
    """
    actions.reply_as_agent(context, ticket, text=macro.text, counts_as_reply=macro.counts_as_reply)
    if macro.add_tags or macro.remove_tags:
        with suppress(AlreadySo):
            actions.tag_ticket(context, ticket, add=macro.add_tags, remove=macro.remove_tags)
    if macro.priority is not None:
        with suppress(AlreadySo):
            actions.set_priority(context, ticket, macro.priority)
    if macro.team is not None:
        with suppress(AlreadySo):
            actions.transfer_ticket(context, ticket, team=context.desk.teams[macro.team])
    if macro.status is not None:
        with suppress(AlreadySo):
            _set_status(context, ticket, macro.status)


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
