"""What was learned of sorting, as far as this process has read it: suggesting asks no database for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.sorting.model import SortingModel
from bot.domain.sorting.policy import SortedField


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownModel:
    """`may_fill` is false where its surest suggestions were not right as often as they must be."""

    model: SortingModel
    learned_at: datetime
    may_fill: bool = True


class SortingModels:
    """Replaced whole by the worker that reads them, and only read by all others."""

    def __init__(self) -> None:
        self._known: Mapping[SortedField, KnownModel] = {}

    def get(self, field: SortedField) -> KnownModel | None:
        return self._known.get(field)

    def all(self) -> Mapping[SortedField, KnownModel]:
        return self._known

    def replace(self, known: Mapping[SortedField, KnownModel]) -> None:
        self._known = dict(known)
