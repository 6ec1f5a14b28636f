"""What a routing rule may ask of a request: a condition answers yes or no, and says what it found.

The conditions are in `bot.config.conditions`, one a file; here is what all have in common, and how they combine.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final, Protocol

from bot.domain.routing.request import Facts, Lead
from bot.domain.sentence import Sentence, sentence

_COMMON: Final = {"inbox": 1, "platform": 1, "private": 2}


class Condition(Protocol):
    """One question about a request; equal conditions hold for the same requests."""

    __slots__ = ()

    def holds(self, facts: Facts) -> bool: ...

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        """What was found when it holds, what was missing when it does not: a clause without a full stop."""
        ...

    def leads(self) -> frozenset[Lead] | None:
        """Facts of which at least one is present whenever this holds; None when there are no such facts.

        The rule index uses them to pass over rules that cannot match, so naming too few loses the rule, while None
        is always safe.
        """
        return None

    def choices(self) -> frozenset[Hashable]:
        """The values of which one is enough, where that is all it asks; empty otherwise.

        A rule below one of the same kind that asks for all its values, or more, can never decide anything.
        """
        return frozenset()


@dataclass(frozen=True, slots=True)
class Always(Condition):
    """The condition of a rule that has none."""

    def holds(self, facts: Facts) -> bool:  # noqa: ARG002
        return True

    def why(self, facts: Facts, *, holds: bool) -> Sentence:  # noqa: ARG002
        return sentence("routing.everything")


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    """Each of them holds."""

    conditions: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool:
        return all(condition.holds(facts) for condition in self.conditions)

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        telling = [each for each in self.conditions if holds or not each.holds(facts)]
        return _together([each.why(facts, holds=holds) for each in telling])

    def leads(self) -> frozenset[Lead] | None:
        known = [leads for each in self.conditions if (leads := each.leads()) is not None]
        return min(known, key=_commonness, default=None)


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """At least one of them holds."""

    conditions: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool:
        return any(condition.holds(facts) for condition in self.conditions)

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        telling = [each for each in self.conditions if not holds or each.holds(facts)]
        findings = [each.why(facts, holds=holds) for each in telling]
        return _together(findings) if holds else _one_by_one(findings)

    def leads(self) -> frozenset[Lead] | None:
        every = [each.leads() for each in self.conditions]
        known = [leads for leads in every if leads is not None]
        return frozenset().union(*known) if len(known) == len(every) else None


def facts_named_in(condition: Condition) -> frozenset[Lead]:
    """Every fact that it looks for, alone or together with others; nothing that it rules out."""
    if isinstance(condition, AllOf | AnyOf):
        return frozenset[Lead]().union(*map(facts_named_in, condition.conditions))
    return condition.leads() or frozenset()


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """It does not hold."""

    condition: Condition

    def holds(self, facts: Facts) -> bool:
        return not self.condition.holds(facts)

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        found = self.condition.why(facts, holds=not holds)
        return found if holds else sentence("routing.excluded", finding=found)


def is_sure_in(condition: Condition, inbox: str) -> bool | None:
    """Whether it holds for every request that comes in there, or for none (False); None where that depends."""
    match condition:
        case Always():
            return True
        case AllOf(conditions=several):
            answers = {is_sure_in(each, inbox) for each in several}
            return False if False in answers else True if answers == {True} else None
        case AnyOf(conditions=several):
            answers = {is_sure_in(each, inbox) for each in several}
            return True if True in answers else False if answers == {False} else None
        case Not(condition=one):
            answer = is_sure_in(one, inbox)
            return None if answer is None else not answer
        case _:
            leads = condition.leads()
            if not leads or not condition.choices() or any(kind != "inbox" for kind, _ in leads):
                return None
            return ("inbox", inbox) in leads


def all_of(*conditions: Condition) -> Condition:
    return conditions[0] if len(conditions) == 1 else AllOf(conditions)


def any_of(*conditions: Condition) -> Condition:
    return conditions[0] if len(conditions) == 1 else AnyOf(conditions)


def _together(findings: Sequence[Sentence]) -> Sentence:
    return findings[0] if len(findings) == 1 else sentence("routing.all", findings=tuple(findings))


def _one_by_one(findings: Sequence[Sentence]) -> Sentence:
    """Apart, since each of them alone would have been enough."""
    if not findings:
        return _together(findings)
    return reduce(lambda told, each: sentence("routing.also", finding=told, more=each), findings)


def _commonness(leads: frozenset[Lead]) -> tuple[int, int]:
    """Sorts facts that many requests share (where it came in, and how) after those that few do."""
    return max((_COMMON.get(kind, 0) for kind, _ in leads), default=0), len(leads)
