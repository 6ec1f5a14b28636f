"""Calendars of `desk.yaml`: imported holidays, hours that follow the sun, and mistakes that only show together."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.calendars.calendar import Calendar
from tests.config.desk_files import SMALL, complaints, load

NEXT = len(SMALL.splitlines()) + 1
YEAR = datetime.now(UTC).year
OFFICE = "  office: {zone: Europe/Berlin, week: {mon-sun: '9:00-12:00, 13:00-17:00'}, holidays: {ical: days.ics}}\n"
BERLIN = "  berlin: {zone: Europe/Berlin, week: {mon-fri: 9:00-17:00}}\n"
TOKYO = "  tokyo: {zone: Asia/Tokyo, week: {mon-fri: 9:00-17:00}}\n"


def events(*bodies: str) -> str:
    """An iCalendar file; a body is the event's lines, put in its year by `{year}`."""
    each = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\n"
        + body.format(year=YEAR).replace("\n", "\r\n")
        + "\r\nEND:VEVENT\r\n"
        for number, body in enumerate(bodies)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tests//EN\r\n{each}END:VCALENDAR\r\n"


def calendar(folder: Path, calendars: str, *, name: str) -> Calendar:
    """The calendar of this name, as the team that goes by it has it."""
    team = SMALL.replace("agents: [web:bo]", f"agents: [web:bo]\n    calendar: {name}")
    return load(folder, f"{team}calendars:\n{calendars}").desk.teams["it"].calendar


def office_with(folder: Path, *bodies: str) -> Calendar:
    (folder / "days.ics").write_text(events(*bodies), newline="")
    return calendar(folder, OFFICE, name="office")


def test_an_all_day_event_closes_its_days(tmp_path: Path) -> None:
    office = office_with(
        tmp_path, "DTSTART;VALUE=DATE:{year}0601\nDTEND;VALUE=DATE:{year}0603\nSUMMARY:Outing"
    )

    assert office.special == {date(YEAR, 6, 1): (), date(YEAR, 6, 2): ()}


def test_an_event_with_hours_closes_those_alone(tmp_path: Path) -> None:
    office = office_with(tmp_path, "DTSTART;TZID=Europe/Berlin:{year}0601T110000\nDURATION:PT3H")

    assert office.special == {date(YEAR, 6, 1): ((540, 660), (840, 1020))}


def test_hours_in_another_zone_are_read_on_the_teams_clock(tmp_path: Path) -> None:
    office = office_with(tmp_path, "DTSTART:{year}0601T130000Z\nDTEND:{year}0601T230000Z")

    assert office.special == {date(YEAR, 6, 1): ((540, 720), (780, 900))}


def test_an_event_that_comes_every_year_closes_every_year(tmp_path: Path) -> None:
    office = office_with(tmp_path, "DTSTART;VALUE=DATE:20150601\nRRULE:FREQ=YEARLY")

    assert {date(year, 6, 1) for year in range(YEAR - 2, YEAR + 5)} == set(office.special)


def test_a_single_exception_of_what_repeats_is_worked(tmp_path: Path) -> None:
    office = office_with(
        tmp_path,
        "DTSTART;VALUE=DATE:{year}0601\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:{year}0602",
    )

    assert set(office.special) == {date(YEAR, 6, 1), date(YEAR, 6, 3)}


def test_a_cancelled_event_closes_nothing(tmp_path: Path) -> None:
    assert not office_with(tmp_path, "DTSTART;VALUE=DATE:{year}0601\nSTATUS:CANCELLED").special


def test_an_event_in_the_night_shortens_the_shift_that_began_the_day_before(tmp_path: Path) -> None:
    (tmp_path / "days.ics").write_text(
        events("DTSTART:{year}0602T020000\nDTEND:{year}0602T040000"), newline=""
    )
    night = OFFICE.replace("9:00-12:00, 13:00-17:00", "22:00-6:00")

    office = calendar(tmp_path, night, name="office")

    assert office.special == {
        date(YEAR, 6, 1): ((1320, 1560),),
        date(YEAR, 6, 2): ((240, 360), (1320, 1800)),
    }


