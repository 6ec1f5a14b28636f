"""Routing: the first rule that matches decides, says why, and is found fast without being found wrong."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from bot.config.conditions.form_field import FormField
from bot.config.conditions.group import Group
from bot.config.conditions.hours import Hours
from bot.config.conditions.inbox import FromInbox
from bot.config.conditions.language import Language
from bot.config.conditions.pattern import Pattern
from bot.config.conditions.platform import FromPlatform
from bot.config.conditions.requester import Requester
from bot.config.conditions.tier import Tier
from bot.config.conditions.words import Words
from bot.domain.calendars.calendar import Calendar
from bot.domain.directory import Assignment, Person
from bot.domain.routing.conditions import AllOf, Always, AnyOf, Condition, Not
from bot.domain.routing.pattern_scan import PatternScan
from bot.domain.routing.quotes import one_named, one_quoted, quoted
from bot.domain.routing.router import Request, Router, Rule, Verdict
from bot.domain.sentence import sentence
from bot.domain.tickets.ticket import Priority

MONDAY_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA = Person(key="web:ana", name="Ana", email="Ana@Example.com", groups=frozenset({"board"}), tier="gold")
OFFICE = Calendar(name="office", zone=ZoneInfo("UTC"), week={0: ((9 * 60, 17 * 60),)})


def request(
    text: str = "",
    *,
    platform: str = "web",
    inbox: str | None = "help-it",
    person: Person = ANA,
    at: datetime = MONDAY_NOON,
    fields: Mapping[str, str] | None = None,
    language: str = "",
) -> Request:
    return Request(
        text=text,
        platform=platform,
        inbox=inbox,
        person=person,
        at=at,
        fields=fields or {},
        language=lambda: language,
    )


def router(**conditions: Condition) -> Router:
    """A router whose rules are called like the teams they send to; `it` is the default."""
    rules = [Rule(name=name, condition=condition, team=name) for name, condition in conditions.items()]
    return Router(rules, default_team="it")


def route(condition: Condition, asked: Request) -> Verdict:
    return router(matched=condition).route(asked)


def test_the_first_rule_that_matches_decides() -> None:
    desk = router(network=Words.of("vpn"), hardware=Words.of("laptop", "vpn"))
    assert desk.route(request("VPN on my laptop")).team == "network"
    assert desk.route(request("my laptop")).team == "hardware"


def test_what_no_rule_matches_goes_to_the_default_team_and_says_so() -> None:
    verdict = router(network=Words.of("vpn")).route(request("good morning"))
    assert (verdict.team, verdict.rule, verdict.why) == ("it", None, sentence("team.why_no_rule"))


def test_a_desk_without_rules_has_its_default_team() -> None:
    assert router().route(request("anything")).team == "it"


def test_a_rule_hands_on_everything_it_decides() -> None:
    rule = Rule(
        name="vpn",
        condition=Words.of("vpn"),
        team="network",
        priority=Priority.HIGH,
        tags=("vpn",),
        sla_policy="swift",
        is_private=True,
        assignment=(Assignment.ROUND_ROBIN,),
        assignee="web:bo",
    )
    assert Router([rule], default_team="it").route(request("vpn")) == Verdict(
        team="network",
        why=sentence("team.why_rule", rule="vpn", finding=sentence("routing.word", text="vpn")),
        rule="vpn",
        priority=Priority.HIGH,
        tags=("vpn",),
        sla_policy="swift",
        is_private=True,
        assignment=(Assignment.ROUND_ROBIN,),
        assignee="web:bo",
    )


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("vpn", "My VPN, again!"),
        ("müller", "ask MULLER"),
        ("resume", "my Résumé is lost"),
        ("straße", "in der STRASSE"),
        ("wi-fi", "no Wi Fi here"),
        ("remote access", "no remote\n  access today"),
        ("can't log in", "I can’t log in"),
        ("365", "office 365 is slow"),
        ("\uff56\uff50\uff4e", "vpn"),
    ],
)
def test_words_are_found_whatever_their_case_accents_and_punctuation(entry: str, text: str) -> None:
    assert route(Words.of(entry), request(text)).team == "matched"


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("port", "the report is late"),
        ("remote access", "access from remote"),
        ("remote access", "remote accessory"),
        ("vpn", ""),
    ],
)
def test_words_are_whole_words_and_phrases_keep_their_order(entry: str, text: str) -> None:
    assert route(Words.of(entry), request(text)).team == "it"


def test_a_word_of_signs_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="letter or digit"):
        Words.of("vpn", "!?")


def test_a_pattern_ignores_letter_case_unless_it_asks_for_it() -> None:
    assert route(Pattern.of(r"err-\d+"), request("I see ERR-42")).team == "matched"
    assert route(Pattern.of(r"(?-i)ERR-\d+"), request("I see err-42")).team == "it"


def test_a_pattern_sees_the_text_as_it_was_written() -> None:
    verdict = route(Pattern.of(r"disk [A-Z]: \d+% full"), request("My disk C: 99% full."))
    found = sentence("routing.pattern", text="disk C: 99% full")
    assert verdict.why == sentence("team.why_rule", rule="matched", finding=found)


def test_a_pattern_that_re2_cannot_read_is_refused_with_its_complaint() -> None:
    with pytest.raises(ValueError, match=r"missing \)"):
        Pattern.of("(vpn")


def test_a_pattern_that_would_hang_other_engines_is_answered() -> None:
    assert route(Pattern.of("(a+)+$"), request("a" * 50_000 + "b")).team == "it"


@pytest.mark.parametrize(
    "text", ["\ud800 vpn", "vpn \x00 down", "🙂 vpn", "a" * 50_000 + " vpn", "\u200fvpn\u200e"]
)
def test_strange_text_is_routed_like_any_other(text: str) -> None:
    desk = router(both=AllOf((Pattern.of("vpn"), Words.of("vpn"))))
    assert desk.route(request(text)).team == "both"


@pytest.mark.parametrize(
    ("condition", "yes", "no"),
    [
        (FromInbox(frozenset({"help-hr"})), request(inbox="help-hr"), request(inbox=None)),
        (FromPlatform(frozenset({"slack"})), request(platform="slack"), request()),
        (Requester(frozenset({"web:ana"})), request(), request(person=Person(key="web:bo", name="Bo"))),
        (
            Requester(frozenset({"ana@example.com"})),
            request(),
            request(person=Person(key="web:bo", name="Bo")),
        ),
        (Group("board"), request(), request(person=Person(key="web:bo", name="Bo"))),
        (Group("staff", frozenset({"web:bo"})), request(person=Person(key="web:bo", name="Bo")), request()),
        (Tier("gold"), request(), request(person=Person(key="web:bo", name="Bo", tier="silver"))),
        (Tier("silver", frozenset({"web:ana"})), request(), request(person=Person(key="web:bo", name="Bo"))),
        (FormField.of("category", "Hard-ware"), request(fields={"category": "hard ware"}), request()),
        (Language(frozenset({"de"})), request(language="de"), request(language="")),
        (
            Hours("it", OFFICE, is_inside=True),
            request(at=MONDAY_NOON),
            request(at=MONDAY_NOON.replace(hour=20)),
        ),
        (
            Hours("it", OFFICE, is_inside=False),
            request(at=MONDAY_NOON.replace(hour=20)),
            request(at=MONDAY_NOON),
        ),
        (Not(Words.of("vpn")), request("printer"), request("vpn")),
        (AllOf((Words.of("vpn"), Words.of("slow"))), request("slow vpn"), request("vpn")),
        (AnyOf((Words.of("vpn"), Words.of("slow"))), request("slow"), request("printer")),
        (Always(), request(), None),
    ],
)
def test_each_condition_tells_those_it_means_from_others(
    condition: Condition, yes: Request, no: Request | None
) -> None:
    assert route(condition, yes).team == "matched"
    assert no is None or route(condition, no).team == "it"


def test_the_language_is_looked_at_only_when_a_rule_asks_and_once() -> None:
    asked: list[str] = []

    def detect() -> str:
        asked.append("once")
        return "de"

    looked = Request(
        text="der drucker",
        platform="web",
        inbox=None,
        person=ANA,
        at=MONDAY_NOON,
        language=detect,
    )
    router(network=Words.of("vpn")).route(looked)
    assert asked == []
    router(french=Language(frozenset({"fr"})), german=Language(frozenset({"de"}))).route(looked)
    assert asked == ["once"]


def test_the_reason_names_all_that_had_to_hold() -> None:
    condition = AllOf((FromInbox(frozenset({"help-it"})), Words.of("vpn", "slow"), Not(Words.of("printer"))))
    findings = (
        sentence("routing.inbox", inbox="help-it"),
        sentence("routing.words", words=quoted(["vpn", "slow"])),
        sentence("routing.no_words", words=one_quoted(["printer"])),
    )
    assert route(condition, request("slow vpn")).why == sentence(
        "team.why_rule", rule="matched", finding=sentence("routing.all", findings=findings)
    )


def test_a_dry_run_answers_for_every_rule_what_matched_or_was_missing() -> None:
    desk = router(
        hr=FromInbox(frozenset({"help-hr"})),
        network=Words.of("vpn", "wifi"),
        board=AllOf((Group("board"), Words.of("urgent"))),
        rest=Always(),
    )
    elsewhere = sentence("routing.inbox_other", inbox="help-it", choices=one_named(["help-hr"]))
    assert [(each.rule, each.matched, each.why) for each in desk.explain(request("the vpn"))] == [
        ("hr", False, elsewhere),
        ("network", True, sentence("routing.word", text="vpn")),
        ("board", False, sentence("routing.no_words", words=one_quoted(["urgent"]))),
        ("rest", True, sentence("routing.everything")),
    ]


def test_more_patterns_than_one_filter_holds_are_all_found() -> None:
    patterns = [f"{number:02}{'x' * 4_000}" for number in range(30)]
    scan = PatternScan(patterns)
    assert len(scan._filters) > 1
    assert set(scan.candidates(f"{patterns[0]} and {patterns[-1]}")) == {patterns[0], patterns[-1]}


def test_a_filter_that_uses_up_its_memory_passes_no_pattern_over() -> None:
    scan = PatternScan(["never", "found"])
    (pattern_filter,) = scan._filters
    pattern_filter._filter = _ForgetfulFilter()
    assert set(scan.candidates("nothing of it")) == {"never", "found"}


class _ForgetfulFilter:
    """Answers as RE2's filter does when its memory is used up."""

    def Match(self, text: str, *, potential: bool) -> None:  # noqa: N802
        return None


