"""A calendar of four weeks: a row a person, a bar for each time, by the reader's own days."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.documents.console.team.calendar import DAYS, BarKind, Stay, TeamCalendar, calendar_of

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, 0, tzinfo=BERLIN)


def stay(name: str, kind: BarKind, begins: datetime, ends: datetime | None) -> Stay:
    return Stay(person=f"web:{name}", name=name, kind=kind, begins=begins, ends=ends)


def bars(calendar: TeamCalendar) -> dict[str, list[tuple[int, BarKind | None]]]:
    return {row.name: [(bar.quarters, bar.kind) for bar in row.bars] for row in calendar.rows}


def test_who_hands_over_in_the_morning_has_the_night_and_whoever_follows_the_day() -> None:
    shown = calendar_of(
        [
            stay("Cleo", BarKind.ON_CALL, at(4), None),
            stay("Bo", BarKind.ON_CALL, at(2), at(4)),
            stay("Bo", BarKind.AWAY, at(6, 0), at(9, 0)),
        ],
        now=MONDAY,
        zone=BERLIN,
    )
    assert bars(shown) == {
        "Bo": [(1, None), (8, BarKind.ON_CALL), (7, None), (12, BarKind.AWAY), (84, None)],
        "Cleo": [(9, None), (103, BarKind.ON_CALL)],
    }
    assert [row.name for row in shown.rows] == ["Bo", "Cleo"]
    assert [each.is_weekend for each in shown.days[:7]] == [False] * 5 + [True] * 2


def test_the_days_are_those_of_the_reader_and_who_has_nothing_then_is_left_out() -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    shown = calendar_of([stay("Bo", BarKind.AWAY, at(30, 0), at(31, 0))], now=late, zone=BERLIN)
    assert shown.days[0].day.isoformat() == "2026-03-02"
    assert len(shown.days) == DAYS
    assert shown.rows == ()


def test_a_time_of_two_kinds_is_of_the_weightier_and_says_both_and_a_short_one_is_seen() -> None:
    shown = calendar_of(
        [
            stay("Bo", BarKind.AWAY, at(3), at(3, 12)),
            stay("Bo", BarKind.AWAY, at(7, 7), at(7, 8)),
            stay("Bo", BarKind.ON_CALL, at(2), at(5)),
        ],
        now=MONDAY,
        zone=BERLIN,
    )
    assert bars(shown)["Bo"][1::2] == [(12, BarKind.ON_CALL), (1, BarKind.AWAY)]
    first = shown.rows[0].bars[1]
    assert {each.kind for each in first.stays} == {BarKind.ON_CALL, BarKind.AWAY}
