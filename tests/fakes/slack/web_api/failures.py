"""Faults on demand: what the server does instead of answering, or after having done what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Failure:
    """One planned fault. `every=5`: each fifth matching call; `times=2`: only so often.

    `after=True`: the call takes effect first, so that its outcome is unknown to the caller.
    """

    methods: frozenset[str]
    every: int = 1
    times: int | None = None
    status: int | None = None
    error: str | None = None
    retry_after: int = 1
    hang_s: float | None = None  # real seconds
    drop: bool = False
    after: bool = False
    channel: str | None = None
    happened: int = 0
    _seen: int = 0

    def strikes(self, method: str, channel: str | None) -> bool:
        """Whether this call is one of those to fail; counts it."""
        if self.methods and method not in self.methods:
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

    def strike(self, method: str, channel: str | None) -> Failure | None:
        return next((failure for failure in self.planned if failure.strikes(method, channel)), None)


def methods_named(names: str | Iterable[str]) -> frozenset[str]:
    return frozenset([names] if isinstance(names, str) else names)