def test_ones_own_dates_override_what_was_imported(tmp_path: Path) -> None:
    (tmp_path / "days.ics").write_text(events("DTSTART;VALUE=DATE:{year}0601"), newline="")
    text = OFFICE.replace("ical: days.ics", f"ical: [days.ics], dates: {{{YEAR}-06-01: 10:00-12:00}}")

    assert calendar(tmp_path, text, name="office").special == {date(YEAR, 6, 1): ((600, 720),)}


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (None, "ical_missing(file=days.ics)"),
        ("", "ical_empty(file=days.ics)"),
        (
            "Dear all, on 1 June we are closed",
            "ical_invalid(file=days.ics, reason=Content line could not be parsed into parts: 'Dear all,",
        ),
        (
            events("DTSTART:tomorrow"),
            "ical_invalid(file=days.ics, reason=Cannot access 'dt' on broken property 'DTSTART' (",
        ),
        (
            events("DTSTART:{year}0601T100000\nRRULE:FREQ=NEVER"),
            "ical_invalid(file=days.ics, reason=Cannot access 'get' on broken property 'RRULE' (expected 'vRecur'):",
        ),
        (
            events("DTSTART:20200601T100000\nRRULE:FREQ=SECONDLY\nSUMMARY:Beep"),
            "ical_within_day(title=Beep)",
        ),
    ],
)
def test_a_file_of_holidays_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, written: str | None, sentence: str
) -> None:
    if written is not None:
        (tmp_path / "days.ics").write_text(written, newline="")

    ((line, found),) = complaints(tmp_path, f"{SMALL}calendars:\n{OFFICE}")

    assert line == NEXT + 1
    assert found.replace(f"{tmp_path}/", "").startswith(sentence)


def test_calendars_together_are_open_whenever_one_of_them_is(tmp_path: Path) -> None:
    text = f"{BERLIN}{TOKYO}  sun:\n    union: [tokyo, {{calendar: berlin, until: '16:00'}}]\n"

    sun = calendar(tmp_path, text, name="sun")

    assert [part.name for part in sun.parts] == ["tokyo", "berlin"]
    assert sun.is_open(datetime(2026, 6, 3, 1, tzinfo=UTC))
    assert sun.is_open(datetime(2026, 6, 3, 13, 59, tzinfo=UTC))
    assert not sun.is_open(datetime(2026, 6, 3, 14, tzinfo=UTC))


def test_a_union_may_stand_before_its_parts_and_be_part_of_another(tmp_path: Path) -> None:
    text = f"  world: {{union: [sun, 24x7]}}\n  sun: {{union: [tokyo, berlin]}}\n{BERLIN}{TOKYO}"

    world = calendar(tmp_path, text, name="world")

    assert [part.name for part in world.parts] == ["sun", "24x7"]


@pytest.mark.parametrize(
    ("sun", "at", "sentence"),
    [
        ("union: [tokyo, berln]", 1, "unknown_calendar(name=berln, hint=did_you_mean(word=berlin))"),
        ("union: [tokyo]", 1, "too_few(option=union, number=2)"),
        ("union: [tokyo, {calendar: berlin, till: '16:00'}]", 1, "not_a_key(option=till, hint=did_you_mean("),
        ("union: [tokyo, {calendar: berlin, until: 25:00}]", 1, "not_a_time_of_day(text=25:00)"),
        ("union: [tokyo, {calendar: berlin, until: '18:00'}]", 1, "until_useless(at=18:00, calendar=berlin)"),
        ("union: [berlin, sun]", 1, "calendar_circle(path=arrow(path=sun, step=sun))"),
        ("union: [tokyo, berlin]\nzone: UTC", 2, "union_with_own(option=zone)"),
        ("union: [tokyo, berlin]\nholidays: {country: DE}", 2, "union_with_own(option=holidays)"),
        ("zone: UTC", 0, "missing(option=week, path=arrow(path=calendars, step=sun))"),
        ("zone: UTC\nweek: 24x7\nholidays: {country: Germany}", 3, "no_country(country=Germany, hint=did_you_mean("),
        ("zone: UTC\nweek: 24x7\nholidays: {country: de}", 3, "no_country(country=de, hint=did_you_mean(word=DE))"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_calendar_is_said_at_its_line(
    tmp_path: Path, sun: str, at: int, sentence: str
) -> None:
    lines = "".join(f"    {line}\n" for line in sun.splitlines())
    ((line, found),) = complaints(tmp_path, f"{SMALL}calendars:\n{BERLIN}{TOKYO}  sun:\n{lines}")

    assert line == NEXT + 3 + at
    assert found.startswith(sentence)


def test_a_union_in_circles_is_said_once_with_the_whole_ring(tmp_path: Path) -> None:
    text = (
        f"{SMALL}calendars:\n{BERLIN}  sun:\n    union: [berlin, moon]\n  moon:\n    union: [berlin, sun]\n"
    )

    assert complaints(tmp_path, text) == [
        (NEXT + 5, "calendar_circle(path=arrow(path=arrow(path=sun, step=moon), step=sun))")
    ]


def test_a_hand_over_needs_the_clock_of_one_place(tmp_path: Path) -> None:
    text = (
        f"{SMALL}calendars:\n{BERLIN}{TOKYO}  sun: {{union: [tokyo, berlin]}}\n"
        "  world:\n    union:\n      - tokyo\n      - {calendar: sun, until: '16:00'}\n"
    )

    ((line, found),) = complaints(tmp_path, text)

    assert line == NEXT + 7
    assert found == "until_on_union(calendar=sun)"
