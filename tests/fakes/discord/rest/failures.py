"""Faults on demand: what the server does instead of answering, or after having done what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Failure:
    """One planned fault. `every=5`: each fifth matching request; `times=2`: only so often.

    `routes` as in "POST /channels/{channel_id}/messages"; none means all. `after=True`: the request takes effect
    first, so that its outcome is unknown to the caller. `code` and `status` are Discord's. `is_proxied=False`: the
    answer has no `Via` header, as those of servers that are not Discord's own; discord.py waits for no such 429.
    """

    routes: frozenset[str]
    every: int = 1
    times: int | None = None
    code: int | None = None
    status: int | None = None
    retry_after_s: float = 1
    is_proxied: bool = True
    hang_s: float | None = None  # real seconds
    drop: bool = False
    after: bool = False
    channel: int | None = None
    happened: int = 0
    _seen: int = 0

    def strikes(self, route: str, channel: int | None) -> bool:
        """Whether this request is one of those to fail; counts it."""
        if self.routes and route not in self.routes:
            return False
        if self.channel is not None and channel != self.channel:
            return False
        if self.times is not None and self.happened >= self.times:
            return False
        self._seen += 1
        if self._seen % self.every:
            return False
        self.happened += 1
        return True


@dataclass(slots=True)
class FailurePlan:
    planned: list[Failure] = field(default_factory=list)

    def add(self, failure: Failure) -> Failure:
        self.planned.append(failure)
        return failure

    def clear(self) -> None:
        self.planned.clear()

    def strike(self, route: str, channel: int | None) -> Failure | None:
        return next((failure for failure in self.planned if failure.strikes(route, channel)), None)


def routes_named(names: str | Iterable[str]) -> frozenset[str]:
    return frozenset([names] if isinstance(names, str) else names)
