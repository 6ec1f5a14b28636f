"""Where requests wait, the most urgent goes first, and nothing waits for long."""

import asyncio

import pytest

from adapters.discord.api.rate_limiter import RateLimiter
from adapters.kit.rate_limits import Busy, Urgency


class Lane:
    """One lane of a gate, and who has come through it so far."""

    def __init__(self, limiter: RateLimiter, name: str = "lane") -> None:
        self._limiter = limiter
        self._name = name
        self.passed: list[str] = []
        self.opened = asyncio.Event()

    async def passes(self, who: str, urgency: Urgency, *, holds: bool = False) -> None:
        async with self._limiter.enter(self._name, urgency):
            self.passed.append(who)
            if holds:
                await self.opened.wait()


async def waiting(count: int) -> None:
    """Everybody has got as far as they get."""
    for _ in range(count + 3):
        await asyncio.sleep(0)


@pytest.fixture
def limiter() -> RateLimiter:
    return RateLimiter(scale=0.01)


async def test_alerts_go_before_acknowledgements_and_both_before_news_and_cards(limiter: RateLimiter) -> None:
    lane = Lane(limiter)
    first = asyncio.create_task(lane.passes("first", Urgency.REFRESH, holds=True))
    await waiting(1)
    others = [
        asyncio.create_task(lane.passes(urgency.name, urgency))
        for urgency in (Urgency.REFRESH, Urgency.NEW, Urgency.SOON, Urgency.NOW)
    ]
    await waiting(4)
    lane.opened.set()
    await asyncio.gather(first, *others)
    assert lane.passed == ["first", "NOW", "SOON", "NEW", "REFRESH"]


async def test_what_is_equally_urgent_goes_in_the_order_it_came_in(limiter: RateLimiter) -> None:
    lane = Lane(limiter)
    first = asyncio.create_task(lane.passes("first", Urgency.NEW, holds=True))
    await waiting(1)
    others = [asyncio.create_task(lane.passes(str(number), Urgency.NEW)) for number in range(5)]
    await waiting(5)
    lane.opened.set()
    await asyncio.gather(first, *others)
    assert lane.passed == ["first", "0", "1", "2", "3", "4"]


async def test_another_lane_is_not_held_up(limiter: RateLimiter) -> None:
    slow, quick = Lane(limiter, "slow"), Lane(limiter, "quick")
    first = asyncio.create_task(slow.passes("first", Urgency.NEW, holds=True))
    await waiting(1)
    await quick.passes("quick", Urgency.REFRESH)
    assert quick.passed == ["quick"]
    slow.opened.set()
    await first


async def test_whoever_would_wait_long_is_told_to_come_again(limiter: RateLimiter) -> None:
    lane = Lane(limiter)
    first = asyncio.create_task(lane.passes("first", Urgency.NEW, holds=True))
    await waiting(1)
    with pytest.raises(Busy) as told:
        await lane.passes("second", Urgency.NEW)
    assert told.value.after_s == pytest.approx(0.01)  # one second of Discord's
    lane.opened.set()
    await first
    await lane.passes("third", Urgency.NEW)
    assert lane.passed == ["first", "third"]


async def test_whoever_gives_up_waiting_stands_in_nobodys_way(limiter: RateLimiter) -> None:
    lane = Lane(limiter)
    first = asyncio.create_task(lane.passes("first", Urgency.NEW, holds=True))
    await waiting(1)
    second = asyncio.create_task(lane.passes("second", Urgency.NOW))
    await waiting(1)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    third = asyncio.create_task(lane.passes("third", Urgency.NEW))
    await waiting(1)
    lane.opened.set()
    await asyncio.gather(first, third)
    assert lane.passed == ["first", "third"]


async def test_a_request_that_fails_leaves_the_lane(limiter: RateLimiter) -> None:
    with pytest.raises(ValueError, match="failed"):
        async with limiter.enter("lane", Urgency.NEW):
            raise ValueError("failed")
    lane = Lane(limiter)
    await lane.passes("next", Urgency.NEW)
    assert lane.passed == ["next"]
