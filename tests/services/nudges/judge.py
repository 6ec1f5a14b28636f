"""What is true of a ticket that is nudged at each line of its log, by rules written down here a second time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.domain.calendars.calendar import Calendar
from bot.domain.calendars.working_days import is_working_day
from bot.domain.directory import DESK
from bot.domain.events import NO_REPLY, NO_SIGN
from bot.domain.tickets.conversation import MessageKind
from bot.domain.tickets.ticket import Status
from bot.ports.storage.audit_log import AuditEntry

LEAST_BETWEEN = 1
"""Working days: by neither configuration a first nudge comes sooner, nor what follows one."""
STEPS = ("RequesterNudged", "ClaimWarned")
LEAST_WARNING, LEAST_CLAIM = timedelta(minutes=30), timedelta(hours=2)


class Judge:
    """What is true of the ticket at each line of its log, and whether the next line may follow."""

    def __init__(self, calendars: Callable[[str], Calendar]) -> None:
        self._calendars = calendars
        self.team, self.status = "it", str(Status.NEW)
        self.owner: str | None = None
        self.waited_since: datetime | None = None
        self.rests_until: datetime | None = None
        self.nudges: list[AuditEntry] = []
        self.told: list[AuditEntry] = []
        """That it became the owner's, and what they were told since; nothing once they gave a sign."""

    @property
    def calendar(self) -> Calendar:
        return self._calendars(self.team)

    def hear(self, entry: AuditEntry) -> None:
        self._hear_of_snooze(entry)
        match entry.event:
            case "TicketTransferred":
                self.team, self.owner, self.told = entry.details["after"], None, []
                self._begin_wait(entry)
            case "TicketAssigned":
                self.owner, self.told = entry.details["after"], [entry]
            case "TicketReleased":
                if entry.details["cause"] == NO_SIGN:
                    check_lapse(self.calendar, entry, status=self.status, told=self.told)
                self.owner, self.told = None, []
            case "StatusChanged":
                self._hear_status(entry)
            case "MessageAdded":
                if entry.details["kind"] != MessageKind.NOTE:
                    self._begin_wait(entry)
                self.told = [] if entry.actor == self.owner else self.told
            case "RequesterNudged":
                assert self.waited_since is not None
                check_nudge(self, entry, since=self.waited_since)
                self.nudges.append(entry)
            case "ClaimWarned" | "ClaimExtended":
                self._hear_of_claim(entry)
            case _:
                pass

    def _hear_of_snooze(self, entry: AuditEntry) -> None:
        """Nothing is done while the ticket is snoozed."""
        if entry.event == "TicketSnoozed":
            self.rests_until = datetime.fromisoformat(entry.details["until"])
        elif entry.event == "SnoozeEnded":
            self.rests_until = None
        elif entry.event in STEPS or entry.details.get("cause") in (NO_SIGN, NO_REPLY):
            assert self.rests_until is None or entry.at >= self.rests_until

    def _begin_wait(self, entry: AuditEntry) -> None:
        self.waited_since, self.nudges = entry.at, []

    def _hear_status(self, entry: AuditEntry) -> None:
        if entry.details["cause"] == NO_REPLY:
            check_resolution(self.calendar, entry, status=self.status, nudges=self.nudges)
        if entry.actor == self.owner and entry.details["before"] != Status.NEW:
            self.told = []
        elif entry.details["after"] in (Status.RESOLVED, Status.CLOSED):
            self.told = self.told[:1]
        self.status = entry.details["after"]
        self._begin_wait(entry)

    def _hear_of_claim(self, entry: AuditEntry) -> None:
        assert self.told, "nobody is told who gave a sign"
        assert entry.event not in [each.event for each in self.told]
        assert self.status == Status.OPEN
        assert entry.event == "ClaimExtended" or self.calendar.is_open(entry.at)
        self.told = [*self.told, entry]


def check_nudge(judge: Judge, entry: AuditEntry, *, since: datetime) -> None:
    assert judge.status == Status.PENDING
    assert entry.actor == DESK
    assert judge.calendar.is_open(entry.at)
    assert entry.details["number"] == len(judge.nudges) + 1
    last = judge.nudges[-1].at if judge.nudges else since
    assert working_days_between(judge.calendar, last, entry.at) >= LEAST_BETWEEN


def check_resolution(
    calendar: Calendar, entry: AuditEntry, *, status: str, nudges: Sequence[AuditEntry]
) -> None:
    """The requester was asked, and had as long as they were told."""
    assert status == Status.PENDING
    assert calendar.is_open(entry.at)
    assert nudges
    assert working_days_between(calendar, nudges[-1].at, entry.at) >= LEAST_BETWEEN
    promised = nudges[-1].details["resolves_at"]
    assert promised is None or entry.at >= datetime.fromisoformat(promised)


def check_lapse(calendar: Calendar, entry: AuditEntry, *, status: str, told: Sequence[AuditEntry]) -> None:
    """There was no sign since they got it; they were told, and had as long as they were told."""
    assert status == Status.OPEN
    assert calendar.is_open(entry.at)
    assert len(told) > 1
    assert told[0].event == "TicketAssigned"
    assert entry.at >= datetime.fromisoformat(told[-1].details["lapses_at"])
    assert calendar.between(told[0].at, entry.at) >= LEAST_CLAIM
    assert calendar.between(told[-1].at, entry.at) >= LEAST_WARNING


def working_days_between(calendar: Calendar, start: datetime, end: datetime) -> int:
    """How often a day of work has begun, by the calendar on the wall, counted day by day."""
    day, last, found = start.astimezone(calendar.zone).date(), end.astimezone(calendar.zone).date(), 0
    while day < last:
        day += timedelta(days=1)
        found += is_working_day(calendar, day)
    return found
