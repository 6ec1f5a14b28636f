"""What somebody types becomes a query, or a refusal that says what can be typed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refused
from bot.domain.search.parsing import LONGEST_QUERY, MOST_TERMS, read_query
from bot.domain.search.query import Criterion, FilterName, Query, SearchOrder, Term, TimeWindow
from bot.domain.search.vocabulary import Vocabulary

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
VOCABULARY = Vocabulary(
    prefix="IT",
    choices={
        FilterName.STATUS: {"new": "new", "open": "open", "on-hold": "on-hold"},
        FilterName.TEAM: {"net_ops": "Network"},
        FilterName.FROM: {"me": "me"},
        FilterName.TAG: {},
        FilterName.PRIORITY: {"normal": "normal", "urgent": "urgent"},
        FilterName.IS: {"unassigned": "unassigned", "open": "open", "finished": "finished"},
        FilterName.SLA: {"overdue": "overdue", "at-risk": "at-risk"},
        FilterName.ASSIGNED: {"me": "me"},
        FilterName.INBOX: {"help-it": "help-it"},
        FilterName.OPENED: {},
        FilterName.SORT: {"newest": "newest"},
    },
)


def read(text: str) -> Query:
    return read_query(text, VOCABULARY, now=NOW, zone=BERLIN)


def refused(text: str) -> list[str]:
    """The keys of the sentences."""
    with pytest.raises(Refused) as refusal:
        read(text)
    return [each.key for each in refusal.value.sentences]


def test_words_phrases_prefixes_and_excluded_words_are_told_apart() -> None:
    query = read('vpn "Cannot Connect" conf* -Drücker slow')
    assert query.terms == (
        Term(words=("vpn",)),
        Term(words=("cannot", "connect"), is_literal=True),
        Term(words=("conf",), is_prefix=True),
        Term(words=("slow",), is_prefix=True),
    )
    assert query.excluded == (Term(words=("drucker",)),)
    assert query.text == 'vpn "Cannot Connect" conf* -Drücker slow'


@pytest.mark.parametrize("text", ["“cannot connect”", "„cannot connect“", "«cannot connect»"])
def test_quotation_marks_of_any_language_make_a_phrase(text: str) -> None:
    assert read(text).terms == (Term(words=("cannot", "connect"), is_literal=True),)


def test_the_last_word_may_still_be_unfinished_unless_it_is_short_or_quoted() -> None:
    assert [each.is_prefix for each in read("printer jam").terms] == [False, True]
    assert [each.is_prefix for each in read("printer pc").terms] == [False, False]
    assert [each.is_prefix for each in read('printer "jam"').terms] == [False, False]
    assert [each.is_prefix for each in read("printer jam status:open").terms] == [False, False]


@pytest.mark.parametrize("text", ["IT-12", "it-12", "#12", "12", "#IT-12", "it12"])
def test_a_tickets_number_is_understood(text: str) -> None:
    assert [each.number for each in read(text).terms] == [12]


def test_words_that_a_sign_joins_stand_side_by_side() -> None:
    assert [each.words for each in read("vpn-client 10.0.0.1 http://intra/x 網路").terms] == [
        ("vpn", "client"),
        ("10", "0", "0", "1"),
        ("http", "intra", "x"),
        ("網", "路"),
    ]


def test_filters_take_one_value_or_several() -> None:
    query = read("status:OPEN,on_hold status:new -team:network tag:vpn tag:office from:@ana")
    assert query.criteria == (
        Criterion(name=FilterName.STATUS, values=("open", "on-hold", "new")),
        Criterion(name=FilterName.TEAM, values=("net_ops",), is_excluded=True),
        Criterion(name=FilterName.TAG, values=("vpn",)),
        Criterion(name=FilterName.TAG, values=("office",)),
        Criterion(name=FilterName.FROM, values=("@ana",)),
    )
    assert read('status:"on hold"').criteria == (Criterion(name=FilterName.STATUS, values=("on-hold",)),)


def test_words_have_a_best_match_and_filters_alone_list_what_is_new() -> None:
    assert read("vpn").sorted_by is SearchOrder.BEST
    assert read("status:open").sorted_by is SearchOrder.NEWEST
    assert read("vpn sort:newest").sorted_by is SearchOrder.NEWEST


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        (">2w", None, NOW - timedelta(weeks=2)),
        ("<1d", NOW - timedelta(days=1), None),
        ("3h", NOW - timedelta(hours=3), None),
        ("2026-02-28", datetime(2026, 2, 27, 23, tzinfo=UTC), datetime(2026, 2, 28, 23, tzinfo=UTC)),
        ("2026-02", datetime(2026, 1, 31, 23, tzinfo=UTC), datetime(2026, 2, 28, 23, tzinfo=UTC)),
        ("2025", datetime(2024, 12, 31, 23, tzinfo=UTC), datetime(2025, 12, 31, 23, tzinfo=UTC)),
        (">2026-02", datetime(2026, 2, 28, 23, tzinfo=UTC), None),
        (">=2026-02", datetime(2026, 1, 31, 23, tzinfo=UTC), None),
        ("<2026-02", None, datetime(2026, 1, 31, 23, tzinfo=UTC)),
        ("2026-01..2026-02", datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2026, 2, 28, 23, tzinfo=UTC)),
        ("today", datetime(2026, 3, 1, 23, tzinfo=UTC), datetime(2026, 3, 2, 23, tzinfo=UTC)),
        ("yesterday", datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 3, 1, 23, tzinfo=UTC)),
    ],
)
def test_times_are_those_of_whoever_asks(typed: str, since: datetime | None, until: datetime | None) -> None:
    (criterion,) = read(f"opened:{typed}").criteria
    assert criterion.window == TimeWindow(since=since, until=until)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-02-31",
        "2026-13",
        "99999",
        "1w2d",
        "tuesday",
        ">",
        "2026-03..2026-01",
        "9999y",
        "-1d",
        "9999-12-31",
    ],
)
def test_an_impossible_time_is_refused_with_examples(typed: str) -> None:
    assert refused(f"opened:{typed}") == ["search.not_a_period", "search.periods"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", ["search.nothing_asked", "search.examples"]),
        ("  -- *** !", ["search.nothing_asked", "search.examples"]),
        ("sort:newest", ["search.nothing_asked", "search.examples"]),
        ("is the", ["search.only_common_words"]),
        ('vpn "cannot connect', ["search.unclosed_quote"]),
        ('vpn"', ["search.lone_quote"]),
        ("x" * (LONGEST_QUERY + 1), ["search.too_long"]),
        ("vpn " * (MOST_TERMS + 1), ["search.too_many"]),
        ("tag:vpn " * (MOST_TERMS + 1), ["search.too_many"]),
        ("colour:red", ["search.unknown_filter", "search.filters", "search.quote_it"]),
        (
            "stats:open",
            ["search.unknown_filter", "refusals.did_you_mean", "search.filters", "search.quote_it"],
        ),
        ("status:opne", ["search.unknown_value", "refusals.did_you_mean", "search.values"]),
        ("status:xyz", ["search.unknown_value", "search.values"]),
        ("status:", ["search.value_missing", "search.values"]),
        ("tag:", ["search.value_missing"]),
        ("opened:", ["search.value_missing", "search.periods"]),
        ('tag:""', ["search.value_missing"]),
    ],
)
def test_what_cannot_be_understood_is_refused_with_what_can(text: str, keys: list[str]) -> None:
    assert refused(text) == keys


def test_a_common_word_counts_in_a_phrase_and_is_passed_over_beside_others() -> None:
    assert [each.words for each in read('the vpn is down "to be"').terms] == [
        ("vpn",),
        ("down",),
        ("to", "be"),
    ]


def test_a_word_before_a_colon_is_a_word() -> None:
    assert [each.words for each in read("Error: disk full").terms] == [("error",), ("disk",), ("full",)]


@given(st.text(max_size=80))
def test_any_text_is_a_query_or_a_refusal(text: str) -> None:
    try:
        query = read(text)
    except Refused:
        return
    assert query.terms or query.excluded or query.criteria
    assert read(query.text) == query


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("assigned:none", "is:unassigned"),
        ("assigned:Nobody", "is:unassigned"),
        ("-assigned:none", "-is:unassigned"),
        ("status:unassigned", "is:unassigned"),
        ("is:new", "status:new"),
        ("is:on-hold,new", "status:on-hold,new"),
        ("is:urgent", "priority:urgent"),
        ("priority:critical", "priority:urgent"),
        ("is:at-risk", "sla:at-risk"),
        ("is:breached", "sla:overdue"),
        ("sla:late", "sla:overdue"),
        ("sla:missed", "sla:overdue"),
        ("sla:Breached", "sla:overdue"),
        ("sla:risk", "sla:at-risk"),
        ("team:help-it", "inbox:help-it"),
        ("team:#help-it", "inbox:help-it"),
        ("inbox:network", "team:net_ops"),
        ("is:mine", "assigned:me"),
        ("status:done", "is:finished"),
    ],
)
def test_filters_are_understood_by_what_they_mean(typed: str, meant: str) -> None:
    assert read(typed).criteria == read(meant).criteria


def test_what_a_filter_has_itself_is_never_another_filters() -> None:
    (status,), (state,) = read("status:open").criteria, read("is:open").criteria
    assert (status.name, state.name) == (FilterName.STATUS, FilterName.IS)


@pytest.mark.parametrize("text", ["rating:low", "is:rated"])
def test_a_desk_without_ratings_says_so(text: str) -> None:
    assert refused(text) == ["search.no_ratings"]
