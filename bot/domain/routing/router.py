"""Routing rules: ordered, first match wins, and a default team always.

A rule's condition is a tree of `any`, `all` and `not` over facts of the request; user-written patterns
run on RE2, so no rule can hang the desk. The router answers with the verdict and why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.domain.directory import Assignment
from bot.domain.routing.conditions import Condition, facts_named_in, is_sure_in
from bot.domain.routing.quoted_reason import BY_RULE
from bot.domain.routing.request import IN_PRIVATE, Facts, Lead, Request
from bot.domain.routing.rule_index import RuleIndex
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.ticket import Priority

__all__ = ["Request", "Router", "Rule", "RuleReport", "Verdict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Where a request goes. `rule` is the name of the rule that matched, None for the default team.

    `why` is one line for people: the rule and what matched. None in the other fields means the team's own
    choice. `assignee` is a reference: a person's key or e-mail address.
    """

    team: str
    why: Sentence
    rule: str | None = None
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    sla_policy: str | None = None
    is_private: bool = False
    assignment: tuple[Assignment, ...] | None = None
    assignee: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When `condition` holds, the request goes to `team`; the other fields are as in `Verdict`.

    `names_no_team`: it says something else about the request, which goes to the default team of its community.
    """

    name: str
    condition: Condition
    team: str
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    sla_policy: str | None = None
    is_private: bool = False
    assignment: tuple[Assignment, ...] | None = None
    assignee: str | None = None
    names_no_team: bool = False

    def verdict(self, facts: Facts) -> Verdict:
        """The verdict on a request for which the condition holds."""
        return Verdict(
            team=self.team,
            why=sentence(BY_RULE, rule=self.name, finding=self.condition.why(facts, holds=True)),
            rule=self.name,
            priority=self.priority,
            tags=self.tags,
            sla_policy=self.sla_policy,
            is_private=self.is_private,
            assignment=self.assignment,
            assignee=self.assignee,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReport:
    """One line of a dry run: what this rule would do, and what matched or what was missing."""

    rule: str
    matched: bool
    why: Sentence


class Router:
    """Compiled rules. Thread-safe and immutable; a reload makes a new one.

    `belongs` gives the community of each team that has one, `defaults` each community's default team.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        *,
        default_team: str,
        belongs: Mapping[str, str] = MappingProxyType({}),
        defaults: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.rules = tuple(rules)
        self.default_team = default_team
        self._belongs = belongs
        self._defaults = defaults
        self._index = RuleIndex([rule.condition for rule in self.rules])
        self._in_confidence = frozenset(
            rule.name for rule in self.rules if _asks_for_words_in_private(rule.condition)
        )
        self._confided_in = frozenset(
            rule.team for rule in self.rules if rule.is_private or rule.name in self._in_confidence
        )

    def route(self, request: Request) -> Verdict:
        """The verdict of the first rule whose condition holds, or the default team."""
        facts = Facts(request)
        for position in self._index.candidates(facts):
            rule = self.rules[position]
            if self._may_take(rule, request) and rule.condition.holds(facts):
                verdict = rule.verdict(facts)
                return replace(verdict, team=self._default_for(request)) if rule.names_no_team else verdict
        server = request.community
        return Verdict(
            team=self._default_for(request),
            why=sentence("team.why_no_rule_of_server", server=server)
            if server is not None and server in self._defaults
            else sentence("team.why_no_rule"),
        )

    def team_in_confidence(self, request: Request) -> str | None:
        """The team that a rule would give its words to if they were private, and only then; None for most."""
        if request.is_private or not self._in_confidence:
            return None
        verdict = self.route(replace(request, is_private=True))
        return verdict.team if verdict.rule in self._in_confidence else None

    def takes_in_confidence(self, team: str) -> bool:
        """Whether a rule gives it what is kept private."""
        return team in self._confided_in

    def only_team(self, inbox: str) -> str | None:
        """The team that gets every request from this inbox, whatever it says; None where that is not certain.

        It never is where servers that share the desk have teams of their own.
        """
        teams: set[str] = set()
        for rule in self.rules:
            answer = is_sure_in(rule.condition, inbox)
            if answer is not False:
                teams.add(self.default_team if rule.names_no_team else rule.team)
            if answer:
                break
        else:
            teams.add(self.default_team)
        return teams.pop() if len(teams) == 1 and not self._belongs else None

    def teams_for(self, fact: Lead) -> frozenset[str]:
        """The teams that rules send requests to which have this fact."""
        found = (each for each in self.rules if fact in facts_named_in(each.condition))
        return frozenset(each.team for each in found if not each.names_no_team)

    def reach(self, rule: Rule) -> str | None:
        """The only community whose requests this rule takes, which is its team's; None where it takes any."""
        return None if rule.names_no_team else self._belongs.get(rule.team)

    def _may_take(self, rule: Rule, request: Request) -> bool:
        return request.community is None or self.reach(rule) in (None, request.community)

    def _default_for(self, request: Request) -> str:
        return self._defaults.get(request.community or "", self.default_team)

    def may_make_private(self, inbox: str) -> bool:
        """Whether a rule makes requests private that may come in there, whatever else it asks of them."""
        return any(rule.is_private and _may_concern(rule.condition, inbox) for rule in self.rules)

    def explain(self, request: Request) -> Sequence[RuleReport]:
        """Every rule in order with its answer, whether or not an earlier one matched already."""
        facts = Facts(request)
        return [
            _report(rule, facts)
            if self._may_take(rule, request)
            else RuleReport(rule=rule.name, matched=False, why=sentence("routing.other_server"))
            for rule in self.rules
        ]


def _asks_for_words_in_private(condition: Condition) -> bool:
    """Both: who takes all that is private says nothing of its words."""
    if IN_PRIVATE not in facts_named_in(condition):
        return False
    return all(kind in ("word", "pattern") for kind, _ in condition.leads() or (IN_PRIVATE,))


def _may_concern(condition: Condition, inbox: str) -> bool:
    """Not where it asks for other inboxes alone."""
    leads = condition.leads() or frozenset()
    return ("inbox", inbox) in leads or not leads or any(kind != "inbox" for kind, *_ in leads)


def _report(rule: Rule, facts: Facts) -> RuleReport:
    matched = rule.condition.holds(facts)
    return RuleReport(rule=rule.name, matched=matched, why=rule.condition.why(facts, holds=matched))
