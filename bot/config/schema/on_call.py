"""What `rotas`, `absences` and `webhooks` of `desk.yaml` may say: who is on call or away, which programs are told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WithJsonSchema, model_validator

from bot.config.file.field_types import AsList, PersonReference, TimeZone, lacking, wrong
from bot.config.file.hours import weekdays_of
from bot.config.file.section import Section
from bot.domain.directory import is_group
from bot.domain.on_call.rota import Every, Rota, Shift

_HANDOVER = re.compile(r"(?:(?P<day>[a-z]+)\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})")
_MOMENT = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ]\s*(?P<clock>\d{1,2}:\d{2}))?")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def _handover(value: object) -> object:
    if value is None:
        return None
    found = _HANDOVER.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if found is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        raise wrong("configuration.not_a_handover", text=str(value))
    if found["day"]:
        weekdays_of(found["day"])
    return value


def _url(value: object) -> object:
    address = urlsplit(value) if isinstance(value, str) else None
    is_near = address is not None and address.hostname in _LOOPBACK
    if (
        address is None
        or not address.hostname
        or address.scheme not in ("https", *(("http",) if is_near else ()))
    ):
        raise wrong("configuration.not_an_address", text=str(value))
    return value


def _moment(value: object) -> object:
    """A day, or a day and a time of its clock."""
    found = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        day = date.fromisoformat(found["day"]) if found else None
        clock = time.fromisoformat(found["clock"].zfill(5)) if found and found["clock"] else None
    except ValueError:
        day = clock = None
    if day is None:
        raise wrong("configuration.not_a_moment", text=str(value))
    return LocalMoment(day=day, clock=clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalMoment:
    """A day, or an instant of it, on a clock that is yet to be named."""

    day: date
    clock: time | None

    def on(self, zone: ZoneInfo, *, clock: time) -> datetime:
        """In UTC; `clock` is meant where none is said."""
        return datetime.combine(self.day, self.clock or clock, tzinfo=zone).astimezone(UTC)


Moment = Annotated[
    LocalMoment,
    PlainValidator(_moment, json_schema_input_type=str),
    WithJsonSchema({"type": "string", "examples": ["2026-12-24", "2026-12-24 9:00"]}),
]


def _one_person(reference: str) -> str:
    if is_group(reference):
        raise wrong("configuration.group_in_rota", text=reference)
    return reference


OnePerson = Annotated[PersonReference, AfterValidator(_one_person)]


class ExceptionSection(Section):
    """Somebody who is on call for once, whoever’s turn it is."""

    person: OnePerson
    begins: Moment = Field(alias="from", description="`2026-12-24`: from the hand-over of that day on.")
    ends: Moment = Field(alias="until", description="`2026-12-27`: until the hand-over of that day.")


class RotaSection(Section):
    """People who are on call in turn, or as an iCalendar file says."""

    zone: TimeZone = Field(description="Where the clock hangs that they hand over by.")
    handover: Annotated[str | None, BeforeValidator(_handover)] = Field(
        None, description="`mon 9:00` for turns of a week, `9:00` for turns of a day."
    )
    people: list[OnePerson] = Field([], description="In this order, again and again.")
    starts: date | None = Field(
        None, description="The day of the first one’s first turn; later weeks follow from it."
    )
    exceptions: list[ExceptionSection] = Field([], description="Dated ones, which go before everything else.")
    ical: Annotated[list[str], AsList] = Field(
        [],
        description="iCalendar files, named from where this file is: an event’s attendee, or whoever its title "
        "names, is on call for as long as it lasts. They go before the turns.",
    )

    @model_validator(mode="after")
    def _has_people(self) -> Self:
        if not self.people and not self.ical:
            raise wrong("configuration.rota_empty", at="people")
        for name in ("handover", "starts") if self.people else ():
            if getattr(self, name) is None:
                raise lacking(name)
        return self

    @property
    def clock(self) -> time:
        """When it hands over; midnight where the file does not say."""
        hour, minute = (self.handover or "0:00").strip().rpartition(" ")[2].split(":")
        return time(int(hour), int(minute))

    def compiled(self, name: str, *, shifts: Sequence[Shift] = ()) -> Rota:
        """The rota; a weekly one begins on its weekday, the first on or after `starts`. `shifts` go before turns."""
        day = (self.handover or "").strip().lower().rpartition(" ")[0]
        starts = self.starts or date(2024, 1, 1)
        if day:
            (weekday,) = weekdays_of(day)
            starts = date.fromordinal(starts.toordinal() + (weekday - starts.weekday()) % 7)
        return Rota(
            name=name,
            zone=self.zone,
            people=tuple(self.people),
            every=Every.WEEK if day else Every.DAY,
            handover=self.clock.hour * 60 + self.clock.minute,
            starts=starts,
            shifts=tuple(shifts),
        )


class AbsentSection(Section):
    """Somebody who is away."""

    person: OnePerson
    since: Moment = Field(alias="from", description="The first day, or when on it.")
    back: Moment = Field(description="The day on which they are there again, or when on it.")
    reason: str = Field("", max_length=200)


class AbsencesSection(Section):
    """Who is away, besides what people say themselves by command."""

    zone: TimeZone = Field(default=ZoneInfo("UTC"), description="Where a day begins.")
    people: list[AbsentSection] = Field(default=[])
    ical: Annotated[list[str], AsList] = Field(
        default=[],
        description="iCalendar files, named from where this file is: an event’s attendee, or whoever its title "
        "names, is away for as long as it lasts.",
    )


class WebhookSection(Section):
    """A program that is told what is said in the channel `webhook:` and its name."""

    url: Annotated[str, BeforeValidator(_url)] = Field(
        description="Where the signed requests go: `https://…`."
    )
