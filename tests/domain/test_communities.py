"""Servers that share a desk: no request of one ever ends with a team of another."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conditions import Always, Condition, Words
from bot.domain.directory import Person
from bot.domain.routing import Request, Router, Rule

COMMUNITIES = ("pine", "oak", "elm")
WORDS = ("vpn", "mouse", "screen")

conditions = st.one_of(st.just(Always()), st.sampled_from(WORDS).map(Words.of))
owners = st.sampled_from((None, *COMMUNITIES))


@st.composite
def routers(draw: st.DrawFn) -> tuple[Router, dict[str, str]]:
    """Any rules over any teams, where each community's default team is one of its own or of none."""
    belongs = {f"team {number}": draw(owners) for number in range(draw(st.integers(1, 6)))}
    belongs |= {f"{name}'s own": name for name in COMMUNITIES}
    owned = {team: name for team, name in belongs.items() if name is not None}
    made: list[tuple[str, Condition]] = draw(
        st.lists(st.tuples(st.sampled_from(sorted(belongs)), conditions), max_size=8)
    )
    rules = [Rule(name=f"rule {n}", condition=each, team=team) for n, (team, each) in enumerate(made)]
    router = Router(
        rules,
        default_team=draw(st.sampled_from(sorted(belongs))),
        belongs=owned,
        defaults={name: f"{name}'s own" for name in COMMUNITIES},
    )
    return router, owned


@given(
    made=routers(), community=st.sampled_from(COMMUNITIES), text=st.sampled_from((*WORDS, "nothing known"))
)
def test_no_request_reaches_a_team_of_another_community(
    made: tuple[Router, dict[str, str]], community: str, text: str
) -> None:
    router, owned = made
    verdict = router.route(
        Request(
            text=text,
            platform="discord",
            place=None,
            person=Person(key="discord:1", name="Ana"),
            at=datetime(2026, 3, 2, tzinfo=UTC),
            community=community,
        )
    )
    assert owned.get(verdict.team) in (None, community)


def test_the_dry_run_says_why_a_rule_of_another_server_does_not_count() -> None:
    rule = Rule(name="vpn", condition=Words.of("vpn"), team="oaks")
    router = Router([rule], default_team="pines", belongs={"oaks": "oak"}, defaults={"pine": "pines"})
    asked = Request(
        text="vpn",
        platform="discord",
        place=None,
        person=Person(key="discord:1", name="Ana"),
        at=datetime(2026, 3, 2, tzinfo=UTC),
        community="pine",
    )
    (report,) = router.explain(asked)
    assert (report.matched, report.why) == (False, "its team serves another server")
