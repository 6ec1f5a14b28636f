"""Who is on call until when and who after them, and when nobody will be although the team is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.calendars.calendar import Calendar
from bot.domain.directory import Person
from bot.domain.errors import ConfigurationError
from bot.domain.on_call.rota import Rota
from bot.services.on_call.roster import Roster

FORESEEN = timedelta(hours=24)
FORESEEN_OPEN = timedelta(hours=8)
"""How soon nobody's time must begin to be said: within a day, or so much open time, so that Friday sees to Monday."""
LOOKED_INTO = timedelta(days=40)
"""How far into a rota is looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftStretch:
    """One person's time on call, or nobody's; `ends` is None where that lies further ahead than is looked."""

    person: Person | None
    begins: datetime
    ends: datetime | None


def stretches(roster: Roster, rota: Rota, *, now: datetime) -> Iterator[ShiftStretch]:
    """Whose time it is from now on, one after the other, as far as is known now."""
    person, begins = roster.on_call(rota, at=now), now
    for at in roster.borders(rota, until=now + LOOKED_INTO):
        after = roster.on_call(rota, at=at)
        if after != person:
            yield ShiftStretch(person=person, begins=begins, ends=at)
            person, begins = after, at
    yield ShiftStretch(person=person, begins=begins, ends=None)


def first_coverage_gap(
    roster: Roster, rota: Rota, calendar: Calendar, *, now: datetime
) -> ShiftStretch | None:
    """The first time, soon enough to be said, in which the calendar is open and nobody is on call.

    It begins where the calendar is open, and ends where somebody is on call again.
    """
    horizon = max(now + FORESEEN, _open_time_ahead(calendar, now))
    for each in stretches(roster, rota, now=now):
        if each.begins > horizon:
            return None
        opens = calendar.next_open(each.begins) if each.person is None else None
        if opens is not None and opens <= horizon and (each.ends is None or opens < each.ends):
            return ShiftStretch(person=None, begins=opens, ends=each.ends)
    return None


def _open_time_ahead(calendar: Calendar, now: datetime) -> datetime:
    try:
        return calendar.add(now, FORESEEN_OPEN)
    except ConfigurationError:  # it does not open so long any more
        return now
