"""The search index, rebuilt step by step while the desk goes on."""

import asyncio

from bot.cli.actions.database import opened_storage
from bot.cli.actions.environment import load_settings
from bot.cli.terminal import say
from bot.ports.storage.search import STEP
from bot.ports.unit_of_work import Storage
from bot.settings import Settings


def rebuild_index(*, is_demo: bool) -> None:
    asyncio.run(_rebuild(load_settings(is_demo=is_demo)))


async def _rebuild(settings: Settings) -> None:
    async with opened_storage(settings) as storage:
        await storage.run(lambda uow: uow.search.begin_anew())
        steps = await _to_the_end(storage)
    say(f"The search index was rebuilt in {steps} steps of up to {STEP} tickets.")


async def _to_the_end(storage: Storage) -> int:
    """A running desk may take some of the steps; what is left to this process is waited for."""
    steps = 0
    while not await storage.read(lambda uow: uow.search.is_complete()):
        steps += 1
        while await storage.run(lambda uow: uow.search.index_more(limit=STEP)):
            steps += 1
        await asyncio.sleep(0.05)
    return steps
