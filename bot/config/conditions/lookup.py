"""`lookup`: what another system says of the requester, as far as it is known when the request comes."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

from bot.config.conditions.form_field import AS_WRITTEN, FieldValues
from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import LOOKED_UP, known
from bot.domain.normalised_text import normalised
from bot.domain.routing.conditions import Condition, all_of
from bot.domain.routing.quotes import one_quoted, shortened
from bot.domain.routing.request import Facts, Lead
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class LookedUpFact(Condition):
    """A fact has one of these values; compared as words. It does not hold while nothing is known."""

    name: str
    values: tuple[str, ...]

    def holds(self, facts: Facts) -> bool:
        return not facts.looked_up.get(self.name, frozenset()).isdisjoint(self.values)

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        value = facts.request.looked_up.get(self.name)
        if value is None:
            return sentence("routing.lookup_none", field=self.name)
        if holds:
            return sentence("routing.lookup_is", field=self.name, value=shortened(value))
        return sentence(
            "routing.lookup_other", field=self.name, value=shortened(value), choices=one_quoted(self.values)
        )

    def leads(self) -> frozenset[Lead]:
        return frozenset((f"lookup {self.name}", value) for value in self.values)

    def choices(self) -> frozenset[Hashable]:
        return frozenset((self.name, value) for value in self.values)


LookedUpName = Annotated[str, AfterValidator(known(LOOKED_UP))]


@condition_key(order=85, description="What a look-up said of the requester before: `{tier: gold}`.")
def lookup(values: dict[LookedUpName, FieldValues], _: NameMeanings) -> Condition:
    return all_of(
        *(
            LookedUpFact(
                name, tuple(dict.fromkeys(normalised(AS_WRITTEN.get(each, each)) for each in wanted))
            )
            for name, wanted in values.items()
        )
    )
