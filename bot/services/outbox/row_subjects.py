"""What a batch of rows will be rendered from: named before the first is, so that it is read of all together."""

from collections.abc import Sequence

from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.ports.unit_of_work import UnitOfWork

_OF_TICKETS = (RowKind.ACKNOWLEDGEMENT, RowKind.CARD, RowKind.THREAD_HEADER)
"""Whose subject is a ticket, in whosever conversation it is shown."""
_OF_MESSAGES = (RowKind.COPY, RowKind.REMOVAL)


def read_together(uow: UnitOfWork, rows: Sequence[OutboxRow]) -> None:
    """For a reading transaction that began after the rows were claimed: nothing in it is older than they are."""
    of_conversations = {row.conversation.ticket_id for row in rows}
    uow.read_ahead(
        tickets={
            *(each for each in of_conversations if each is not None),
            *(row.subject for row in rows if row.kind in _OF_TICKETS),
        },
        messages={row.subject for row in rows if row.kind in _OF_MESSAGES},
        people={reader for row in rows if (reader := row.conversation.channel.reader) is not None},
    )
