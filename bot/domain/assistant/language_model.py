"""The language model that a desk may ask: where it is, for what, how much a day, and whose text may leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

SETTINGS: Final = "DESKBELL_MODEL_"
"""The names of settings that hold keys begin so."""


class ModelTask(StrEnum):
    """What agents let it do for them."""

    SUMMARY = "summary"
    DRAFT = "draft"
    REPHRASE = "rephrase"
    TRANSLATE = "translate"
    ASK = "ask"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModel:
    """An endpoint that speaks OpenAI's chat completions.

    `key` names the setting with its key; empty where it needs none. `teams` are those whose text may leave the desk.
    A limit of None is none; both are for a day in UTC.
    """

    url: str
    model: str
    key: str = ""
    models: Mapping[ModelTask, str] = field(default_factory=dict)
    """For tasks that have a model of their own."""
    timeout: timedelta = timedelta(seconds=60)
    is_streamed: bool = False
    most_requests: int | None = None
    most_tokens: int | None = None
    teams: frozenset[str] = frozenset()
    hides_names: bool = False

    def model_for(self, task: ModelTask) -> str:
        return self.models.get(task, self.model)

    @property
    def host(self) -> str:
        """What may be told of where it is."""
        return urlsplit(self.url).netloc

    @property
    def all_models(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.model, *self.models.values())))
