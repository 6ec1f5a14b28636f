"""Variants of an SLA policy: other promises for some requests, chosen with the conditions of routing rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.routing.conditions import Condition
from bot.domain.routing.request import Facts, Request
from bot.domain.sentence import Sentence, sentence
from bot.domain.sla.policy import SlaPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyVariant:
    """`policy` instead of the one it is a variant of, for requests for which the condition holds."""

    condition: Condition
    policy: SlaPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChoice:
    """The policy for a ticket, and what chose it."""

    policy: SlaPolicy
    why: Sentence


def choose_variant(
    chosen: PolicyChoice, variants: Sequence[PolicyVariant], request: Callable[[], Request]
) -> PolicyChoice:
    """The first variant whose condition holds, else the policy itself. `request` is asked only where it matters."""
    if not variants:
        return chosen
    facts = Facts(request())
    for variant in variants:
        if variant.condition.holds(facts):
            found = variant.condition.why(facts, holds=True)
            why = sentence(
                "sla.why_variant", why=chosen.why, variant=variant.policy.variant or "", finding=found
            )
            return PolicyChoice(policy=variant.policy, why=why)
    return chosen
