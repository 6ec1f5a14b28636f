"""Servers that share a desk: whatever the rules say, no request of one ends with a team of another."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.config.conditions.inbox import FromInbox
from bot.config.conditions.words import Words
from bot.domain.directory import Person
from bot.domain.routing.conditions import Always, AnyOf, Condition, Not
from bot.domain.routing.router import Request, Router, Rule
from bot.domain.tickets.ticket import Priority

COMMUNITIES = ("pine", "oak", "elm")
TEAMS = {
    **{f"{name}-{number}": name for name in COMMUNITIES for number in (1, 2)},
    "safety": None,
    "billing": None,
}
BELONGS = {team: community for team, community in TEAMS.items() if community is not None}

words = st.sampled_from(["invoice", "abuse", "map", "sound"])
leaves: st.SearchStrategy[Condition] = st.one_of(
    words.map(Words.of),
    st.sampled_from(["help", "lounge"]).map(lambda inbox: FromInbox(frozenset({inbox}))),
    st.just(Always()),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=3).map(lambda each: AnyOf(tuple(each))), inner.map(Not)),
    max_leaves=4,
)
rules = st.lists(st.tuples(conditions, st.sampled_from(sorted(TEAMS))), max_size=8)
defaults = st.fixed_dictionaries(
    {
        name: st.sampled_from(sorted(team for team, its in TEAMS.items() if its in (None, name)))
        for name in COMMUNITIES
    }
)
requests = st.builds(
    Request,
    text=st.lists(words, max_size=3).map(" ".join),
    platform=st.just("chat"),
    inbox=st.sampled_from(["help", "lounge", None]),
    person=st.just(Person(key="chat:ana", name="Ana")),
    at=st.just(datetime(2026, 3, 2, 12, tzinfo=UTC)),
    community=st.sampled_from(COMMUNITIES),
)


def router(made: list[tuple[Condition, str]], of_community: dict[str, str], default_team: str) -> Router:
    return Router(
        [
            Rule(name=f"rule {number}", condition=condition, team=team)
            for number, (condition, team) in enumerate(made)
        ],
        default_team=default_team,
        belongs=BELONGS,
        defaults=of_community,
    )


@given(made=rules, of_community=defaults, default_team=st.sampled_from(sorted(TEAMS)), asked=requests)
def test_no_request_of_one_server_ends_with_a_team_of_another(
    made: list[tuple[Condition, str]], of_community: dict[str, str], default_team: str, asked: Request
) -> None:
    verdict = router(made, of_community, default_team).route(asked)

    assert TEAMS[verdict.team] in (None, asked.community)


@given(made=rules, of_community=defaults, asked=requests)
def test_rules_of_other_servers_are_as_if_they_were_not_there(
    made: list[tuple[Condition, str]], of_community: dict[str, str], asked: Request
) -> None:
    own = [(condition, team) for condition, team in made if TEAMS[team] in (None, asked.community)]
    everything = router(made, of_community, "safety").route(asked)
    only_own = router(own, of_community, "safety").route(asked)

    assert everything.team == only_own.team
    assert (everything.rule is None) == (only_own.rule is None)


@given(made=rules, of_community=defaults, asked=requests)
def test_a_dry_run_says_the_same_as_routing_does(
    made: list[tuple[Condition, str]], of_community: dict[str, str], asked: Request
) -> None:
    routed = router(made, of_community, "safety")
    reports = routed.explain(asked)
    first = next((each.rule for each in reports if each.matched), None)

    assert first == routed.route(asked).rule


def test_a_rule_that_names_no_team_says_the_rest_in_every_server() -> None:
    urgent = Rule(
        name="urgent",
        condition=Words.of("abuse"),
        team="pine-1",
        names_no_team=True,
        priority=Priority.URGENT,
    )
    routed = Router(
        [urgent],
        default_team="pine-1",
        belongs=BELONGS,
        defaults={name: f"{name}-2" for name in COMMUNITIES},
    )

    def team_and_priority(community: str | None) -> tuple[str, Priority | None]:
        asked = Request(
            text="I report abuse",
            platform="chat",
            inbox=None,
            person=Person(key="chat:ana", name="Ana"),
            at=datetime(2026, 3, 2, 12, tzinfo=UTC),
            community=community,
        )
        verdict = routed.route(asked)
        return verdict.team, verdict.priority

    assert team_and_priority("oak") == ("oak-2", Priority.URGENT)
    assert team_and_priority("pine") == ("pine-2", Priority.URGENT)
    assert team_and_priority(None) == ("pine-1", Priority.URGENT)


@given(made=rules, of_community=defaults, asked=requests)
def test_where_no_server_is_known_every_rule_counts(
    made: list[tuple[Condition, str]], of_community: dict[str, str], asked: Request
) -> None:
    nowhere = replace(asked, community=None)
    plain = Router(
        [Rule(name=f"rule {n}", condition=condition, team=team) for n, (condition, team) in enumerate(made)],
        default_team="safety",
    )

    assert router(made, of_community, "safety").route(nowhere) == plain.route(nowhere)
