"""`fields`, `field` and `category`: what was chosen or written in the form, or set since."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator

from bot.config.conditions.field_bound import read_bound
from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import FIELD_ANYWHERE, AsList, Category, known
from bot.domain.normalised_text import normalised
from bot.domain.routing.conditions import Condition, all_of, any_of
from bot.domain.routing.quotes import one_quoted, shortened
from bot.domain.routing.request import Facts, Lead
from bot.domain.sentence import Fact, Sentence
from bot.domain.tickets.custom_field import CATEGORY, NO, YES, CustomField, FieldKind

AS_WRITTEN = {"true": YES, "false": NO}
"""How a file may write yes and no."""


@dataclass(frozen=True, slots=True)
class FormField(Condition):
    """A custom field, or `category`, has one of these values; compared as words. Of several values one is enough."""

    name: str
    values: tuple[str, ...]

    @classmethod
    def of(cls, name: str, *values: str) -> Self:
        return cls(name, tuple(dict.fromkeys(normalised(value) for value in values)))

    def holds(self, facts: Facts) -> bool:
        return not facts.fields.get(self.name, frozenset()).isdisjoint(self.values)

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        value = facts.request.fields.get(self.name)
        if value is None:
            return self._told("none")
        if holds:
            return self._told("is", value=shortened(value))
        return self._told("other", value=shortened(value), choices=one_quoted(self.values))

    def _told(self, what: str, **facts: Fact) -> Sentence:
        """A custom field is told by its name."""
        if self.name == CATEGORY:
            return Sentence(f"routing.category_{what}", facts)
        return Sentence(f"routing.field_{what}", {"field": self.name, **facts})

    def leads(self) -> frozenset[Lead]:
        return frozenset((f"field {self.name}", value) for value in self.values)

    def choices(self) -> frozenset[Hashable]:
        return frozenset((self.name, value) for value in self.values)


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


FieldValues = Annotated[
    list[str],
    BeforeValidator(_listed, json_schema_input_type=str | float | bool | list[str | float | bool]),
]
PlacedName = Annotated[str, AfterValidator(known(FIELD_ANYWHERE))]


@condition_key(order=40)
def category(categories: Annotated[list[Category], AsList], _: NameMeanings) -> Condition:
    return FormField.of(CATEGORY, *categories)


@condition_key(order=50, description="As `fields`, and of fields that are not defined too, as words.")
def field(values: dict[str, Annotated[list[str], AsList]], _: NameMeanings) -> Condition:
    return all_of(*(FormField.of(name, *wanted) for name, wanted in values.items()))


@condition_key(
    order=51,
    description='Custom fields and the values they may have: `{tier: gold}`; numbers and dates also as `">= 10"`.',
)
def fields(values: dict[PlacedName, FieldValues], names: NameMeanings) -> Condition:
    return all_of(
        *(_has_one_of(name, wanted, names.fields.definition(name)) for name, wanted in values.items())
    )


def _has_one_of(name: str, wanted: list[str], definition: CustomField | None) -> Condition:
    kind = FieldKind.TEXT if definition is None else definition.kind
    if kind in (FieldKind.NUMBER, FieldKind.DATE):
        bounds = [read_bound(name, kind, each) for each in wanted]
        return any_of(*(each for each in bounds if each is not None))
    return FormField.of(name, *(AS_WRITTEN.get(each, each) for each in wanted))


def impossible_value(definition: CustomField, value: str) -> bool:
    """Whether this field can never have the value that a condition asks for."""
    match definition.kind:
        case FieldKind.NUMBER | FieldKind.DATE:
            return read_bound(definition.name, definition.kind, value) is None
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return normalised(value) not in map(normalised, definition.choices)
        case FieldKind.YES_NO:
            return AS_WRITTEN.get(value, value) not in (YES, NO)
        case FieldKind.TEXT | FieldKind.LONG_TEXT | FieldKind.PERSON | FieldKind.PEOPLE:
            return False
