"""`platform`: which platform the request came from."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Annotated

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList
from bot.domain.routing.conditions import Condition
from bot.domain.routing.quotes import one_named
from bot.domain.routing.request import Facts, Lead
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class FromPlatform(Condition):
    """It came from one of these platforms."""

    names: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return facts.request.platform in self.names

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        platform = facts.request.platform
        if holds:
            return sentence("routing.platform", platform=platform)
        return sentence("routing.platform_other", platform=platform, choices=one_named(self.names))

    def leads(self) -> frozenset[Lead]:
        return frozenset(("platform", name) for name in self.names)

    def choices(self) -> frozenset[Hashable]:
        return self.names


@condition_key(order=100)
def platform(names: Annotated[list[str], AsList], _: NameMeanings) -> Condition:
    return FromPlatform(frozenset(names))
