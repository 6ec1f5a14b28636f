"""The message with which an agent's day begins: when it is due, and what it tells of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.calendars.day_boundaries import begins, is_staffed_all_day
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.reminders.morning_message import MorningMessage
from bot.domain.reminders.reminder import Reminder
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.sight import Sight, sight_of
from bot.services.on_call.roster import Roster
from bot.text.instants import known_zone

LOOKED_AT: Final = 200
"""Tickets of one agent that are looked through."""
AROUND_THE_CLOCK: Final = time(9, 0)
"""When the day begins in a team that is there all day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMorning:
    """Somebody's message of this day, in their own zone."""

    person: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What a day holds for one agent: of the tickets that they have, and the reminders that they will hear."""

    due: Sequence[Ticket]
    waiting: Sequence[Ticket]
    """What the requester wrote last, and is not due today anyway."""
    snoozes: Sequence[Ticket]
    reminders: Sequence[tuple[Reminder, Ticket]]

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.waiting or self.snoozes or self.reminders)


def zone_of_agent(desk: Desk, person: Person) -> ZoneInfo:
    """Where their clock hangs; their first team's where that is not known."""
    return known_zone(person.time_zone) or desk.teams_of(person)[0].calendar.zone


def morning_of(desk: Desk, person: Person, message: MorningMessage, *, day: date) -> datetime | None:
    """When they have their message on this day, UTC; None on a day off of their first team."""
    teams = desk.teams_of(person)
    opens = begins(teams[0].calendar, day) if teams else None
    if opens is None:
        return None
    clock = clock_of(desk, person, message, day=day)
    if clock is None:
        return opens
    return datetime.combine(day, clock, tzinfo=zone_of_agent(desk, person)).astimezone(UTC)


def clock_of(desk: Desk, person: Person, message: MorningMessage, *, day: date) -> time | None:
    """The time of day that their own clock shows then; None where business hours begin the day."""
    if message.minute is not None:
        return time(*divmod(message.minute, 60))
    is_around_the_clock = is_staffed_all_day(desk.teams_of(person)[0].calendar, day)
    return AROUND_THE_CLOCK if is_around_the_clock else None


def due_mornings(uow: UnitOfWork, desk: Desk, *, now: datetime) -> Iterator[DueMorning]:
    """Those that have not been told today, of agents who are not away."""
    chosen = uow.morning_messages.everybody()
    if not chosen:
        return
    people = uow.people.find_many({each.person for each in chosen})
    roster = Roster(uow, desk, now=now)
    for each in chosen:
        person = people.get(each.person)
        if person is None or not person.is_active or not desk.teams_of(person):
            continue
        day = now.astimezone(zone_of_agent(desk, person)).date()
        at = morning_of(desk, person, each, day=day)
        is_told = each.told is not None and each.told >= day
        if at is not None and at <= now and not is_told and roster.absence_of(person, at=now) is None:
            yield DueMorning(person=each.person, day=day)


def agenda_of(uow: UnitOfWork, desk: Desk, person: Person, *, day: date, now: datetime) -> Agenda:
    """What they may see of it, until that day is over where they are; the soonest first."""
    zone = zone_of_agent(desk, person)
    over = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
    found = uow.tickets.search(TicketFilter(assignee=person.key), limit=LOOKED_AT)
    held = [each for each in found if _sees(uow, desk, each, person)]
    due = [each for each in held if each.due_at is not None and each.due_at < over]
    resting = [each for each in held if each.snoozed_until is not None]
    waiting = [
        each
        for each in held
        if each.owes_answer and each.status in (Status.NEW, Status.OPEN) and not each.is_snoozed(now)
    ]
    return Agenda(
        due=due,
        waiting=[each for each in waiting if each not in due],
        snoozes=[each for each in resting if each.snoozed_until is not None and each.snoozed_until < over],
        reminders=_reminders(uow, desk, person, until=over),
    )


def _reminders(
    uow: UnitOfWork, desk: Desk, person: Person, *, until: datetime
) -> list[tuple[Reminder, Ticket]]:
    waiting = [each for each in uow.reminders.waiting_of(person.key) if each.person == person.key]
    soon = [each for each in waiting if each.due_at < until]
    tickets = uow.tickets.get_many(each.ticket for each in soon)
    return [
        (each, tickets[each.ticket])
        for each in soon
        if each.ticket in tickets and _sees(uow, desk, tickets[each.ticket], person)
    ]


def _sees(uow: UnitOfWork, desk: Desk, ticket: Ticket, person: Person) -> bool:
    return sight_of(uow, desk, ticket, person) is Sight.TEAMS_SIDE
