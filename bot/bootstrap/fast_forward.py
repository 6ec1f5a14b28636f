"""Fast-forward: desk time jumps from one due moment to the next, so that everything comes when it is due."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.clocks import ShiftedClock
from bot.ports.unit_of_work import Storage, UnitOfWork

GRID: Final = timedelta(minutes=15)
"""Hand-overs, digests and the like are no rows; they are at a quarter of an hour, by anybody's clock.

Boards are drawn then, too: what they showed in between is edited away in any case.
"""
SHORTEST: Final = timedelta(minutes=1)
MOST_JUMPS: Final = 2_000
"""What a year may take, and how many jumps more may end when something is due; what is due beyond comes together."""


class FastForward:
    """`tick_timers` does what is due, `tick_all` that and what goes by no row; both say how much was done.

    `settle` waits until people have seen what is new of it: alerts, messages, mentions, as of their minute.
    """

    def __init__(
        self,
        *,
        clock: ShiftedClock,
        storage: Storage,
        tick_timers: Callable[[], Awaitable[int | None]],
        tick_all: Callable[[], Awaitable[int]],
        settle: Callable[[], Awaitable[None]],
    ) -> None:
        self._clock = clock
        self._storage = storage
        self._tick_timers = tick_timers
        self._tick_all = tick_all
        self._settle = settle

    async def __call__(self, by: timedelta, tell: Callable[[datetime], None]) -> datetime:
        """Put desk time forward and return it; `tell` is called with the time at every stop on the way."""
        with self._clock.going_forward(by) as step:
            return await self._go(by, step, tell)

    async def _go(
        self, by: timedelta, step: Callable[[timedelta], datetime], tell: Callable[[datetime], None]
    ) -> datetime:
        now = self._clock.now()
        until, shortest, on_grid = now + by, max(by / MOST_JUMPS, SHORTEST), _next_on_grid(now)
        exact_jumps, is_done = MOST_JUMPS, True
        while now < until:
            due = await self._storage.read(_next_due) or until
            stop = min(due, on_grid)
            if stop == due and exact_jumps and (now < due or is_done):
                exact_jumps -= 1
            else:  # many are due, or one stays due whatever is done
                stop = max(stop, now + shortest)
            now = step(max(min(stop, until) - now, timedelta()))
            is_on_grid = now >= min(on_grid, until)
            is_done = bool(await (self._tick_all() if is_on_grid else self._tick_timers()))
            if is_done:
                await self._settle()
            tell(now)
            now, on_grid = self._clock.now(), _next_on_grid(now)
        return now


def _next_on_grid(now: datetime) -> datetime:
    grid_s = GRID.total_seconds()
    return datetime.fromtimestamp((now.timestamp() // grid_s + 1) * grid_s, UTC)


def _next_due(uow: UnitOfWork) -> datetime | None:
    moments = (uow.sla_timers.next_due_at(), uow.escalations.next_due_at())
    return min((at for at in moments if at is not None), default=None)
