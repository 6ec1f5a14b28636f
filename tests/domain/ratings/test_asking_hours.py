"""Nobody is asked at night where they are, nor in quiet hours of their own."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendars.calendar import Calendar
from bot.domain.notices.choice import NoticeChoice, Quiet
from bot.domain.ratings.asking_hours import EVENING, MORNING, next_asking_time

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
ZONES = st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Auckland"])


def asked(at: datetime, hours: tuple[int, int] | None = None, zone: ZoneInfo = BERLIN) -> datetime:
    quiet = Quiet.OWN if hours else Quiet.TEAM
    choice = NoticeChoice(person="web:ana", quiet=quiet, hours=hours)
    return next_asking_time(at, choice=choice, hours=Calendar.around_the_clock(), zone=zone)


def test_by_day_at_once() -> None:
    assert asked(NOON) == NOON


def test_at_night_in_the_morning() -> None:
    evening = datetime(2026, 3, 2, 21, 7, tzinfo=BERLIN).astimezone(UTC)
    assert asked(evening).astimezone(BERLIN) == datetime(2026, 3, 3, 8, 0, tzinfo=BERLIN)


def test_after_quiet_hours_of_their_own() -> None:
    assert asked(NOON, (9 * 60, 14 * 60)).astimezone(BERLIN).hour == 14


def test_who_is_never_free_is_asked_by_day() -> None:
    assert asked(NOON, (6 * 60, 23 * 60)) == NOON
    night = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    assert asked(night, (6 * 60, 23 * 60)).astimezone(BERLIN).hour == MORNING


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), ZONES)  # noqa: DTZ001
def test_always_within_a_day_and_by_day(at: datetime, zone: str) -> None:
    now = at.replace(tzinfo=UTC)
    found = asked(now, zone=ZoneInfo(zone))
    assert now <= found <= now + timedelta(days=1)
    assert MORNING <= found.astimezone(ZoneInfo(zone)).hour < EVENING
