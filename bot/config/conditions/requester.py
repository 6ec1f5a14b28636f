"""`person`: who asks, by key or e-mail address."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Annotated

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList, PersonReference
from bot.domain.routing.conditions import Condition
from bot.domain.routing.quotes import one_named
from bot.domain.routing.request import Facts
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Requester(Condition):
    """One of these people asks: person keys, or e-mail addresses in lower case.

    It has no leads: an address answers to any letter case, so it is no plain fact.
    """

    references: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return facts.request.person.answers_to(self.references)

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        person = facts.request.person
        if holds:
            return sentence("routing.person", name=person.name)
        return sentence(
            "routing.person_other", name=person.name, person=person.key, choices=one_named(self.references)
        )

    def leads(self) -> None:
        return None  # an e-mail address answers to any letter case, so it is no plain fact

    def choices(self) -> frozenset[Hashable]:
        return self.references


@condition_key(order=60)
def person(references: Annotated[list[PersonReference], AsList], _: NameMeanings) -> Condition:
    return Requester(frozenset(references))
