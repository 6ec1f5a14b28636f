"""A calendar of four weeks: a row a person, a bar for each time, by the reader's own days."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.documents.console.team.calendar import DAYS, BarKind, Calendar, Stay, calendar_of

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, 0, tzinfo=BERLIN)


def stay(name: str, kind: BarKind, begins: datetime, ends: datetime | None) -> Stay:
    return Stay(person=f"web:{name}", name=name, kind=kind, begins=begins, ends=ends)


def bars(calendar: Calendar) -> dict[str, list[tuple[int, BarKind | None]]]:
    return {row.name: [(bar.days, bar.kind) for bar in row.bars] for row in calendar.rows}


def test_who_hands_over_on_a_day_shares_it_and_what_ends_at_midnight_does_not_reach_the_next() -> None:
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
        "Bo": [(3, BarKind.ON_CALL), (1, None), (3, BarKind.AWAY), (21, None)],
        "Cleo": [(2, None), (26, BarKind.ON_CALL)],
    }
    assert [row.name for row in shown.rows] == ["Bo", "Cleo"]
    assert [each.is_weekend for each in shown.days[:7]] == [False] * 5 + [True] * 2


def test_the_days_are_those_of_the_reader_and_who_has_nothing_then_is_left_out() -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    shown = calendar_of([stay("Bo", BarKind.AWAY, at(30, 0), at(31, 0))], now=late, zone=BERLIN)
    assert shown.days[0].day.isoformat() == "2026-03-02"
    assert len(shown.days) == DAYS
    assert shown.rows == ()


def test_a_day_of_two_kinds_is_of_the_weightier_and_says_both() -> None:
    shown = calendar_of(
        [stay("Bo", BarKind.AWAY, at(3), at(3, 12)), stay("Bo", BarKind.ON_CALL, at(2), at(5))],
        now=MONDAY,
        zone=BERLIN,
    )
    (first, *_) = shown.rows[0].bars
    assert (first.days, first.kind) == (4, BarKind.ON_CALL)
    assert {each.kind for each in first.stays} == {BarKind.ON_CALL, BarKind.AWAY}
