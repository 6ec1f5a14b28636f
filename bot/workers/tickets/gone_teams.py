"""Tickets of teams that `desk.yaml` names no more: listed by who answers for them, and told to operators; ticked.

What was told is a row that changes only from what it was, so each team is told of once, whatever restarts and however
many replicas look.
"""

from collections.abc import Callable, Mapping
from typing import Final

import structlog

from bot.domain.desk import Desk
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.teams.gone_teams import gone_sentence, gone_teams
from bot.text.error_text import english
from bot.workers.outbox.operator_notice import tell_operators

log = structlog.get_logger(__name__)

_WATCH: Final = "gone team:"
_TOLD: Final = "told"


class GoneTeamsWorker:
    """`note_orphans` has their tickets listed by those who answer for them."""

    def __init__(
        self, *, storage: Storage, contexts: ContextFactory, note_orphans: Callable[[Mapping[str, str]], None]
    ) -> None:
        self._storage = storage
        self._contexts = contexts
        self._note_orphans = note_orphans
        self._looked_at: Desk | None = None

    async def tick(self) -> int:
        """Look once at each desk that comes into force; returns how many teams were told of."""
        desk = self._contexts.desk()
        if desk is self._looked_at:
            return 0
        found = await self._storage.read(lambda uow: list(gone_teams(uow, desk)))
        orphans = {each.name: min(each.heirs) for each in found if len(each.heirs) == 1}
        if orphans.keys() != desk.orphaned:
            self._note_orphans(orphans)
        for each in found:
            if each.tickets:
                log.warning(english(gone_sentence(desk, each)))
        news = {each.name for each in found if each.tickets}
        told = 0
        if news != await self._storage.read(_told):
            told = await self._storage.run(lambda uow: self._tell(uow, desk))
        self._looked_at = desk = self._contexts.desk()
        self._contexts.boards.note(
            team.board_channel for team in desk.teams.values() if team.was and team.board_channel is not None
        )
        return told

    def _tell(self, uow: UnitOfWork, desk: Desk) -> int:
        context, told = self._contexts.context(uow), _told(uow)
        found = {each.name: each for each in gone_teams(uow, desk) if each.tickets}
        for name in told - found.keys():
            uow.watches.tell(f"{_WATCH}{name}", was=_TOLD, told="")
        new = [
            each
            for name, each in found.items()
            if name not in told and uow.watches.tell(f"{_WATCH}{name}", was="", told=_TOLD)
        ]
        for each in new:
            tell_operators(
                context,
                "history.as_kept",
                key=f"{_WATCH}{each.name}:{context.now.isoformat()}",
                words={"text": gone_sentence(context.desk, each)},
            )
        return len(new)


def _told(uow: UnitOfWork) -> set[str]:
    watched = uow.watches.all().items()
    return {name.removeprefix(_WATCH) for name, told in watched if told and name.startswith(_WATCH)}
