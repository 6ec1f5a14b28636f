"""A desk with one rule, or two, written as in `desk.yaml`, and what the rule says of a request."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.config.checks.unreachable_rules import shadowed
from bot.domain.directory import Person
from bot.domain.routing.router import Request, Router
from bot.domain.sentence import Fact, OneOf, Sentence, sentence
from tests.config.desk_files import SMALL, complaints, load

ANA = Person(key="web:ana", name="Ana", email="Ana@Example.org", groups=frozenset({"board"}), tier="gold")
BO = Person(key="web:bo", name="Bo")
MONDAY_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MORE = """\
people:
  groups: {board: ["web:cleo"], staff: ["web:bo"]}
  tiers: {gold: ["web:bo"], silver: []}
"""


def desk_of(*conditions: str) -> str:
    rules = "".join(f"    - {{name: r{at}, when: {each}, team: it}}\n" for at, each in enumerate(conditions))
    desk = SMALL.replace("name: Help desk", "name: Help desk\n  categories: [Hardware, Access]")
    desk = desk.replace("inboxes:\n", "inboxes:\n  help-hr:\n    channel: web:help-hr\n")
    return f"{desk}  rules:\n{rules}{MORE}"


def router(folder: Path, *conditions: str) -> Router:
    return load(folder, desk_of(*conditions)).desk.router


def answer(folder: Path, condition: str, **asked: Any) -> tuple[bool, Sentence]:
    """Whether a rule with this condition takes the request, and what it found or missed."""
    request = request_of(**asked)
    rules = router(folder, condition)
    (report,) = rules.explain(request)
    assert (rules.route(request).rule is not None) is report.matched, (
        "the rule index passes over a rule that holds"
    )
    return report.matched, report.why


def found(key: str, **facts: Fact) -> tuple[bool, Sentence]:
    """The answer of a condition that holds."""
    return True, sentence(f"routing.{key}", **facts)


def missed(key: str, **facts: Fact) -> tuple[bool, Sentence]:
    """The answer of one that does not."""
    return False, sentence(f"routing.{key}", **facts)


def one_of(*names: str) -> OneOf:
    """Names of which one would have been enough."""
    return OneOf(tuple(sentence("routing.name", name=name) for name in names))


def hides(folder: Path, earlier: str, later: str) -> bool:
    """Whether the later rule can never decide anything."""
    return list(shadowed(router(folder, earlier, later))) == [(1, 0)]


def complaint(folder: Path, condition: str) -> str:
    ((_, sentence),) = complaints(folder, desk_of(condition))
    return sentence


def request_of(
    text: str = "",
    *,
    platform: str = "web",
    inbox: str | None = "help-it",
    person: Person = ANA,
    at: datetime = MONDAY_NOON,
    fields: dict[str, str] | None = None,
    language: str = "",
    is_private: bool = False,
) -> Request:
    return Request(
        text=text,
        platform=platform,
        inbox=inbox,
        person=person,
        at=at,
        fields=fields or {},
        is_private=is_private,
        language=lambda: language,
    )
