"""What leads from a number of a report to its tickets is a search that the search of chat reads."""

from datetime import UTC, datetime

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.directory import Person
from bot.domain.search.parsing import read_query
from bot.domain.search.query import Criterion, FilterName
from bot.domain.search.visibility import visibility_of
from bot.domain.search.vocabulary import agents_vocabulary
from bot.ports.storage.reports import ReportQuery
from bot.services.reports.report_searches import filter_words, held_by, opened_in, with_value
from bot.services.reports.reports import asked_of
from tests.stories.desk_files import DESK

NOW = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
LEE = Person(key="web:lee", name="Lee Lund")
THE_DESK = load_desk(DESK, KNOWN_PLATFORMS)


def asked(*teams: str) -> ReportQuery:
    since = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    return asked_of(THE_DESK, since=since, until=NOW, now=NOW, teams=frozenset(teams) or None)


def read(words: str) -> dict[FilterName, Criterion]:
    vocabulary = agents_vocabulary(THE_DESK, visibility_of(THE_DESK, LEE))
    query = read_query(words, vocabulary, now=NOW, zone=asked().zone)
    assert not query.terms
    return {each.name: each for each in query.criteria}


def test_what_was_opened_is_found_by_its_days_and_teams() -> None:
    found = read(opened_in(THE_DESK, asked("it", "network")))
    assert set(found[FilterName.TEAM_THEN].values) == {"it", "network"}
    window = found[FilterName.OPENED].window
    assert window is not None
    assert (window.since, window.until) == (asked().since, NOW.replace(day=31, hour=0))
    assert set(read(opened_in(THE_DESK, asked()))) == {FilterName.OPENED}
    assert opened_in(THE_DESK, asked("gone")) == ""


def test_a_category_a_tag_and_an_inbox_are_found_and_what_no_filter_knows_leads_nowhere() -> None:
    for by, value in (("category", "Hardware"), ("tag", "second floor"), ("inbox", "help-it")):
        (criterion,) = (
            each
            for name, each in read(with_value(THE_DESK, by, value, opened_in(THE_DESK, asked("it")))).items()
            if name == by
        )
        assert criterion.values == (value,)
    for by, value in (
        *(("category", "Gone"), ("group", "office"), ("language", "tlh"), ("field", "gone=1")),
        *(("tag", 'a "quote"'), ("tag", "“vpn”"), ("tag", " vpn"), ("tag", "none"), ("tag", "x" * 500)),
        ("platform", "web"),
    ):
        assert with_value(THE_DESK, by, value, opened_in(THE_DESK, asked("it"))) == ""


def test_what_has_none_a_group_and_a_language_are_found() -> None:
    for by, value, sought in (
        *(("category", "", "none"), ("tag", "", "none"), ("inbox", "", "none"), ("group", "", "none")),
        *(("group", "slack:@netops", "slack:@netops"), ("language", "de", "de")),
    ):
        found = read(with_value(THE_DESK, by, value, opened_in(THE_DESK, asked("it"))))
        assert found[FilterName(by)].values == (sought,)


def test_what_somebody_holds_is_found_by_their_name() -> None:
    found = read(held_by(THE_DESK, {"it", "gone"}, "Bo Berg"))
    assert found[FilterName.ASSIGNED].values == ("Bo Berg",)
    assert found[FilterName.TEAM].values == ("it",)
    assert held_by(THE_DESK, {"gone"}, "Bo Berg") == ""
    assert filter_words(FilterName.TAG, "a", "b c") == ""
