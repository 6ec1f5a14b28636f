"""The slow look through every open ticket's threads, from their opening, for edits and deletions in a gap.

It follows when what was said is there. It is owed in the database until it is done, so a desk that is stopped in
its middle does it again.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime

from bot.ports.unit_of_work import Storage
from bot.workers.history.reader import HistoryReader, ReadingTally
from bot.workers.history.unfinished_tickets import UnfinishedTickets


class ChangeSweep:
    """Of one platform. `reading` makes a reader that looks from an instant on."""

    def __init__(
        self,
        *,
        platform: str,
        storage: Storage,
        tickets: UnfinishedTickets,
        reading: Callable[[datetime], HistoryReader],
    ) -> None:
        self._watermark = f"changes in {platform}"
        self._storage = storage
        self._tickets = tickets
        self._reading = reading
        self._since: datetime | None = None
        self._reader: HistoryReader | None = None
        self._left: deque[int] = deque()

    @property
    def is_owed(self) -> bool:
        return self._since is not None

    async def remember(self) -> None:
        """What an earlier process has left undone."""
        self._since = (await self._storage.read(lambda uow: uow.watermarks.all())).get(self._watermark)

    async def owe(self, *, since: datetime) -> None:
        """Changes since then are to be looked for; one that is under way begins again."""
        await self._storage.run(lambda uow: uow.watermarks.hold(self._watermark, at=since))
        self._since = since if self._since is None else min(since, self._since)
        self._reader = None

    async def go_on(self, *, is_interrupted: Callable[[], bool]) -> ReadingTally | None:
        """Until done or interrupted; what was found once it is done, otherwise None. Raises StorageUnavailable."""
        if self._since is None:
            return None
        if self._reader is None:
            self._reader = self._reading(self._since)
            self._left = deque(await self._tickets.ids())
        while self._left:
            if is_interrupted():
                return None
            ticket = await self._tickets.find(self._left[0])
            if ticket is not None:
                await self._reader.read_threads(ticket)
            self._left.popleft()
        await self._storage.run(lambda uow: uow.watermarks.forget(self._watermark))
        tally = self._reader.tally
        self._since, self._reader = None, None
        return tally