# The fast way and a plain one must agree: the plain one knows no index and folds words by itself.

VOCABULARY = ("vpn", "wifi", "laptop", "é", "E", "remote access", "new laptop", "ß", "SS", "x1", "1", "wi-fi")
PATTERNS = (
    "vpn",
    r"\d+",
    "lap.op",
    "(vpn|wifi)",
    "^new",
    "access$",
    "é",
    r"\bremote\b",
    "",
    "(?-i)VPN",
    "[^a]",
)

leaves: st.SearchStrategy[Condition] = st.one_of(
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(lambda words: Words.of(*words)),
    st.sampled_from(PATTERNS).map(Pattern.of),
    st.sets(st.sampled_from(["help-it", "help-hr"]), min_size=1).map(
        lambda names: FromInbox(frozenset(names))
    ),
    st.sampled_from(["web", "slack"]).map(lambda name: FromPlatform(frozenset({name}))),
    st.sampled_from(["web:ana", "ana@example.com", "web:bo"]).map(lambda who: Requester(frozenset({who}))),
    st.sampled_from(["board", "staff"]).map(Group),
    st.sampled_from(["gold", "silver"]).map(Tier),
    st.lists(st.sampled_from(["Hardware", "other"]), min_size=1, max_size=2).map(
        lambda values: FormField.of("category", *values)
    ),
    st.sampled_from(["de", "en"]).map(lambda code: Language(frozenset({code}))),
    st.booleans().map(lambda is_inside: Hours("it", OFFICE, is_inside=is_inside)),
    st.just(Always()),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)
