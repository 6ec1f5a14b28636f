"""A small desk, and a piece of somebody's work at it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context, ContextFactory
from tests.storage.sample_rows import NOW
from tests.stories import desk_files

DESK = load_desk(desk_files.DESK, KNOWN_PLATFORMS)


@dataclass(frozen=True, slots=True)
class FixedClock:
    at: datetime

    def now(self) -> datetime:
        return self.at


def context(uow: UnitOfWork, actor: Person, *, desk: Desk = DESK, now: datetime = NOW) -> Context:
    return ContextFactory(desk=lambda: desk, clock=FixedClock(now)).context(uow, actor)


def with_team(team: Team) -> Desk:
    teams: Mapping[str, Team] = {**DESK.teams, team.name: team}
    return replace(DESK, teams=teams)


def with_inbox(**limits: Any) -> Desk:
    inbox = DESK.inbox_at(HELP)
    assert inbox is not None
    return replace(DESK, inboxes={**DESK.inboxes, inbox.name: replace(inbox, **limits)})


HELP = next(iter(DESK.inboxes.values())).channel
