"""The budget: under the limit, urgent first, in line, and no place lost."""

import asyncio

import pytest

from adapters.kit.rate_limits import Busy, Urgency
from adapters.slack.api.rate_limiter import RateLimiter

SCALE = 0.02


async def post(
    limiter: RateLimiter, caller: str, *, urgency: Urgency = Urgency.NEW, channel: str = "C1"
) -> str:
    await limiter.take("chat.postMessage", channel=channel, urgency=urgency, caller=caller)
    return caller


async def keep_posting(limiter: RateLimiter, caller: str, done: list[str], *, channel: str = "C1") -> None:
    """As the desk does: come again when told to."""
    while True:
        try:
            done.append(await post(limiter, caller, channel=channel))
        except Busy as busy:
            await asyncio.sleep(busy.after_s)
        else:
            return


async def test_a_burst_is_spread_over_the_time_that_the_limit_wants() -> None:
    limiter, done = RateLimiter(scale=SCALE), list[str]()
    start = asyncio.get_running_loop().time()
    await asyncio.gather(*(keep_posting(limiter, f"m{number}", done) for number in range(12)))
    took = (asyncio.get_running_loop().time() - start) / SCALE
    assert took >= 10
    assert len(done) == 12


async def test_who_came_first_goes_first_however_often_it_must_come_again() -> None:
    limiter, done = RateLimiter(scale=SCALE), list[str]()
    tasks = []
    for number in range(15):
        tasks.append(asyncio.create_task(keep_posting(limiter, f"{number:02}", done)))
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert done == sorted(done)


async def test_what_is_urgent_goes_before_all_that_wait() -> None:
    limiter, done = RateLimiter(scale=SCALE), list[str]()
    waiting = [asyncio.create_task(keep_posting(limiter, f"card {number}", done)) for number in range(10)]
    await asyncio.sleep(SCALE / 2)
    done.append(await post(limiter, "ping", urgency=Urgency.NOW))
    await asyncio.gather(*waiting)
    assert done.index("ping") <= 3


async def test_one_channel_does_not_wait_for_another() -> None:
    limiter = RateLimiter(scale=1.0)
    for number in range(20):
        assert await post(limiter, f"m{number}", channel=f"C{number}") == f"m{number}"


async def test_after_a_refusal_nothing_goes_before_its_time() -> None:
    limiter = RateLimiter(scale=SCALE)
    assert limiter.close("chat.postMessage", channel="C1", for_s=30) == pytest.approx(30 * SCALE)
    with pytest.raises(Busy) as caught:
        await post(limiter, "m1")
    assert caught.value.after_s > 20 * SCALE


async def test_a_method_without_a_known_limit_is_never_kept_waiting() -> None:
    limiter = RateLimiter(scale=1.0)
    for _ in range(1_000):
        await limiter.take("auth.test")


async def test_a_person_who_wrote_once_is_not_remembered_for_ever() -> None:
    limiter, done = RateLimiter(scale=0.0001), list[str]()
    for number in range(5_000):
        await keep_posting(limiter, "m", done, channel=f"D{number}")
    assert len(done) == 5_000
    assert len(limiter._buckets) <= 2_001
