"""A key of a condition in `desk.yaml`: what may be written there, and the condition that it becomes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

from bot.domain.calendars.calendar import Calendar
from bot.domain.routing.conditions import Condition
from bot.domain.tickets.custom_field import CustomFields


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMeanings:
    """What a condition knows of the desk: whom its names stand for, the hours of teams, and the zone of its days."""

    groups: Mapping[str, Sequence[str]]
    tiers: Mapping[str, Sequence[str]]
    hours: Mapping[str, Calendar]
    zone: ZoneInfo
    """That of the default team's calendar."""
    fields: CustomFields = field(default_factory=CustomFields)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionKey:
    """`value_type` is the type of what is written there, `condition` makes the condition of it.

    `order` is its place among the conditions of one rule, in checking and in the sentence about them: what the text
    says comes first, then who asks, where and when. `description` is one sentence for editors.
    """

    name: str
    value_type: Any
    condition: Callable[[Any, NameMeanings], Condition]
    order: int
    description: str | None = None


def condition_key(
    *, order: int, description: str | None = None
) -> Callable[[Callable[[Any, NameMeanings], Condition]], ConditionKey]:
    """Declares the key that is called like the function; the type is that of its first parameter."""

    def declare(condition: Callable[[Any, NameMeanings], Condition]) -> ConditionKey:
        value_type, *_ = get_type_hints(condition, include_extras=True).values()
        return ConditionKey(
            name=condition.__name__,
            value_type=value_type,
            condition=condition,
            order=order,
            description=description,
        )

    return declare
