"""A desk whose promises are open time of an office in Berlin and one in New York, and the weekend they are told over.

The clocks of these stories stand at the next Friday, ten minutes before the office closes: platforms' own times are
those of the day on which the tests run.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.adapters.stories.platforms import Clock, Platform

BERLIN = ZoneInfo("Europe/Berlin")
CALENDARS = """
calendars:
  berlin: {{zone: Europe/Berlin, week: {{mon-fri: "9:00-17:00"}}}}
  new-york: {{zone: America/New_York, week: {{mon-fri: "9:00-17:00"}}}}
"""
NETWORK = """  network:
    title: Network
    channel: "{operators}"
    calendar: new-york
    agents: [{lee}]
"""
POLICY = """
sla_policies:
  standard:
    first_response: {{urgent: 3h, normal: 4h}}
    resolution: 8h
    escalation: tell the team
"""


def two_offices(platform: Platform) -> str:
    """The platform's desk file, with its one team in Berlin and another in New York."""
    team, other = platform.team, NETWORK.format(operators=platform.operators, lee=platform.person("lee"))
    head, _, rest = platform.desk_file.partition("\nsla_policies:\n")
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
