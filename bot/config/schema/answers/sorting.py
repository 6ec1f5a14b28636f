"""What `sorting` of `desk.yaml` may say: whether Deskbell learns from past tickets to sort new ones."""

from datetime import time
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.config.file.field_types import wrong
from bot.config.file.hours import ClockTime
from bot.config.file.section import Section
from bot.domain.sorting.policy import SortedField, SortingMode, SortingPolicy

LEAST_THRESHOLD = 0.5


def _mode(value: Any) -> Any:  # noqa: ANN401
    """YAML reads `off` as false."""
    return SortingMode.OFF if value is False else value


def _threshold(value: Any) -> Any:  # noqa: ANN401
    try:
        threshold = float(value)
    except (TypeError, ValueError):
        threshold = 0.0
    if not LEAST_THRESHOLD <= threshold <= 1:
        raise wrong("configuration.sorting_threshold", text=str(value))
    return threshold


class SortingSection(Section):
    """Team, category, priority and tags are learned over night from tickets that people have sorted."""

    mode: Annotated[SortingMode, BeforeValidator(_mode)] = Field(
        SortingMode.SUGGEST,
        description="off: nothing is learned; suggest: cards show a suggestion with a button; fill: what rules left "
        "open is filled in where Deskbell is sure enough, and suggested elsewhere.",
    )
    threshold: Annotated[float, BeforeValidator(_threshold)] = Field(
        0.9, description="How sure `fill` must be, from 0.5 to 1."
    )
    fields: list[SortedField] = Field(
        list(SortedField), min_length=1, description="What is learned: team, category, priority, tags."
    )
    train_at: ClockTime = Field(
        120, description="When it learns each night, on the clock of the default team: `02:00`."
    )
    unhappy: bool = Field(
        default=True, description="Cards say where a request sounds unhappy; priorities never follow from it."
    )

    def compiled(self) -> SortingPolicy:
        return SortingPolicy(
            mode=self.mode,
            threshold=self.threshold,
            fields=tuple(dict.fromkeys(self.fields)),
            train_at=time(*divmod(self.train_at % (24 * 60), 60)),
            flags_unhappy=self.unhappy,
        )
