"""Calendars of a checked file: weeks, public holidays, imported days off, and calendars made of others.

What only shows here, such as a file that cannot be read or a circle, is a problem with its place.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from bot.config.file.document import KeyPath
from bot.config.file.hours import AROUND_THE_CLOCK, clock, weekdays_of
from bot.config.file.icalendar_files import Appointment, UnreadableCalendar, read_appointments
from bot.config.file.problems import path_of
from bot.config.schema.calendars import CalendarSection, HolidaysSection, UnionPartSection
from bot.domain.calendars.calendar import MIDNIGHT, Calendar, Span
from bot.domain.routing.quotes import named_in_file
from bot.domain.sentence import Sentence, sentence

HOLIDAY_YEARS_BACK = 2
HOLIDAY_YEARS_AHEAD = 4
"""Years before and after the present one whose holidays a calendar knows; a reload moves them on."""
COUNTRIES_REMEMBERED = 32

Spans = tuple[Span, ...]


def compile_calendars(
    sections: Mapping[str, CalendarSection], *, folder: Path, year: int
) -> tuple[Mapping[str, Calendar], list[tuple[KeyPath, Sentence]]]:
    """The calendars by name, `24x7` among them, and what is wrong; `folder` is where files are looked for."""
    compiling = _CalendarCompiler(sections, folder=folder, year=year)
    for name in sections:
        compiling.calendar(name)
    return compiling.made, compiling.problems


class _CalendarCompiler:
    """Makes each calendar once, those it is made of before it."""

    def __init__(self, sections: Mapping[str, CalendarSection], *, folder: Path, year: int) -> None:
        self.made: dict[str, Calendar] = {}
        self.problems: list[tuple[KeyPath, Sentence]] = []
        if AROUND_THE_CLOCK not in sections:
            self.made[AROUND_THE_CLOCK] = Calendar.around_the_clock(name=AROUND_THE_CLOCK)
        self._sections = sections
        self._folder = folder
        self._years = range(year - HOLIDAY_YEARS_BACK, year + HOLIDAY_YEARS_AHEAD + 1)
        self._under_way: list[str] = []
        self._in_circles: set[str] = set()

    def calendar(self, name: str) -> Calendar | None:
        """None where it is made of itself; that is a problem once noted."""
        if name in self.made or name in self._in_circles:
            return self.made.get(name)
        if name in self._under_way:
            self._note_circle(name)
            return None
        self._under_way.append(name)
        section = self._sections[name]
        calendar = self._union(name, section.union) if section.union else self._week(name, section)
        self._under_way.pop()
        if calendar is not None:
            self.made[name] = calendar
        return calendar

    def _note_circle(self, name: str) -> None:
        circle = self._under_way[self._under_way.index(name) :]
        path = path_of([named_in_file(each) for each in (*circle, name)])
        self._in_circles.update(circle)
        location = ("calendars", circle[-1], "union")
        self.problems.append((location, sentence("configuration.calendar_circle", path=path)))

    def _union(self, name: str, sections: list[UnionPartSection]) -> Calendar | None:
        parts = [self._part(section, ("calendars", name, "union", at)) for at, section in enumerate(sections)]
        known = [part for part in parts if part is not None]
        return Calendar.union(name=name, parts=known) if len(known) == len(sections) else None

    def _part(self, section: UnionPartSection, location: KeyPath) -> Calendar | None:
        calendar = self.calendar(section.calendar)
        if calendar is None or section.until is None:
            return calendar
        if calendar.parts:
            problem = sentence("configuration.until_on_union", calendar=section.calendar)
        elif (handed_over := calendar.handed_over(at=section.until)) == calendar:
            at = clock(section.until)
            problem = sentence("configuration.until_useless", at=at, calendar=section.calendar)
        else:
            return handed_over
        self.problems.append(((*location, "until"), problem))
        return None

    def _week(self, name: str, section: CalendarSection) -> Calendar:
        assert section.zone is not None, "the schema asks for one where there is no union"
        week = {day: spans for days, spans in (section.week or {}).items() for day in weekdays_of(days)}
        special = _public_holidays(section.holidays, years=self._years)
        for appointment in sorted(self._appointments(name, section), key=lambda each: not each.is_all_day):
            _close_for(appointment, week=week, special=special)
        return Calendar(
            name=name, zone=section.zone, week=week, special={**special, **section.holidays.dates}
        )

    def _appointments(self, name: str, section: CalendarSection) -> Iterator[Appointment]:
        assert section.zone is not None
        for at, file in enumerate(section.holidays.ical):
            location = ("calendars", name, "holidays", "ical", at)
            try:
                found = read_appointments(self._folder / file, zone=section.zone, years=self._years)
            except UnreadableCalendar as error:
                self.problems.append((location, error.sentence))
                continue
            yield from found


def _public_holidays(section: HolidaysSection, *, years: range) -> dict[date, Spans]:
    """The holidays library is loaded only for calendars that name a country."""
    if section.country is None:
        return {}
    return dict.fromkeys(_days_off(section.country, section.region, years), ())


@lru_cache(maxsize=COUNTRIES_REMEMBERED)
def _days_off(country: str, region: str | None, years: range) -> tuple[date, ...]:
    """They are the same however often the file is read."""
    import holidays

    return tuple(holidays.country_holidays(country, subdiv=region, years=years))


def _close_for(appointment: Appointment, *, week: Mapping[int, Spans], special: dict[date, Spans]) -> None:
    """An all-day event closes its days; another closes the hours that it takes.

    What is left of a night shift after midnight becomes hours of the day that it reaches into.
    """
    day, last = appointment.starts.date(), appointment.ends.date()
    if appointment.is_all_day:
        while day < last or day == appointment.starts.date():
            special[day] = ()
            day += timedelta(days=1)
        return
    day -= timedelta(days=1)  # a night shift of the day before may reach into it
    while day <= last:
        spans = special.get(day, week.get(day.weekday(), ()))
        left = _without(spans, _minute_of(appointment.starts, day), _minute_of(appointment.ends, day))
        following = day + timedelta(days=1)
        if left != spans:
            special[day] = tuple(span for span in left if span[0] < MIDNIGHT)
            if resumed := [span for span in left if span[0] >= MIDNIGHT]:
                worked = special.get(following, week.get(following.weekday(), ()))
                special[following] = _joined(
                    [*worked, *((opens - MIDNIGHT, closes - MIDNIGHT) for opens, closes in resumed)]
                )
        day = following


def _minute_of(at: datetime, day: date) -> int:
    """The minute that the wall clock reads at `at`, counted from the midnight of `day`."""
    return (at.date() - day).days * MIDNIGHT + at.hour * 60 + at.minute


def _joined(spans: Iterable[Span]) -> Spans:
    """In order, those that overlap made one."""
    joined: list[Span] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return tuple(joined)


def _without(spans: Spans, begin: int, end: int) -> Spans:
    """The spans without what lies between two minutes."""
    pieces = (
        piece for span in spans for piece in ((span[0], min(span[1], begin)), (max(span[0], end), span[1]))
    )
    return tuple((opens, closes) for opens, closes in pieces if opens < closes)
