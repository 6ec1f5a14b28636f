"""Which SLA policy a ticket runs by, copied when it starts to apply.

A copy is kept by its content and never changes, so editing a policy never rewrites a running clock. Read
back once, a copy is remembered, for its calendar remembers what it has worked out.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.desk import Desk
from bot.domain.directory import Team
from bot.domain.routing.request import Request
from bot.domain.sentence import Sentence, sentence
from bot.domain.sla.policy_choice import PolicyChoice, choose_variant
from bot.domain.sla.timer import SlaPolicy
from bot.ports.unit_of_work import UnitOfWork

KEPT = 256
"""Copies held in memory; a desk has a handful of policies, and each change of one adds a copy."""


BY_NAME = sentence("sla.why_named")


class PolicyCopies:
    """Policies by the key of their copy, and the bodies of those of the present configuration."""

    def __init__(self) -> None:
        self._by_key: dict[str, SlaPolicy] = {}
        self._bodies: dict[tuple[int, int], tuple[SlaPolicy, Team, SlaPolicy, Mapping[str, Any]]] = {}

    def of(self, uow: UnitOfWork, key: str) -> SlaPolicy:
        """The copy with this key."""
        policy = self._by_key.get(key)
        if policy is None:
            policy = SlaPolicy.from_json(uow.sla_timers.policy(key))
            if len(self._by_key) >= KEPT:
                self._by_key.clear()
            self._by_key[key] = policy
        return policy

    def copy(self, uow: UnitOfWork, policy: SlaPolicy, team: Team) -> tuple[str, SlaPolicy]:
        """Copy a policy as it applies to a team; returns the copy's key and the policy on its calendar."""
        known = self._bodies.get((id(policy), id(team)))
        if known is None:
            if len(self._bodies) >= KEPT:
                self._bodies.clear()
            complete = policy.on(team.calendar)
            # The originals are held too: an id means something only while its object lives.
            known = (policy, team, complete, complete.to_json())
            self._bodies[id(policy), id(team)] = known
        return uow.sla_timers.copy_policy(known[3]), known[2]


def policy_for(
    desk: Desk,
    team: Team,
    *,
    request: Callable[[], Request],
    named: str | None = None,
    why: Sentence = BY_NAME,
) -> PolicyChoice | None:
    """The policy that is named, else the team's, else the desk's; None for a ticket without clocks.

    `why` says who names it. `request` is asked only when the policy has variants.
    """
    candidates = (
        (named, why),
        (desk.team_policies.get(team.name), sentence("sla.why_team", team=team.title)),
        (desk.default_policy, sentence("sla.why_default")),
    )
    for name, because in candidates:
        policy = desk.sla_policies.get(name) if name else None
        if policy is not None:
            chosen = PolicyChoice(policy=policy, why=because)
            return choose_variant(chosen, desk.policy_variants.get(policy.name, ()), request)
    return None