texts = st.lists(
    st.sampled_from((*VOCABULARY, "VPN", "É", "Wi Fi", "new", "access", "remote", "ACCESS!", "the")),
    max_size=6,
).map(" ".join) | st.text(max_size=20)
requests = st.builds(
    request,
    texts,
    platform=st.sampled_from(["web", "slack"]),
    inbox=st.sampled_from(["help-it", "help-hr", None]),
    person=st.sampled_from(
        [ANA, Person(key="web:bo", name="Bo"), Person(key="slack:U1", name="Cy", tier="gold")]
    ),
    at=st.sampled_from([MONDAY_NOON, MONDAY_NOON.replace(hour=20)]),
    fields=st.sampled_from([{}, {"category": "HARDWARE"}, {"category": "something"}]),
    language=st.sampled_from(["de", "en", ""]),
)


@given(conditions=st.lists(trees, max_size=8), asked=requests)
def test_the_fast_router_decides_as_a_plain_reading_of_the_rules_does(
    conditions: list[Condition], asked: Request
) -> None:
    rules = [Rule(name=str(at), condition=each, team=str(at)) for at, each in enumerate(conditions)]
    expected = next((str(at) for at, each in enumerate(conditions) if plainly_holds(each, asked)), None)
    verdict = Router(rules, default_team="it").route(asked)
    assert verdict.rule == expected
    assert verdict.why.key == ("team.why_no_rule" if expected is None else "team.why_rule")


