"""Appointments of an iCalendar file (RFC 5545), repeating ones written out: holidays, rotas, absences.

The libraries are loaded only when a file is read. What is wrong with one is an UnreadableCalendar.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.errors import reason_of
from bot.domain.sentence import Fact, Sentence

MAX_BYTES = 4_000_000
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_WITHIN_THE_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
"""Rules that would fill years with appointments; nothing that a desk goes by repeats like that."""


class UnreadableCalendar(Exception):
    """An iCalendar file that cannot be used, and why."""

    def __init__(self, key: str, **facts: Fact) -> None:
        self.sentence = Sentence(key, facts)
        super().__init__(str(self.sentence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """`starts` and `ends` are in the zone that was asked for; an all-day one is from midnight to midnight."""

    summary: str
    starts: datetime
    ends: datetime
    is_all_day: bool
    attendees: tuple[str, ...] = ()
    """Mail addresses in lower case of those who have not declined."""


def read_appointments(path: Path, *, zone: ZoneInfo, years: range) -> list[Appointment]:
    """What lies in these years, by beginning; cancelled ones are left out.

    A time without a zone, or with one that nobody knows, is read from the clock of `zone`. Raises UnreadableCalendar.
    """
    import icalendar
    import recurring_ical_events

    written = _bytes_of(path)
    if not written.strip():
        raise UnreadableCalendar("configuration.ical_empty", file=path.name)
    try:
        calendar = icalendar.Calendar.from_ical(written)
        _refuse_flood(calendar)
        events = recurring_ical_events.of(calendar).between(date(years[0], 1, 1), date(years[-1] + 1, 1, 1))
        return sorted(_appointments(events, zone), key=lambda each: (each.starts, each.ends, each.summary))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as error:
        said = " ".join(str(error).split())[:120]
        raise UnreadableCalendar("configuration.ical_invalid", file=path.name, reason=said) from None


def _refuse_flood(calendar: Any) -> None:  # noqa: ANN401
    for event in calendar.walk("VEVENT"):
        rules = event.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            frequencies = {str(each).upper() for each in rule.get("FREQ", [])}
            if frequencies & _TOO_OFTEN or any(key in rule for key in _WITHIN_THE_DAY):
                title = str(event.get("SUMMARY", ""))
                raise UnreadableCalendar("configuration.ical_within_day", title=title)


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableCalendar(
                "configuration.ical_too_large", file=path.name, number=size, limit=MAX_BYTES
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableCalendar("configuration.ical_missing", file=str(path)) from None
    except OSError as error:
        reason = reason_of(error).lower()
        raise UnreadableCalendar("configuration.ical_unreadable", file=str(path), reason=reason) from None


def _appointments(events: list[Any], zone: ZoneInfo) -> Iterator[Appointment]:
    for event in events:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        starts, ends = event.start, event.end
        yield Appointment(
            summary=str(event.get("SUMMARY", "")),
            starts=_in_zone(starts, zone),
            ends=_in_zone(ends, zone),
            is_all_day=not isinstance(starts, datetime),
            attendees=tuple(_attendees(event)),
        )


def _attendees(event: Any) -> Iterator[str]:  # noqa: ANN401
    written = event.get("ATTENDEE", [])
    for attendee in written if isinstance(written, list) else [written]:
        if str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper() != "DECLINED":
            yield str(attendee).lower().removeprefix("mailto:")


def _in_zone(at: date, zone: ZoneInfo) -> datetime:
    if not isinstance(at, datetime):
        return datetime.combine(at, time(), tzinfo=zone)
    return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)
