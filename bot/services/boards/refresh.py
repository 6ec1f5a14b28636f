"""What has a board drawn anew: a ticket on it changed, its message was posted or is gone."""

from collections.abc import Sequence

from bot.domain import events as happened
from bot.domain.tickets.privacy import TicketMadePrivate
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.services.context.context import Context

_SHOWN = (
    happened.StatusChanged,
    happened.PriorityChanged,
    happened.SubjectChanged,
    happened.TicketTransferred,
    TicketMadePrivate,
    happened.TicketAssigned,
    happened.TicketReleased,
    happened.FirstResponseGiven,
    happened.NextResponseGiven,
    happened.ReplyAwaited,
    happened.PolicyApplied,
    happened.SlaStageReached,
    happened.AlertAcknowledged,
    happened.AlertSnoozed,
    happened.AlertUnacknowledged,
    happened.TicketMessageEdited,
)
"""What can change a board's line; an edited request gives its ticket a new subject too."""


def show_boards(context: Context, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """Have the boards drawn anew that show this ticket, or showed it until these events, once they are committed."""
    if not any(isinstance(event, _SHOWN) for event in events):
        return
    before = [event.before for event in events if isinstance(event, happened.TicketTransferred)]
    teams = [
        context.team_of(ticket),
        *(context.desk.teams[name] for name in before if name in context.desk.teams),
    ]
    channels = [channel for team in teams if (channel := team.board_channel) is not None]
    if channels:
        context.uow.after_commit(lambda: context.boards.note(channels))


def board_was_posted(context: Context, row: OutboxRow) -> None:
    """The message before it is deleted."""
    if row.subject > 1:
        _draw(context, row.conversation.id, row.subject - 1)


def board_is_gone(context: Context, row: OutboxRow) -> None:
    """Somebody deleted the board's message: it goes on in a new one. What went on already is not missed."""
    context.uow.outbox.settle(row, parts=())
    kept = context.uow.boards.find(row.conversation.id)
    if kept is not None and not kept.has_ended and kept.number == row.subject:
        _go_on(context, kept.conversation, number=kept.number + 1, is_calm=kept.is_calm)


def _go_on(context: Context, conversation: int, *, number: int, is_calm: bool) -> None:
    if context.uow.boards.begin(conversation, number=number, is_calm=is_calm, now=context.now):
        _draw(context, conversation, number)


def _draw(context: Context, conversation: int, number: int) -> None:
    context.uow.outbox.put_state(RowKind.BOARD, conversation=conversation, subject=number, now=context.now)
