"""What `calendars` of `desk.yaml` may say: a week and its holidays, or other calendars together."""

from datetime import date
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.config.file.countries import check_country
from bot.config.file.field_types import AsList, CalendarName, TimeZone, lacking, wrong
from bot.config.file.hours import ClockTime, DayHours, Week
from bot.config.file.section import Section


class HolidaysSection(Section):
    """Days on which a calendar differs from its week."""

    country: str | None = Field(
        default=None, description="Two-letter country code: its public holidays are closed."
    )
    region: str | None = Field(
        default=None, description="State or province: `BY`, `CA` …; its holidays are added."
    )
    ical: Annotated[list[str], AsList] = Field(
        default=[],
        description="iCalendar files, named from where this file is: an all-day event closes its days, "
        "another the hours that it takes.",
    )
    dates: dict[date, DayHours] = Field(
        default={}, description="`2026-12-24: closed`, `2026-12-31: 9:00-12:00`; they override the rest."
    )

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.country is None:
            if self.region is not None:
                raise wrong("configuration.region_alone", at="region")
            return self
        check_country(self.country, self.region)
        return self


class UnionPartSection(Section):
    """A calendar that is part of another."""

    calendar: CalendarName
    until: ClockTime | None = Field(
        None, description="When it is handed over, on that calendar's own clock; left out: at its closing."
    )


def _part_by_name(value: object) -> object:
    return {"calendar": value} if isinstance(value, str) else value


UnionPart = Annotated[
    UnionPartSection, BeforeValidator(_part_by_name, json_schema_input_type=str | UnionPartSection)
]


class CalendarSection(Section):
    """Business hours: of one place, or of several together."""

    zone: TimeZone | None = Field(None, description="IANA time zone: `Europe/Berlin`.")
    week: Week | None = Field(
        None, description="`24x7`, or hours by weekday: `mon-fri: 9:00-12:30, 13:30-17:00`."
    )
    holidays: HolidaysSection = HolidaysSection()
    union: list[UnionPart] | None = Field(
        None,
        min_length=2,
        description="Instead of hours: calendars that follow the sun, open whenever one of them is; "
        "of several that are open the first is on duty.",
    )

    @model_validator(mode="after")
    def _has_hours_of_one_kind(self) -> Self:
        own = [name for name in ("zone", "week", "holidays") if name in self.model_fields_set]
        if self.union is not None and own:
            raise wrong("configuration.union_with_own", option=own[0], at=own[0])
        for name in ("zone", "week") if self.union is None else ():
            if getattr(self, name) is None:
                raise lacking(name)
        return self
