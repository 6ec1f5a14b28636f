"""What database threads found comes back to who waits, all that is there with one wake of the loop."""

import asyncio
from concurrent.futures import Future
from typing import Any

import pytest

from storage.engine.wakeups import Outcomes


class CountingLoop:
    """The running loop, with the wakes from other threads counted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.loop = asyncio.get_running_loop()
        self.wakes = 0
        wake = self.loop.call_soon_threadsafe

        def counted(*given: Any) -> asyncio.Handle:
            self.wakes += 1
            return wake(*given)

        monkeypatch.setattr(self.loop, "call_soon_threadsafe", counted)


async def test_a_groups_outcomes_wake_the_loop_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counting = CountingLoop(monkeypatch)
    outcomes, done = Outcomes(counting.loop), [Future[int]() for _ in range(3)]
    waiting = [asyncio.ensure_future(outcomes.of(each)) for each in done]
    await asyncio.sleep(0)
    done[0].set_result(1)
    done[1].set_exception(ValueError("no ink"))
    done[2].set_result(3)
    first, failed, last = await asyncio.gather(*waiting, return_exceptions=True)
    assert (first, last, counting.wakes) == (1, 3, 1)
    assert isinstance(failed, ValueError)


async def test_who_stops_waiting_takes_back_what_nobody_has_begun_and_disturbs_nobody() -> None:
    outcomes = Outcomes(asyncio.get_running_loop())
    begun, waiting_still = Future[int](), Future[int]()
    begun.set_running_or_notify_cancel()
    gone = [asyncio.ensure_future(outcomes.of(each)) for each in (begun, waiting_still)]
    await asyncio.sleep(0)
    for each in gone:
        each.cancel()
    await asyncio.gather(*gone, return_exceptions=True)
    assert (begun.cancelled(), waiting_still.cancelled()) == (False, True)
    begun.set_result(1)
    other = Future[int]()
    other.set_result(2)
    assert await outcomes.of(other) == 2
