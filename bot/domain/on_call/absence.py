"""When somebody is away: nothing is given to them meanwhile, and nobody counts on their hearing a ping."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """`person` is a key, or a reference where `desk.yaml` tells it; `since` is included, `until` not.

    `is_by_lead`: somebody else said it of the person, so that the reason is not for everybody's eyes.
    """

    person: str
    since: datetime
    until: datetime
    reason: str = ""
    is_by_lead: bool = False

    def overlaps(self, other: "Absence") -> bool:
        return self.since < other.until and other.since < self.until

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until
