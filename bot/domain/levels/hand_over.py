"""At an hour of its working days a team hands its live tickets over to the next region's team."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.calendars.calendar import MIDNIGHT, Calendar
from bot.domain.calendars.working_days import is_working_day
from bot.domain.tickets.status import Priority, Status

LONGEST_REST: Final = 14
"""Days before today that are looked at for an hour that nobody kept: nobody rests longer."""
TOO_SOON: Final = timedelta(hours=1)
"""What was handed over so short a time ago is not handed over again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverRule:
    """`team` is the next region's, by name; `minute` is of the day, in the zone of the calendar of who hands over.

    No `priorities`: all.
    """

    team: str
    minute: int
    statuses: frozenset[Status]
    priorities: frozenset[Priority] = frozenset()

    def fits(self, status: Status, priority: Priority) -> bool:
        return status in self.statuses and (not self.priorities or priority in self.priorities)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What a team hands over on one day, its hour `at`. `receiver` is empty where nobody takes it."""

    id: int
    team: str
    day: date
    at: datetime
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A ticket that was handed over, and who had it until then."""

    ticket: int
    holder: str | None


def hour_of(calendar: Calendar, rule: HandOverRule, day: date) -> datetime | None:
    """When the team hands over on this day, UTC; None on a day off."""
    if not is_working_day(calendar, day):
        return None
    days, minute = divmod(rule.minute, MIDNIGHT)
    wall = datetime.combine(day + timedelta(days=days), time(minute // 60, minute % 60), calendar.zone)
    return wall.astimezone(UTC)


def is_there_again(calendar: Calendar, day: date) -> datetime | None:
    """When the team is there for the first time after this day, UTC: so long others can go on."""
    return calendar.next_open(
        datetime.combine(day + timedelta(days=1), time(), calendar.zone).astimezone(UTC)
    )


def due_day(calendar: Calendar, rule: HandOverRule, *, now: datetime) -> date | None:
    """The day whose hour was the last one, while the team is not there again; None for none."""
    today = now.astimezone(calendar.zone).date()
    for back in range(LONGEST_REST):
        day = today - timedelta(days=back)
        at = hour_of(calendar, rule, day)
        if at is not None and at <= now:
            again = is_there_again(calendar, day)
            return day if again is None or now < again else None
    return None


def takes_over(receiver: Calendar, sender: Calendar, day: date, *, at: datetime) -> bool:
    """Whether the receiving team is there before the sending one is again."""
    there, again = receiver.next_open(at), is_there_again(sender, day)
    return there is not None and (again is None or there < again)
