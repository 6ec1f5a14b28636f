"""An office in Berlin, a policy it promises by, and a week of November 2026 to try it in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendars.calendar import Calendar
from bot.domain.sla.policy import TargetStart
from bot.domain.sla.timer import Measure, Notify, SlaPolicy, SlaTimer, Stage
from bot.domain.tickets.ticket import Priority, Status

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(
    name="office",
    zone=BERLIN,
    week=dict.fromkeys(range(5), ((540, 1020),)),
    special={date(2026, 12, 25): ()},
)
CHANNEL, LEADS, ASSIGNEE = Notify.ESCALATION_CHANNEL, Notify.LEADS, Notify.ASSIGNEE
STAGES = (
    Stage(share=0.5),
    Stage(share=0.8, notify=(CHANNEL, ASSIGNEE)),
    Stage(share=1.0, notify=(CHANNEL, LEADS)),
)
PAUSES = {Measure.RESOLUTION: frozenset({Status.PENDING, Status.ON_HOLD})}


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def on(text: str) -> datetime:
    """`fri 16:50` in a week of November 2026; with seconds if need be."""
    day, _, clock = text.partition(" ")
    hour, minute, second = (int(each) for each in (clock + ":0:0").split(":")[:3])
    of_month = {"wed": 18, "thu": 19, "fri": 20, "sat": 21, "sun": 22, "mon": 23, "tue": 24}[day]
    return datetime(2026, 11, of_month, hour, minute, second, tzinfo=BERLIN).astimezone(UTC)


def policy(calendar: Calendar | None = OFFICE, *, stages: tuple[Stage, ...] = STAGES) -> SlaPolicy:
    return SlaPolicy(
        name="standard",
        calendar=calendar,
        targets={
            Measure.FIRST_RESPONSE: {Priority.NORMAL: hours(4), Priority.URGENT: hours(0.5)},
            Measure.RESOLUTION: {Priority.NORMAL: hours(16), Priority.URGENT: hours(4)},
        },
        stages=stages,
        pauses=PAUSES,
    )


POLICY = policy()
FROM_OPENING = replace(POLICY, raised=TargetStart.FROM_OPENING)


def started(at: datetime, *, target: timedelta = timedelta(hours=4), by: SlaPolicy = POLICY) -> SlaTimer:
    timer = SlaTimer(id=1, ticket_id=7, measure=Measure.RESOLUTION, target=target)
    timer.start(by, at=at)
    return timer
