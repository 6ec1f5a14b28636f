"""Calls kept under Slack's rate limits instead of bouncing off them.

Each limit is a bucket that fills at Slack's pace and is never asked for more than it holds. Whoever must
wait briefly waits here, the most urgent first; whoever must wait longer is told when to come again and
keeps its place in the line meanwhile.
"""

import asyncio
import itertools
import time
from collections.abc import Hashable
from dataclasses import dataclass, field

from adapters.kit.rate_limits import Busy, Urgency


@dataclass(frozen=True, slots=True)
class Rate:
    """`every_s` seconds of Slack's time between two calls in the long run; `burst` calls at once before."""

    every_s: float
    burst: int


# https://docs.slack.dev/apis/web-api/rate-limits. A hundredth slower, so that two clocks need not agree, and with
# smaller bursts, since one call may take longer on its way than the next.
def _per_minute(calls: int) -> Rate:
    return Rate(60 / calls * 1.01, burst=calls * 4 // 5)


TIER_1, TIER_2, TIER_3, TIER_4 = _per_minute(1), _per_minute(20), _per_minute(50), _per_minute(100)
POST_IN_CHANNEL = Rate(1.01, burst=2)
POST_IN_WORKSPACE = Rate(0.101, burst=50)

METHODS = {
    "apps.connections.open": TIER_1,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.join": TIER_3,
    "conversations.list": TIER_2,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "files.completeUploadExternal": TIER_4,
    "files.delete": TIER_3,
    "files.getUploadURLExternal": TIER_4,
    "files.info": TIER_4,
    "usergroups.list": TIER_2,
    "usergroups.users.list": TIER_2,
    "users.info": TIER_4,
    "users.lookupByEmail": TIER_3,
    "views.open": TIER_4,
    "views.publish": TIER_4,
}
"""Each method's page names its tier; methods that are not here have no limit of their own."""

WAIT_S = 1.5
"""How long, in Slack's seconds, a caller may expect to wait here rather than come again."""
URGENT_WAIT_S = 10.0
"""The same for what cannot wait: it goes next in any case."""
LONGEST_WAIT_S = 1.5
"""How much longer it may become, because others go first."""
MOST_BUCKETS = 2_000
FORGET_S = 120.0
"""A place in the line that nobody has claimed for so long, in Slack's seconds, is free again."""


@dataclass(slots=True)
class _Place:
    """A caller's place in the line; `due_at` is when it was told to come again."""

    mark: tuple[int, int]
    due_at: float


@dataclass(slots=True)
class _Bucket:
    rate: Rate
    tokens: float
    at: float
    closed_until: float = 0.0
    waiting: list[tuple[int, int]] = field(default_factory=list)
    line: dict[Hashable, _Place] = field(default_factory=dict)

    def wait(self, now: float) -> float:
        """Slack's seconds until there is room for one more."""
        self.tokens = min(self.rate.burst, self.tokens + (now - self.at) / self.rate.every_s)
        self.at = now
        missing = max(0.0, 1 - self.tokens) * self.rate.every_s
        return max(missing, self.closed_until - now)


class RateLimiter:
    """`scale`: real seconds for each second of Slack's; less than 1 where a test's Slack is fast."""

    def __init__(self, *, scale: float = 1.0) -> None:
        self._scale = scale
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self._numbers = itertools.count(1)

    async def take(
        self, method: str, *, channel: str = "", urgency: Urgency = Urgency.NEW, caller: Hashable = None
    ) -> None:
        """Wait for room for one call. Raises Busy when that would take long; `caller` keeps a place then."""
        buckets = self._for(method, channel)
        if not buckets:
            return
        mark = self._mark(buckets[0], caller, urgency)
        entered = self._now()
        buckets[0].waiting.append(mark)
        try:
            while (wait := self._wait(buckets, mark)) > 0:
                most = URGENT_WAIT_S if urgency is Urgency.NOW else WAIT_S
                if wait > most or self._now() - entered > most + LONGEST_WAIT_S:
                    come_again = self._come_again(buckets[0], caller, mark, wait)
                    raise Busy(come_again * self._scale, platform="Slack")
                await asyncio.sleep(max(min(wait, WAIT_S) * self._scale, 0.001))
        finally:
            buckets[0].waiting.remove(mark)
        for bucket in buckets:
            bucket.tokens -= 1
        buckets[0].line.pop(caller, None)

    def has_room(self, method: str, *, channel: str = "") -> bool:
        """Whether a call could go out now, and nobody waits for it already."""
        now = self._now()
        return all(not each.waiting and each.wait(now) == 0 for each in self._for(method, channel))

    def close(self, method: str, *, channel: str = "", for_s: float) -> float:
        """Slack said `Retry-After`: nothing goes before that. Returns the real seconds to wait."""
        for bucket in self._for(method, channel)[:1]:
            bucket.closed_until = self._now() + for_s
        return for_s * self._scale

    def _wait(self, buckets: list[_Bucket], mark: tuple[int, int]) -> float:
        """Slack's seconds until it is this one's turn, as far as can be told."""
        now = self._now()
        first = buckets[0]
        ahead = {other for other in first.waiting if other < mark}
        # Whoever was told to come again and is expected back goes first, too.
        ahead |= {
            place.mark
            for place in first.line.values()
            if place.mark < mark and now < place.due_at + 2 * WAIT_S
        }
        return max(bucket.wait(now) for bucket in buckets) + len(ahead) * first.rate.every_s

    def _mark(self, bucket: _Bucket, caller: Hashable, urgency: Urgency) -> tuple[int, int]:
        """Urgency and number in the line: an old number for who comes again, otherwise the next."""
        place = bucket.line.get(caller) if caller is not None else None
        return (int(urgency), place.mark[1] if place is not None else next(self._numbers))

    def _come_again(self, bucket: _Bucket, caller: Hashable, mark: tuple[int, int], wait: float) -> float:
        """How many of Slack's seconds later; a little before its turn, so that no turn goes to waste."""
        now = self._now()
        for stale in [key for key, place in bucket.line.items() if place.due_at + FORGET_S < now]:
            del bucket.line[stale]
        after = max(wait - WAIT_S / 2, WAIT_S / 4)
        if caller is not None:
            bucket.line[caller] = _Place(mark, now + after)
        return after

    def _for(self, method: str, channel: str) -> list[_Bucket]:
        if method == "chat.postMessage":
            return [
                self._bucket((method, channel), POST_IN_CHANNEL),
                self._bucket((method, "*"), POST_IN_WORKSPACE),
            ]
        rate = METHODS.get(method)
        return [] if rate is None else [self._bucket((method, ""), rate)]

    def _bucket(self, key: tuple[str, str], rate: Rate) -> _Bucket:
        if key not in self._buckets:
            if len(self._buckets) >= MOST_BUCKETS:
                self._forget_idle()
            self._buckets[key] = _Bucket(rate, rate.burst, self._now())
        return self._buckets[key]

    def _forget_idle(self) -> None:
        """Every person's direct messages have a bucket; a full one that nobody waits for holds no knowledge."""
        now = self._now()
        idle = [
            key
            for key, bucket in self._buckets.items()
            if not bucket.waiting
            and not bucket.line
            and bucket.wait(now) == 0
            and bucket.tokens == bucket.rate.burst
        ]
        for key in idle:
            del self._buckets[key]

    def _now(self) -> float:
        return time.monotonic() / self._scale
