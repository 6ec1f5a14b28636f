"""What has a board drawn anew: a ticket on it changed, its message was posted or is gone."""

from collections.abc import Sequence

from bot.domain import events as happened
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.services.context.context import Work

_SHOWN = (
    happened.StatusChanged,
    happened.PriorityChanged,
    happened.TicketTransferred,
    happened.TicketAssigned,
    happened.TicketReleased,
    happened.FirstResponseGiven,
    happened.NextResponseGiven,
    happened.ReplyAwaited,
    happened.PolicyApplied,
    happened.SlaStageReached,
    happened.AlarmAcknowledged,
    happened.AlarmSnoozed,
    happened.MessageEdited,
)
"""What can change a board's line; an edited request gives its ticket a new subject."""


def show_boards(work: Work, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """Have the boards drawn anew that show this ticket, or showed it until these events, once they are committed."""
    if not any(isinstance(event, _SHOWN) for event in events):
        return
    before = [event.before for event in events if isinstance(event, happened.TicketTransferred)]
    teams = [work.team_of(ticket), *(work.desk.teams[name] for name in before if name in work.desk.teams)]
    channels = [channel for team in teams if (channel := team.board_channel) is not None]
    if channels:
        work.uow.after_commit(lambda: work.boards.note(channels))


def board_was_posted(work: Work, row: OutboxRow) -> None:
    """The message before it says that the board went on."""
    if row.subject > 1:
        _draw(work, row.conversation.id, row.subject - 1)


def board_is_gone(work: Work, row: OutboxRow) -> None:
    """Somebody deleted the board's message: it goes on in a new one. What went on already is not missed."""
    work.uow.outbox.settle(row, parts=())
    kept = work.uow.boards.find(row.conversation.id)
    if kept is not None and not kept.has_ended and kept.number == row.subject:
        _go_on(work, kept.conversation, number=kept.number + 1, is_calm=kept.is_calm)


def _go_on(work: Work, conversation: int, *, number: int, is_calm: bool) -> None:
    if work.uow.boards.begin(conversation, number=number, is_calm=is_calm, now=work.now):
        _draw(work, conversation, number)


def _draw(work: Work, conversation: int, number: int) -> None:
    work.uow.outbox.want(RowKind.BOARD, conversation=conversation, subject=number, now=work.now)
