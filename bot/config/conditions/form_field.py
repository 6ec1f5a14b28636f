"""`field` and `category`: what was chosen or written in the form."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Annotated, Self

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList, Category
from bot.domain.normalised_text import normalised
from bot.domain.routing.conditions import Condition, all_of
from bot.domain.routing.quotes import listed, shortened
from bot.domain.routing.request import Facts, Lead


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

    def why(self, facts: Facts, *, holds: bool) -> str:
        value = facts.request.fields.get(self.name)
        if holds:
            return f"the {self.name} “{value}”"
        if value is None:
            return f"no {self.name} was given"
        return f"the {self.name} is “{shortened(value)}”, not {listed(self.values)}"

    def leads(self) -> frozenset[Lead]:
        return frozenset((f"field {self.name}", value) for value in self.values)

    def choices(self) -> frozenset[Hashable]:
        return frozenset((self.name, value) for value in self.values)


@condition_key(order=40)
def category(categories: Annotated[list[Category], AsList], _: NameMeanings) -> Condition:
    return FormField.of("category", *categories)


@condition_key(order=50, description="Form fields and the values they may have.")
def field(values: dict[str, Annotated[list[str], AsList]], _: NameMeanings) -> Condition:
    return all_of(*(FormField.of(name, *wanted) for name, wanted in values.items()))
