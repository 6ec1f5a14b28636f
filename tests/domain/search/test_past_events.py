"""What happened to tickets, as people type it: values and periods side by side, whose it was, hours and zones."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.search.parsing import read_query
from bot.domain.search.past_events import hour_words
from bot.domain.search.query import Criterion, FilterName, TimeWindow
from bot.domain.search.visibility import visibility_of
from bot.domain.search.vocabulary import agents_vocabulary, requesters_vocabulary
from tests.stories.desk_files import DESK

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
THE_DESK = load_desk(DESK, KNOWN_PLATFORMS)
VOCABULARY = agents_vocabulary(THE_DESK, visibility_of(THE_DESK, Person(key="web:bo", name="Bo Berg")))


def read(text: str) -> tuple[Criterion, ...]:
    return read_query(text, VOCABULARY, now=NOW, zone=ZoneInfo("Europe/Berlin")).criteria


def refused(text: str) -> str:
    with pytest.raises(Refused) as refusal:
        read(text)
    return refusal.value.sentences[0].key


def test_a_value_and_a_period_stand_side_by_side_in_any_order() -> None:
    november = TimeWindow(
        since=datetime(2025, 10, 31, 23, tzinfo=UTC), until=datetime(2025, 11, 30, 23, tzinfo=UTC)
    )
    for typed in ("missed:first-response,2025-11", "missed:2025-11,first_response"):
        assert read(typed) == (
            Criterion(name=FilterName.MISSED, values=("first-response",), window=november),
        )
    assert read("-reopened:2025-11") == (
        Criterion(name=FilterName.REOPENED, window=november, is_excluded=True),
    )
    assert read("missed:still-open")[0].values == ("still-open",)
    assert read("resolved:no-reply") == (Criterion(name=FilterName.RESOLVED, values=("no-reply",)),)


def test_a_period_may_end_within_a_day_and_a_zone_says_by_which_clock() -> None:
    (criterion,) = read("answered:2026-02-01..2026-02-03T14:30 zone:America/New_York")
    assert criterion.window == TimeWindow(
        since=datetime(2026, 2, 1, 5, tzinfo=UTC), until=datetime(2026, 2, 3, 19, 30, tzinfo=UTC)
    )
    assert hour_words(33) == "tue-09"
    assert read("hour:tue-09,mon-00 zone:UTC")[0].values == ("UTC", "33", "0")
    assert len(read("hour:sat")[0].values) == 25


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("resolved:", "search.value_missing"),
        ("resolved:late", "search.not_a_period"),
        ("resolved:2026-01,2026-02", "search.not_a_period"),
        ("answered:2026-02-01..2026-02-01T25:00", "search.not_a_period"),
        ("by:me", "search.then_alone"),
        ("missed:<1w by:me", "search.then_alone"),
        ("team-then:it", "search.then_alone"),
        ("shown:solved by:me", "search.then_alone"),
        ("worked:any", "search.not_a_period"),
        ("shown:", "search.value_missing"),
        ("resolved:<1w team-then:gone", "search.unknown_value"),
        ("hour:noon", "search.not_an_hour"),
        ("hour:mon-24", "search.not_an_hour"),
        ("is:open zone:Atlantis", "search.unknown_value"),
    ],
)
def test_what_cannot_be_understood_is_refused(text: str, key: str) -> None:
    assert refused(text) == key


def test_whose_it_was_narrows_what_happened_and_requesters_know_none_of_it() -> None:
    assert {each.name for each in read("resolved:<1w by:me team-then:it priority-then:high")} == {
        FilterName.RESOLVED,
        FilterName.BY,
        FilterName.TEAM_THEN,
        FilterName.PRIORITY_THEN,
    }
    assert {each.name for each in read("opened:<1w team-then:it")} == {
        FilterName.OPENED,
        FilterName.TEAM_THEN,
    }
    with pytest.raises(Refused):
        read_query("resolved:<1w", requesters_vocabulary(THE_DESK), now=NOW, zone=ZoneInfo("UTC"))


def test_time_is_logged_for_days_of_a_zone_and_answers_are_told_apart() -> None:
    (criterion,) = read("worked:2026-02 zone:America/New_York")
    assert criterion.values == ("America/New_York",)
    assert criterion.window is not None
    assert criterion.window.since == datetime(2026, 2, 1, 5, tzinfo=UTC)
    assert read("shown:no_help,<1w")[0].values == ("no-help",)
    assert read("article:vpn/drops")[0].values == ("vpn/drops",)
