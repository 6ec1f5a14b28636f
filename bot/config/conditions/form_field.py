"""`field` and `category`: what was chosen or written in the form."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Annotated, Self

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList, Category
from bot.domain.normalised_text import normalised
from bot.domain.routing.conditions import Condition, all_of
from bot.domain.routing.quotes import one_quoted, shortened
from bot.domain.routing.request import Facts, Lead
from bot.domain.sentence import Fact, Sentence

CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class FormField(Condition):
    """A form field, such as `category`, has one of these values; compared as words."""

    name: str
    values: tuple[str, ...]

    @classmethod
    def of(cls, name: str, *values: str) -> Self:
        return cls(name, tuple(dict.fromkeys(normalised(value) for value in values)))

    def holds(self, facts: Facts) -> bool:
        return facts.fields.get(self.name) in self.values

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        value = facts.request.fields.get(self.name)
        if value is None:
            return self._told("none")
        if holds:
            return self._told("is", value=value)
        return self._told("other", value=shortened(value), choices=one_quoted(self.values))

    def _told(self, what: str, **facts: Fact) -> Sentence:
        """A field of the desk's own forms is told by its name."""
        if self.name == CATEGORY:
            return Sentence(f"routing.category_{what}", facts)
        return Sentence(f"routing.field_{what}", {"field": self.name, **facts})

    def leads(self) -> frozenset[Lead]:
        return frozenset((f"field {self.name}", value) for value in self.values)

    def choices(self) -> frozenset[Hashable]:
        return frozenset((self.name, value) for value in self.values)


@condition_key(order=40)
def category(categories: Annotated[list[Category], AsList], _: NameMeanings) -> Condition:
    return FormField.of(CATEGORY, *categories)


@condition_key(order=50, description="Form fields and the values they may have.")
def field(values: dict[str, Annotated[list[str], AsList]], _: NameMeanings) -> Condition:
    return all_of(*(FormField.of(name, *wanted) for name, wanted in values.items()))
