"""`tier`: the requester has a tier, such as `vip`."""

from dataclasses import dataclass
from typing import Annotated

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList, TierName
from bot.domain.routing.conditions import Condition, any_of
from bot.domain.routing.request import Facts
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Tier(Condition):
    """Somebody of this tier asks: as the platform says, or as listed in `desk.yaml`."""

    name: str
    members: frozenset[str] = frozenset()

    def holds(self, facts: Facts) -> bool:
        person = facts.request.person
        return person.tier == self.name or person.answers_to(self.members)

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        key = "routing.tier" if holds else "routing.tier_other"
        return sentence(key, name=facts.request.person.name, tier=self.name)


@condition_key(order=80)
def tier(tiers: Annotated[list[TierName], AsList], names: NameMeanings) -> Condition:
    return any_of(*(Tier(name, frozenset(names.tiers[name])) for name in tiers))
