"""A condition of `desk.yaml`, in routing rules and in variants of SLA policies.

Its keys are those that the modules of `bot.config.conditions` declare; `any`, `all` and `not` combine them.
"""

import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Self, get_args, get_origin

from pydantic import BeforeValidator, Field, create_model, model_validator

from bot.config import conditions
from bot.config.file.condition_key import ConditionKey
from bot.config.file.field_types import wrong
from bot.config.file.section import Section


def _not_nothing(value: object) -> object:
    if value is None:
        raise wrong("configuration.nothing_here")
    return value


NotNothing = BeforeValidator(_not_nothing)


class ConditionSection(Section):
    """A condition. Several keys together must all hold; of several values of one key, one is enough."""

    condition_keys: ClassVar[tuple[ConditionKey, ...]] = ()

    any: list[Self] | None = Field(None, min_length=1, description="At least one of these holds.")
    all: list[Self] | None = Field(None, min_length=1, description="Each of these holds.")
    not_: Self | None = Field(None, alias="not", description="This does not hold.")

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            raise wrong("configuration.condition_empty")
        return self


def declared_keys() -> Iterator[ConditionKey]:
    """The keys of every module in `bot.config.conditions`."""
    for module in pkgutil.iter_modules(conditions.__path__):
        found = vars(import_module(f"{conditions.__name__}.{module.name}")).values()
        yield from (each for each in found if isinstance(each, ConditionKey))


def section_of(keys: Iterable[ConditionKey]) -> type[ConditionSection]:
    """The model of a condition that has these keys."""
    ordered = tuple(sorted(keys, key=lambda key: (key.order, key.name)))
    fields: dict[str, Any] = {
        key.name: (
            key.value_type | None,
            Field(
                None, min_length=1 if _is_collection(key.value_type) else None, description=key.description
            ),
        )
        for key in ordered
    }
    section = create_model(
        "When", __base__=ConditionSection, __doc__=ConditionSection.__doc__, __module__=__name__, **fields
    )
    section.condition_keys = ordered
    return section


def _is_collection(value_type: Any) -> bool:  # noqa: ANN401
    return get_origin(get_args(value_type)[0] if hasattr(value_type, "__metadata__") else value_type) in (
        list,
        dict,
    )


if TYPE_CHECKING:
    When = ConditionSection
else:
    When = section_of(declared_keys())
