"""A reason quotes what a rule found in a request; once the request is deleted, that is read nowhere."""

from collections.abc import Mapping
from typing import Final

from bot.domain.sentence import Sentence

BY_RULE: Final = "team.why_rule"
BY_RULE_ALONE: Final = "team.why_rule_alone"

_ALONE: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    BY_RULE: (BY_RULE_ALONE, ("rule",)),
    "team.why_sorted": ("team.why_sorted_alone", ("percent",)),
    "sla.why_variant": ("sla.why_variant_alone", ("why", "variant")),
}
"""Reasons that quote a request: the sentence that does not, and the facts it keeps."""


def without_finding(why: Sentence) -> Sentence:
    """The same reason with what it is inside of, and nothing of what was found in the request."""
    key, kept = _ALONE.get(why.key, (why.key, tuple(why.facts)))
    facts = {name: why.facts[name] for name in kept}
    return Sentence(
        key,
        {name: without_finding(each) if isinstance(each, Sentence) else each for name, each in facts.items()},
    )
