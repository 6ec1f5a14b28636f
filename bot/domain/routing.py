"""Routing rules: ordered, first match wins, and a default team always.

A rule's condition is a tree of `any`, `all` and `not` over facts of the request; user-written patterns
run on RE2, so no rule can hang the desk. The router answers with the verdict and why.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.directory import Assignment, Person
from bot.domain.ticket import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a rule may look at. `place` is the place's name in `desk.yaml`; `at` is desk time, UTC.

    `language` is asked only by rules that need it: it returns an ISO 639-1 code, or "" when unsure.
    """

    text: str
    platform: str
    place: str | None
    person: Person
    at: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    language: Callable[[], str] = lambda: ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Where a request goes. `rule` is the name of the rule that matched, None for the default team.

    `why` is one line for people: the rule and what matched. None in the other fields means the team's own
    choice. `assignee` is a reference: a person's key or e-mail address.
    """

    team: str
    why: str
    rule: str | None = None
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    sla_policy: str | None = None
    is_private: bool = False
    assignment: Assignment | None = None
    assignee: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReport:
    """One line of a dry run: what this rule would do, and what matched or what was missing."""

    rule: str
    matched: bool
    why: str


class Router:
    """Compiled rules. Thread-safe and immutable; a reload makes a new one."""

    def route(self, request: Request) -> Verdict: ...

    def explain(self, request: Request) -> Sequence[RuleReport]:
        """Every rule in order with its answer, whether or not an earlier one matched already."""
