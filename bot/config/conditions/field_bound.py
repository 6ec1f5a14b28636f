"""A number or a date in a custom field is this one, or lies above or below it: part of `fields`."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from bot.domain.routing.conditions import Condition
from bot.domain.routing.quotes import shortened
from bot.domain.routing.request import Facts
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.custom_field import FieldKind

Amount = Decimal | date
_WRITTEN = re.compile(r"(>=|<=|>|<|)\s*(\S+)")
_SIGNS: Mapping[str, Callable[[Amount, Amount], bool]] = {
    "": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True)
class FieldBound(Condition):
    """`sign` stands between the field's value and the bound; empty where they are to be equal."""

    name: str
    kind: FieldKind
    sign: str
    bound: Amount

    def holds(self, facts: Facts) -> bool:
        value = amount(self.kind, facts.request.fields.get(self.name, ""))
        return value is not None and _SIGNS[self.sign](value, self.bound)

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        value = facts.request.fields.get(self.name)
        if value is None:
            return sentence("routing.field_none", field=self.name)
        key = "routing.field_fits" if holds else "routing.field_beyond"
        bound = f"{self.sign} {self.bound}".strip()
        return sentence(key, field=self.name, value=shortened(value), bound=bound)


def read_bound(name: str, kind: FieldKind, written: str) -> FieldBound | None:
    """`10`, `>= 10` or `< 2027-01-01`; None for what is no number or no date."""
    found = _WRITTEN.fullmatch(written.strip())
    bound = amount(kind, found[2]) if found else None
    return FieldBound(name, kind, found[1], bound) if found and bound is not None else None


def amount(kind: FieldKind, text: str) -> Amount | None:
    """A number or a date in canonical form; None for anything else, such as `NaN`, which cannot be compared."""
    try:
        if kind is FieldKind.DATE:
            return date.fromisoformat(text)
        number = Decimal(text)
    except (ValueError, InvalidOperation):
        return None
    return number if number.is_finite() else None
