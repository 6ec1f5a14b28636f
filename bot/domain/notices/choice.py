"""How an agent is told of what concerns them, and when nothing of it may ping them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.calendars.calendar import MIDNIGHT, Calendar, Span


class NoticeWay(StrEnum):
    """A mention in the team's thread, a direct message, or nothing at all."""

    THREAD = "thread"
    DIRECT = "direct"
    NOTHING = "nothing"


class Quiet(StrEnum):
    """When somebody is not pinged: outside their team's business hours, never, or within hours of their own."""

    TEAM = "team"
    NEVER = "never"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeChoice:
    """What one agent chose. `hours` are their own quiet hours, minutes of the day in their time zone, each day."""

    person: str
    way: NoticeWay = NoticeWay.THREAD
    quiet: Quiet = Quiet.TEAM
    hours: Span | None = None

    def is_quiet(self, at: datetime, *, business_hours: Calendar, zone: ZoneInfo) -> bool:
        """Whether nothing may ping them then; `zone` is where their clock hangs."""
        match self.quiet:
            case Quiet.NEVER:
                return False
            case Quiet.TEAM:
                return not business_hours.is_open(at)
            case Quiet.OWN:
                return self.hours is not None and _is_within(self.hours, at.astimezone(zone))
            case never:
                assert_never(never)


def _is_within(span: Span, local: datetime) -> bool:
    """A span may reach past midnight."""
    begins, ends = span
    minute = local.hour * 60 + local.minute
    return begins <= minute < ends or begins <= minute + MIDNIGHT < ends
