"""Several desks on one database watch at once: each thing is told once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.on_call.rota import Every, Rota
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.workers.staffing_monitor import StaffingMonitor
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, MONDAY_9, DeskWithoutPlatform
from tests.stories.desk_files import DESK
from tests.stories.office import SetClock

REPLICAS = 6


async def test_six_desks_that_watch_at_once_tell_each_thing_once(desk_on: DeskWithoutPlatform) -> None:
    await desk_on.intake.take(desk_on.posted(ANA, "Mouse", message="m"))
    clock = SetClock(MONDAY_9 + timedelta(hours=1))
    watching = [watch(desk_on.storage, clock) for _ in range(REPLICAS)]

    await asyncio.gather(*(each.tick() for each in watching))
    assert len(await told(desk_on.storage)) == 1

    clock.move(timedelta(days=1))
    await asyncio.gather(*(each.tick() for each in watching))
    direct, channel = await told(desk_on.storage)
    assert direct.payload["sentence"] == "team.you_are_on_call"
    assert channel.payload["news"] == [{"topic": "on_call", "team": "it", "people": []}]
    await asyncio.gather(*(each.tick() for each in watching))
    assert await told(desk_on.storage) == []


def watch(storage: Storage, clock: SetClock) -> StaffingMonitor:
    """A desk whose service desk hands over every morning and minds requests that wait ten minutes."""
    desk = load_desk(DESK, KNOWN_PLATFORMS)
    it = replace(desk.teams["it"], rota="days", unclaimed_after=timedelta(minutes=10))
    days = Rota(
        name="days",
        zone=desk.teams["people"].calendar.zone,
        people=(BO.key, CLEO.key),
        every=Every.DAY,
        handover=9 * 60,
        starts=MONDAY_9.date(),
    )
    desk = replace(desk, teams={**desk.teams, "it": it}, rotas={"days": days})
    return StaffingMonitor(storage=storage, contexts=ContextFactory(desk=lambda: desk, clock=clock))


async def told(storage: Storage) -> list[OutboxRow]:
    """What the watch has put into the outbox since the last look."""

    def take(uow: UnitOfWork) -> list[OutboxRow]:
        found: list[OutboxRow] = []
        while rows := uow.outbox.claim(limit=100, lease=timedelta(minutes=1)):
            for row in rows:
                uow.outbox.settle(row, parts=("shown",))
            found += [row for row in rows if is_of_the_watch(row)]
        return found

    return await storage.run(take)


def is_of_the_watch(row: OutboxRow) -> bool:
    return row.kind is RowKind.STAFFING_NOTICE or row.payload.get("sentence") == "team.you_are_on_call"
