"""The cheap periodic look through each platform's history: what it finds should have come by itself."""

from collections.abc import Sequence

from bot.workers.backfill import Backfill


class HistorySweep:
    def __init__(self, backfills: Sequence[Backfill]) -> None:
        self._backfills = backfills

    async def tick(self) -> None:
        for backfill in self._backfills:
            backfill.sweep()
