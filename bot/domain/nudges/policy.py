"""What a team wants done about tickets on which somebody is waited for; nothing, until it says so."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingPolicy:
    """When the requester of a pending ticket is nudged, and when it is resolved; in working days of the team.

    `after` rises, and `resolve_after` comes after its last.
    """

    after: tuple[int, ...]
    resolve_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPolicy:
    """How long a ticket may be somebody's without a sign of theirs, and how long before its end they are warned.

    Both are open time of the team's calendar; `warn_before` is the shorter.
    """

    lapse_after: timedelta
    warn_before: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgePolicy:
    pending: PendingPolicy | None = None
    claims: ClaimPolicy | None = None
