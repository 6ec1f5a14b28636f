"""Outbox rows whose delivery was cut short, by a crash or a worker that hangs: due again when their lease is over."""

import structlog

from bot.ports.unit_of_work import Storage

log = structlog.get_logger(__name__)


class OutboxRescuer:
    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    async def tick(self) -> int:
        """Returns how many rows are due again."""
        rescued = await self._storage.run(lambda uow: uow.outbox.rescue())
        if rescued:
            log.info("rows whose delivery was cut short are tried again", rows=rescued)
        return rescued
