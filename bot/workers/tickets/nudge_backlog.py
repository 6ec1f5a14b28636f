"""Tickets that wait without a plan get one, and their time counts from then on; ticked.

So a team that switches nudges on hears of its backlog no sooner than its days allow, and not of all at once: a few
are taken up at each tick while the team is there. What no event told, such as a change taken back, is found here too.
A long queue is looked through a stretch at each tick, and then from its beginning again.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

import structlog

from bot.domain.directory import Team
from bot.domain.nudges.plan import PlanKind
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.nudges.nudge_plans import QueuePosition
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.nudges.plans import adopt_claim, adopt_pending

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 10
"""Tickets of a team that begin to count at one tick."""
MOST_READ: Final = 500
"""Live tickets of a team that are looked at for that; most are in hand already."""

_ADOPTS: Final[dict[PlanKind, Callable[[Context, Ticket], bool]]] = {
    PlanKind.PENDING: adopt_pending,
    PlanKind.CLAIM: adopt_claim,
}


class NudgeBacklog:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts
        self._behind: dict[tuple[str, PlanKind], QueuePosition | None] = {}
        """How far each team's queue was looked through."""

    async def tick(self) -> int:
        """Returns how many tickets count from now on."""
        now, adopted = self._contexts.clock.now(), 0
        for team in self._contexts.desk().teams.values():
            if team.calendar.is_open(now):
                for kind in _kinds_of(team):
                    adopted += await self._adopt_some(kind, team)
        if adopted:
            log.info("waiting tickets were found that had no plan", tickets=adopted)
        return adopted

    async def _adopt_some(self, kind: PlanKind, team: Team) -> int:
        """Those that wait longest first; a few, so that what follows does not come all at once."""
        behind = self._behind.get((team.name, kind))
        found = await self._storage.read(
            lambda uow: uow.nudge_plans.without(kind, team=team.name, behind=behind, limit=MOST_READ)
        )
        adopted = 0
        for ticket in found.ids:
            adopted += await self._storage.run(partial(self._adopt, ticket=ticket, kind=kind))
            if adopted == MOST_AT_ONCE:
                return adopted
        self._behind[team.name, kind] = found.more_behind
        return adopted

    def _adopt(self, uow: UnitOfWork, *, ticket: int, kind: PlanKind) -> bool:
        return _ADOPTS[kind](self._contexts.context(uow), uow.tickets.lock(ticket))


def _kinds_of(team: Team) -> Iterable[PlanKind]:
    if team.nudges.pending is not None:
        yield PlanKind.PENDING
    if team.nudges.claims is not None:
        yield PlanKind.CLAIM
