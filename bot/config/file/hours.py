"""Working hours as people write them: `mon-fri: 9:00-12:30, 13:30-17:00`, `24x7`, `2026-12-24: closed`."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from bot.config.file.field_types import wrong
from bot.config.file.problems import did_you_mean
from bot.domain.calendars.calendar import Span, span
from bot.domain.sentence import sentence

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AROUND_THE_CLOCK = "24x7"
WHOLE_DAY: Span = (0, 1440)

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_DASH = re.compile(r"\s*[-\u2013\u2014]\s*")  # a hyphen, or the dashes that word processors make of it
_SHORT_DAYS = tuple(day[:3] for day in WEEKDAYS)


def weekdays_of(text: str) -> tuple[int, ...]:
    """Weekdays, Monday 0, of `mon`, `mon-fri`, `fri-mon` or `mon, wed, sat-sun`."""
    days: list[int] = []
    for part in text.split(","):
        ends = [_weekday(name) for name in _DASH.split(part.strip(), maxsplit=1)]
        length = (ends[-1] - ends[0]) % 7
        days.extend((ends[0] + step) % 7 for step in range(length + 1))
    return tuple(days)


def _weekday(name: str) -> int:
    folded = name.strip().lower()
    if folded in WEEKDAYS:
        return WEEKDAYS.index(folded)
    if folded in _SHORT_DAYS:
        return _SHORT_DAYS.index(folded)
    if _CLOCK.match(folded):
        raise wrong("configuration.not_a_weekday", text=name, hint=sentence("configuration.hint_day_quotes"))
    raise wrong("configuration.not_a_weekday", text=name, hint=did_you_mean(name, _SHORT_DAYS))


def spans_of(text: object) -> tuple[Span, ...]:
    """Spans in minutes of the day, in order, of `9:00-12:30, 13:30-17:00` or `closed`."""
    if not isinstance(text, str):
        raise wrong("configuration.no_hours")
    if text.strip().lower() == "closed":
        return ()
    spans = [_span(part.strip()) for part in text.split(",")]
    for earlier, later in pairwise(spans):
        if later[0] < earlier[1]:
            raise wrong("configuration.hours_overlap", first=_written(earlier), last=_written(later))
    return tuple(spans)


def _span(text: str) -> Span:
    ends = _DASH.split(text)
    if len(ends) != 2:
        raise wrong("configuration.not_a_span", text=text)
    opens, closes = minute_of(ends[0]), minute_of(ends[1])
    if closes == opens:
        raise wrong("configuration.span_empty", text=text)
    return span(opens, closes)


def minute_of(text: object) -> int:
    """The minute of the day of `16:30`, 0 to 1440."""
    if not isinstance(text, str):
        raise wrong("configuration.no_time_of_day")
    found = _CLOCK.fullmatch(text)
    hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if minutes > 59 or hours * 60 + minutes > WHOLE_DAY[1]:
        raise wrong("configuration.not_a_time_of_day", text=text)
    return hours * 60 + minutes


def clock(minute: int) -> str:
    """`16:30` for a minute of the day, or of the next."""
    of_day = minute if minute <= WHOLE_DAY[1] else minute - WHOLE_DAY[1]
    return f"{of_day // 60}:{of_day % 60:02}"


def _written(span: Span) -> str:
    return f"{clock(span[0])}-{clock(span[1])}"


def _check_days(text: str) -> str:
    weekdays_of(text)
    return text


def _week_in_full(week: object) -> object:
    if week == AROUND_THE_CLOCK:
        return {"mon-sun": "0:00-24:00"}
    if isinstance(week, dict):
        return week
    raise wrong("configuration.no_week")


def _name_days_once(week: Mapping[str, tuple[Span, ...]]) -> Mapping[str, tuple[Span, ...]]:
    named: dict[int, str] = {}
    for days in week:
        for day in weekdays_of(days):
            if day in named:
                name = WEEKDAYS[day].capitalize()
                raise wrong("configuration.day_twice", day=name, days=named[day], at=days)
            named[day] = days
    if not any(week.values()):
        raise wrong("configuration.never_open")
    return week


Days = Annotated[str, AfterValidator(_check_days)]
DayHours = Annotated[
    tuple[Span, ...],
    BeforeValidator(spans_of),
    WithJsonSchema({"type": "string", "examples": ["9:00-12:30, 13:30-17:00", "closed"]}),
]
ClockTime = Annotated[
    int, BeforeValidator(minute_of), WithJsonSchema({"type": "string", "examples": ["16:30"]})
]
Week = Annotated[
    dict[Days, DayHours],
    BeforeValidator(_week_in_full),
    AfterValidator(_name_days_once),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": AROUND_THE_CLOCK},
                {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
            ]
        }
    ),
]
