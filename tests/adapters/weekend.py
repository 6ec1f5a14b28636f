"""A desk whose promises are open time of an office in Berlin and one in New York, and the weekend they are told over.

The clocks of these stories stand at the next Friday, ten minutes before the office closes: platforms' own times are
those of the day on which the tests run.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
CALENDARS = """
calendars:
  berlin: {{zone: Europe/Berlin, week: {{mon-fri: "9:00-17:00"}}}}
  new-york: {{zone: America/New_York, week: {{mon-fri: "9:00-17:00"}}}}
"""
POLICY = """
sla_policies:
  standard:
    first_response: {{urgent: 3h, normal: 4h}}
    resolution: 8h
    escalation: tell the team
"""


class Clock(Protocol):
    def now(self) -> datetime: ...

    def move(self, by: timedelta) -> None: ...


def two_offices(desk: str, *, team: str, other: str) -> str:
    """A desk file's template, with its one team in Berlin and another in New York."""
    head, _, rest = desk.partition("\nsla_policies:\n")
    _, _, stages = rest.partition("\nescalation_policies:\n")
    head = head.replace(f"\n  {team}:\n", f"\n  {team}:\n    calendar: berlin\n")
    head = head.replace("\nrouting:\n", f"\n{other}\nrouting:\n")
    return head + CALENDARS + POLICY + "\nescalation_policies:\n" + stages


def stand_at(clock: Clock, weekday: int, hour: int, minute: int) -> None:
    """The next time a clock in Berlin reads so on this day of the week, Monday being 0."""
    local = clock.now().astimezone(BERLIN)
    day = local.date() + timedelta(days=(weekday - local.weekday()) % 7)
    at = datetime.combine(day, time(hour, minute), tzinfo=BERLIN)
    if at <= local:
        at = datetime.combine(day + timedelta(days=7), time(hour, minute), tzinfo=BERLIN)
    clock.move(at.astimezone(UTC) - clock.now())
