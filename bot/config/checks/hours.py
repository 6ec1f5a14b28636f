"""What `check` says about hours that close before they open: long ones are rarely meant to run over midnight."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.config.checks.findings import ConfigurationFinding, warning
from bot.config.file.hours import clock
from bot.config.loading import Configuration
from bot.domain.calendars.calendar import MIDNIGHT, Span
from bot.domain.sentence import sentence

LONGEST_NIGHT = 12 * 60
"""Minutes: a shift over midnight may last so long without a question."""


def overnight_findings(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Hours over midnight, of a week or a date, that last longer than a night shift."""
    for name, calendar in configuration.file.calendars.items():
        for days, spans in (calendar.week or {}).items():
            line = configuration.line_of("calendars", name, "week", days)
            yield from _long_nights(line, spans)
        for day, spans in calendar.holidays.dates.items():
            line = configuration.line_of("calendars", name, "holidays", "dates", str(day))
            yield from _long_nights(line, spans)


def _long_nights(line: int, spans: Iterable[Span]) -> Iterator[ConfigurationFinding]:
    for opens, closes in spans:
        if closes > MIDNIGHT and closes - opens > LONGEST_NIGHT:
            first, last = clock(opens), clock(closes - MIDNIGHT)
            length = timedelta(minutes=closes - opens)
            told = sentence("configuration.hours_over_midnight", opens=first, closes=last, length=length)
            yield warning(line, told)
