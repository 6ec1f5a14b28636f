"""Who is on call, by hand-worked cases and by properties over all time zones."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import ConfigurationError
from bot.domain.on_call.rota import Every, Rota, Shift

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


def weekly(*people: str, zone: ZoneInfo = BERLIN, handover: int = 9 * 60) -> Rota:
    """From Monday 5 January 2026, handing over on Mondays at nine."""
    return Rota(name="network", zone=zone, people=people, handover=handover, starts=date(2026, 1, 5))


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("at", "person"),
    [
        ("2026-01-05 09:00", "ana"),
        ("2026-01-12 08:59", "ana"),
        ("2026-01-12 09:00", "ben"),
        ("2026-01-19 09:00", "cleo"),
        ("2026-01-26 09:00", "ana"),
        ("2026-03-30 08:59", "cleo"),  # the Monday after the clocks went forward: still nine on the wall
        ("2026-03-30 09:00", "ana"),
        ("2026-10-26 08:59", "cleo"),  # and back
        ("2026-10-26 09:00", "ana"),
    ],
)
def test_a_weekly_rota_hands_over_when_the_clock_on_the_wall_reads_nine(at: str, person: str) -> None:
    assert weekly("ana", "ben", "cleo").on_call(berlin(at)) == person


def test_a_daily_rota_hands_over_every_day() -> None:
    rota = Rota(
        name="day",
        zone=BERLIN,
        people=("ana", "ben"),
        every=Every.DAY,
        handover=8 * 60,
        starts=date(2026, 1, 5),
    )
    days = [berlin(f"2026-01-{day:02} 08:00") for day in range(5, 9)]
    assert [rota.on_call(day) for day in days] == ["ana", "ben", "ana", "ben"]
    assert rota.on_call(days[1] - MINUTE) == "ana"


def test_before_the_first_hand_over_nobody_is_on_call() -> None:
    assert weekly("ana").on_call(berlin("2026-01-05 08:59")) is None


def test_whoever_covers_goes_before_the_turn_and_the_newest_cover_before_older_ones() -> None:
    rota, at = weekly("ana", "ben"), berlin("2026-01-06 12:00")
    whole_day = Shift(person="dan", begins=berlin("2026-01-06 00:00"), ends=berlin("2026-01-07 00:00"))
    noon = Shift(person="eve", begins=at, ends=at + timedelta(hours=1))
    assert rota.on_call(at, covers=[whole_day]) == "dan"
    assert rota.on_call(at, covers=[whole_day, noon]) == "eve"
    assert rota.on_call(at + timedelta(hours=1), covers=[whole_day, noon]) == "dan"
    assert rota.on_call(berlin("2026-01-07 00:00"), covers=[whole_day]) == "ana"


def test_whoever_is_away_is_passed_over_for_the_next_in_turn() -> None:
    rota, at = weekly("ana", "ben", "cleo"), berlin("2026-01-06 12:00")
    assert rota.on_call(at, is_away=lambda person, _: person == "ana") == "ben"
    assert rota.on_call(at, is_away=lambda person, _: person in ("ana", "ben")) == "cleo"


def test_when_everybody_is_away_nobody_is_on_call() -> None:
    assert weekly("ana", "ben").on_call(berlin("2026-01-06 12:00"), is_away=lambda _, __: True) is None


def test_fixed_shifts_alone_leave_gaps_in_which_nobody_is_on_call() -> None:
    shift = Shift(person="ana", begins=berlin("2026-01-06 08:00"), ends=berlin("2026-01-06 20:00"))
    rota = Rota(name="from a file", zone=BERLIN, shifts=(shift,))
    assert rota.on_call(berlin("2026-01-06 19:59")) == "ana"
    assert rota.on_call(berlin("2026-01-06 20:00")) is None
    assert rota.next_handover(berlin("2026-01-06 10:00")) is None


def test_a_hand_over_that_summer_time_skips_comes_an_hour_later_and_a_repeated_one_at_its_first_reading() -> (
    None
):
    rota = Rota(
        name="night",
        zone=BERLIN,
        people=("ana", "ben"),
        every=Every.DAY,
        handover=150,
        starts=date(2026, 3, 28),
    )
    skipped = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 3:30 on the wall; 2:30 did not come
    assert rota.on_call(skipped - MINUTE) == "ana"
    assert rota.on_call(skipped) == "ben"
    repeated = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2:30 for the first time
    before, after = rota.on_call(repeated - MINUTE), rota.on_call(repeated)
    assert before != after
    assert rota.on_call(repeated + timedelta(hours=1)) == after


def test_a_rota_that_nobody_is_in_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match=r"rota_without_people\(rota=network\)"):
        weekly()


@given(
    zone=st.sampled_from(sorted(available_timezones())),
    handover=st.integers(0, 24 * 60 - 1),
    every=st.sampled_from(Every),
    day=st.integers(0, 20_000),
    minute=st.integers(0, 24 * 60 - 1),
)
def test_a_turn_lasts_until_the_next_hand_over_and_then_it_is_the_next_persons(
    zone: str, handover: int, every: Every, day: int, minute: int
) -> None:
    rota = Rota(
        name="any",
        zone=ZoneInfo(zone),
        people=("a", "b", "c"),
        every=every,
        handover=handover,
        starts=date(1980, 1, 1),
    )
    at = datetime(1980, 1, 10, tzinfo=UTC) + timedelta(days=day, minutes=minute)
    now, handed_over_at = rota.on_call(at), rota.next_handover(at)
    assert now is not None
    assert handed_over_at is not None
    assert handed_over_at > at
    assert rota.on_call(handed_over_at - timedelta(seconds=1)) == now
    assert rota.on_call(handed_over_at) == {"a": "b", "b": "c", "c": "a"}[now]


def test_a_rota_that_has_not_begun_hands_over_on_its_first_day() -> None:
    assert weekly("ana", "ben").next_handover(berlin("2025-11-01 12:00")) == berlin("2026-01-05 09:00")


def by_hand(rota: Rota, at: datetime, covers: list[Shift], away: list[Shift]) -> str | None:
    """Who is on call, by walking from the first hand-over day by day."""

    def is_there(person: str) -> bool:
        return not any(each.person == person and each.holds(at) for each in away)

    for shift in [*reversed(covers), *rota.shifts]:
        if shift.holds(at) and is_there(shift.person):
            return shift.person
    turn, day = -1, rota.starts
    while True:
        wall = datetime(day.year, day.month, day.day, tzinfo=rota.zone).replace(
            hour=rota.handover // 60, minute=rota.handover % 60
        )
        if wall.astimezone(UTC) > at:
            break
        turn, day = turn + 1, day + timedelta(days=rota.every.days)
    if turn < 0:
        return None
    line = [rota.people[(turn + step) % len(rota.people)] for step in range(len(rota.people))]
    return next((person for person in line if is_there(person)), None)


ZONES = sorted(available_timezones())
START = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 400 * 24 * 12).map(lambda steps: START + timedelta(minutes=5 * steps))


@st.composite
def shifts(draw: st.DrawFn) -> Shift:
    begins = draw(INSTANTS)
    return Shift(
        person=draw(st.sampled_from("abcd")),
        begins=begins,
        ends=begins + timedelta(minutes=draw(st.integers(1, 60 * 24 * 60))),
    )


@st.composite
def rotas(draw: st.DrawFn) -> Rota:
    return Rota(
        name="any",
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        people=tuple(draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=4))),
        every=draw(st.sampled_from(Every)),
        handover=draw(st.integers(0, 24 * 60 - 1)),
        starts=date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 60))),
        shifts=tuple(draw(st.lists(shifts(), max_size=2))),
    )


@given(
    rota=rotas(),
    covers=st.lists(shifts(), max_size=3),
    away=st.lists(shifts(), max_size=3),
    at=INSTANTS,
)
def test_turns_covers_and_absences_agree_with_walking_day_by_day(
    rota: Rota, covers: list[Shift], away: list[Shift], at: datetime
) -> None:
    def is_away(person: str, then: datetime) -> bool:
        return any(each.person == person and each.holds(then) for each in away)

    assert rota.on_call(at, covers=covers, is_away=is_away) == by_hand(rota, at, covers, away)


@given(rota=rotas(), covers=st.lists(shifts(), max_size=3), at=INSTANTS)
def test_between_two_borders_it_is_one_persons_time(rota: Rota, covers: list[Shift], at: datetime) -> None:
    end = at + timedelta(days=9)
    borders = rota.borders(at, end, covers=covers)
    assert borders == sorted(set(borders))
    assert all(at < border <= end for border in borders)
    for begins, ends in pairwise([at, *borders, end]):
        persons = {
            rota.on_call(begins + (ends - begins) * share, covers=covers) for share in (0, 0.1, 0.5, 0.9)
        }
        assert len(persons) == 1