@given(conditions=st.lists(trees, max_size=4), asked=requests)
def test_a_dry_run_agrees_with_the_verdict(conditions: list[Condition], asked: Request) -> None:
    rules = [Rule(name=str(at), condition=each, team="network") for at, each in enumerate(conditions)]
    desk = Router(rules, default_team="it")
    reports = desk.explain(asked)
    assert [each.rule for each in reports] == [rule.name for rule in rules]
    assert next((each.rule for each in reports if each.matched), None) == desk.route(asked).rule


def plainly_holds(condition: Condition, asked: Request) -> bool:  # noqa: C901
    match condition:
        case AllOf(parts):
            return all(plainly_holds(part, asked) for part in parts)
        case AnyOf(parts):
            return any(plainly_holds(part, asked) for part in parts)
        case Not(unwanted):
            return not plainly_holds(unwanted, asked)
        case Words(entries):
            return any(f" {plain(entry)} " in f" {plain(asked.text)} " for entry in entries)
        case Pattern(pattern):
            return re2.search(f"(?i){pattern}", asked.text) is not None
        case FromInbox(names):
            return asked.inbox in names
        case FromPlatform(names):
            return asked.platform in names
        case Requester(references):
            return asked.person.key in references or (asked.person.email or "").lower() in references
        case Group(name):
            return name in asked.person.groups
        case Tier(name):
            return asked.person.tier == name
        case FormField(_, values):
            return "category" in asked.fields and plain(asked.fields["category"]) in values
        case Language(codes):
            return asked.language() in codes
        case Hours():
            return (asked.at == MONDAY_NOON) is condition.is_inside
        case _:
            return isinstance(condition, Always)


def plain(text: str) -> str:
    lower = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in lower if not unicodedata.combining(sign)).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())
