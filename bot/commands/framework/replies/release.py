"""A held reply leaves: its command is done now, as its author asked for it, with the rights that they have now."""

from bot.commands.framework.access import require
from bot.commands.framework.command import Call, CommandSource, Operations
from bot.commands.framework.registry import Registry
from bot.domain.directory import ChannelRef
from bot.domain.errors import Refused
from bot.domain.replies.held_reply import HeldReply
from bot.domain.tickets.ticket import Ticket
from bot.messages.inbound import Location
from bot.messages.outbound import Form, PrivateReply
from bot.services.context.context import Context
from bot.services.tickets.replies.held_replies import require_open_for


class HeldReplyRelease:
    """Done within a transaction whose actor is the reply's author."""

    def __init__(self, registry: Registry, operations: Operations) -> None:
        self._registry = registry
        self._operations = operations

    def __call__(self, context: Context, ticket: Ticket, held: HeldReply) -> None:
        """Raises Refused where it can no longer be done."""
        command = self._registry.named(held.verb)
        if command is None or command.on_ticket is None:
            raise Refused("refusals.button_too_old")
        require(context, command, ticket)
        require_open_for(context, ticket, held)
        source: CommandSource = self._registry
        call = Call(
            context=context,
            command=command,
            location=Location(channel=ChannelRef.direct(held.author)),
            options=held.options,
            files=held.files,
            operations=self._operations,
            registry=source,
            is_released=True,
        )
        match command.on_ticket(call, ticket):
            case Form():
                raise Refused("refusals.more_needed", reference=ticket.reference)
            case PrivateReply(is_error=True) | PrivateReply(is_question=True):
                raise Refused("refusals.more_needed", reference=ticket.reference)
            case _:
                pass
