"""Health of the desk's parts, as `/readyz` tells it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTrouble:
    """A platform that has taken no message `since` then (monotonic time), and the conversations it happened in."""

    since: float
    conversations: set[int] = field(default_factory=set)


Probe = Callable[[], Awaitable[PartHealth]]
"""Asks one part of the desk; raising means that it does not do its work. Cheap: monitoring asks often."""
