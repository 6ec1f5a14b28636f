"""The facts in an answer. Whatever stands where a fact should be, reading ends, and says what was odd."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.domain.lookups.lookup import LookupField
from bot.domain.tickets.custom_field import NO, YES

LONGEST_FACT: Final = 200
"""Characters of a value: a fact is a word or a line, and stands on a card among others."""
MOST_VALUES: Final = 20
"""Of one fact that is a list."""

Json = object
"""What JSON text holds: mappings, lists, text, numbers, truth values and nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactReading:
    """`facts` by name; a list has a line for each of its values. `odd` are fields whose path leads to no plain value.

    `missing` are those for which the answer has nothing at all.
    """

    facts: dict[str, str] = field(default_factory=dict)
    odd: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def read_facts(answer: Json, fields: Iterable[LookupField]) -> FactReading:
    facts, odd, missing = {}, [], []
    for each in fields:
        found = _at(answer, each.path)
        if found is None or found in ("", []):
            missing.append(each.name)
        elif (value := _value(found)) is None:
            odd.append(each.name)
        elif value:
            facts[each.name] = value
    return FactReading(facts=facts, odd=tuple(odd), missing=tuple(missing))


def _at(answer: Json, path: tuple[str, ...]) -> Json:
    for step in path:
        match answer:
            case dict():
                answer = answer.get(step)
            case list() if step.isdecimal() and len(step) < 6:
                answer = answer[int(step)] if int(step) < len(answer) else None
            case _:
                return None
    return answer


def _value(found: Json) -> str | None:
    """One line, or one for each entry of a list; None for what is no plain value."""
    if not isinstance(found, list):
        return _line(found)
    lines = [_line(each) for each in found[:MOST_VALUES] if each is not None]
    plain = [each for each in lines if each]
    return "\n".join(plain) if len(plain) == len(lines) else None


def _line(found: Json) -> str | None:
    match found:
        case bool():
            return YES if found else NO
        case str():
            line = " ".join("".join(each if each.isprintable() else " " for each in found).split())
            return line if len(line) <= LONGEST_FACT else f"{line[: LONGEST_FACT - 1]}…"
        case int() | float():
            return str(found)[:LONGEST_FACT]
        case _:
            return None
