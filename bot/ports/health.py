"""Health of the desk's parts, as `/readyz` tells it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.domain.sentence import Sentence


class HealthLevel(StrEnum):
    """Works · works, but somebody should look · does not do its work. The order is that of badness."""

    READY = "ready"
    DEGRADED = "degraded"
    NOT_READY = "not ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHealth:
    """`detail` says in a few words what was seen; it holds no secret, for monitoring may read it."""

    condition: HealthLevel
    detail: str
    sentence: Sentence | None = None
    """The same to say in somebody's language, where it is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerHealth:
    """What runs at intervals: every so many seconds, last finished so long ago, in this process (monotonic time).

    `trouble` is what its last run failed of; None where it did not.
    """

    name: str
    every_s: float
    ran_s_ago: float
    has_run: bool
    trouble: Sentence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTrouble:
    """A platform that has taken no message `since` then (monotonic time), and the conversations it happened in."""

    since: float
    conversations: set[int] = field(default_factory=set)


Probe = Callable[[], Awaitable[PartHealth]]
"""Asks one part of the desk; raising means that it does not do its work. Cheap: monitoring asks often."""


class DeskHealth(Protocol):
    """How this process is, for people who look after the desk."""

    async def parts(self) -> Mapping[str, PartHealth]:
        """By their names, as `/readyz` has them; what cannot be asked does not do its work."""
        ...

    def workers(self) -> Sequence[WorkerHealth]: ...

    def facts(self) -> Sequence[Sentence]:
        """What it runs on and since when, as `/desk-admin status` says it."""
        ...
