"""Slack's rate limits: https://docs.slack.dev/apis/web-api/rate-limits.

Per method and workspace by tier, with bursts; posting besides once a second per channel with short bursts,
under a limit for the whole workspace. Times are Slack's seconds.
"""

import math
from dataclasses import dataclass, field

from tests.fakes.slack.rules.pace import Pace


@dataclass(frozen=True, slots=True)
class Rate:
    per_minute: float
    burst: int


TIERS = {1: Rate(1, 10), 2: Rate(20, 20), 3: Rate(50, 50), 4: Rate(100, 100)}
UNLIMITED_TIER = 0  # "special tier" methods whose page names no number
POSTING = 5  # chat.postMessage: its own rules


@dataclass(frozen=True, slots=True)
class PostingRates:
    """How fast messages may be posted: `per_channel` is the documented one a second."""

    per_channel: Rate = Rate(60, 3)
    workspace: Rate = Rate(600, 60)  # "several hundred messages per minute"


@dataclass(slots=True)
class _Bucket:
    rate: Rate
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed; 0 when it is now."""
        per_second = self.rate.per_minute / 60
        self.tokens = min(self.rate.burst, self.tokens + (now - self.at) * per_second)
        self.at = now
        # The tiny allowance is for float arithmetic: after exactly one second there is exactly one token.
        return 0.0 if self.tokens >= 1 - 1e-9 else (1 - self.tokens) / per_second

    def take(self) -> None:
        self.tokens -= 1


@dataclass(slots=True)
class Limiter:
    pace: Pace
    posting: PostingRates = PostingRates()
    is_on: bool = True
    _buckets: dict[tuple[str, str], _Bucket] = field(default_factory=dict)

    def retry_after(self, method: str, tier: int, *, channel: str | None) -> int | None:
        """Take one call, or say after how many whole seconds (Slack's) to come again."""
        if not self.is_on or tier == UNLIMITED_TIER:
            return None
        buckets = self._for(method, tier, channel)
        wait = max(bucket.wait(self.pace.elapsed()) for bucket in buckets)
        if wait > 0:
            return max(1, math.ceil(wait))
        for bucket in buckets:
            bucket.take()
        return None

    def _for(self, method: str, tier: int, channel: str | None) -> list[_Bucket]:
        if tier == POSTING:
            return [
                self._bucket((method, channel or ""), self.posting.per_channel),
                self._bucket((method, "*"), self.posting.workspace),
            ]
        return [self._bucket((method, ""), TIERS[tier])]

    def _bucket(self, key: tuple[str, str], rate: Rate) -> _Bucket:
        if key not in self._buckets:
            self._buckets[key] = _Bucket(rate, rate.burst, self.pace.elapsed())
        return self._buckets[key]
