"""Keeps each escalation channel's board: begun, drawn anew, moved to the end of its channel once a day, ended.

Replicas agree through the database on who draws, so that a board is drawn every few minutes, not by each of them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.calendars.day_boundaries import begins
from bot.domain.directory import ChannelRef, Team
from bot.ports.storage.boards import KeptBoard
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.boards.at_risk import is_any_at_risk
from bot.services.boards.refresh import _draw, _go_on
from bot.services.context.context import Context, ContextFactory

REFRESHED_EVERY = timedelta(minutes=5)
"""Desk time after which "time left" is too old; a calm board says nothing that could be."""


class BoardRefresher:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> None:
        """Look at the boards that may have changed and at those not looked at for long; else nothing is written."""
        changed = self._contexts.boards.take()
        try:
            kept = await self._storage.read(lambda uow: uow.boards.all())
            if self._is_work(kept, changed):
                await self._storage.run(lambda uow: self._keep(uow, changed))
        except BaseException:
            self._contexts.boards.note(changed)
            raise

    def _is_work(self, kept: Mapping[ChannelRef, KeptBoard], changed: frozenset[ChannelRef]) -> bool:
        now, wanted = self._contexts.clock.now(), self._contexts.desk().boards()
        is_due = any(_is_due(kept.get(channel), teams, now=now) for channel, teams in wanted.items())
        return is_due or bool(changed & wanted.keys()) or bool(_ending(kept, wanted))

    def _keep(self, uow: UnitOfWork, changed: frozenset[ChannelRef]) -> None:
        context = self._contexts.context(uow)
        kept, wanted = uow.boards.all(), context.desk.boards()
        # In one order, so that replicas never wait for one another in a circle.
        for channel in sorted(wanted):
            board, teams = kept.get(channel), wanted[channel]
            if channel in changed or _is_due(board, teams, now=context.now):
                _look(context, channel, board, teams, has_changed=channel in changed)
        for channel in sorted(_ending(kept, wanted)):
            uow.boards.end(kept[channel].conversation)
            _draw(context, kept[channel].conversation, kept[channel].number)


def _ending(
    kept: Mapping[ChannelRef, KeptBoard], wanted: Mapping[ChannelRef, tuple[Team, ...]]
) -> set[ChannelRef]:
    return {channel for channel, board in kept.items() if channel not in wanted and not board.has_ended}


def _is_due(board: KeptBoard | None, teams: Sequence[Team], *, now: datetime) -> bool:
    if board is None or board.has_ended or now - board.refreshed_at >= REFRESHED_EVERY:
        return True
    return not board.is_calm and _is_of_yesterday(board, teams, now=now)


def _look(
    context: Context,
    channel: ChannelRef,
    board: KeptBoard | None,
    teams: Sequence[Team],
    *,
    has_changed: bool,
) -> None:
    is_calm = not is_any_at_risk(context.uow, teams, now=context.now)
    if board is None:
        _go_on(context, context.uow.conversations.of_channel(channel).id, number=1, is_calm=is_calm)
    elif board.has_ended or (not is_calm and _is_of_yesterday(board, teams, now=context.now)):
        _go_on(context, board.conversation, number=board.number + 1, is_calm=is_calm)
    else:
        before = context.now if has_changed else context.now - REFRESHED_EVERY
        is_mine = context.uow.boards.refresh(
            board.conversation, is_calm=is_calm, before=before, now=context.now
        )
        if has_changed or (is_mine and not (is_calm and board.is_calm)):
            _draw(context, board.conversation, board.number)


def _is_of_yesterday(board: KeptBoard, teams: Sequence[Team], *, now: datetime) -> bool:
    """Whether a working day of one of these teams has begun since the board was."""
    mornings = (begins(team.calendar, now.astimezone(team.calendar.zone).date()) for team in teams)
    return any(morning is not None and board.begun_at < morning <= now for morning in mornings)
