"""What `language_model` of `desk.yaml` may say: which model agents may ask, how much, and whose text may leave."""

import re
from datetime import timedelta
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from bot.config.file.field_types import Seconds, TeamName, checked, wrong
from bot.config.file.section import Section
from bot.domain.assistant.language_model import SETTINGS, LanguageModel, ModelTask

_VARIABLE = re.compile(rf"{SETTINGS}[A-Z0-9_]{{1,60}}")
_LONGEST_TIMEOUT = timedelta(minutes=5)


def _url(text: str) -> str:
    try:
        address = urlsplit(text)
        is_right = address.scheme in ("http", "https") and address.hostname and address.port != 0
    except ValueError:
        is_right = False
    if not is_right or any(sign.isspace() for sign in text):
        raise wrong("configuration.not_a_model_url", text=text)
    if "@" in address.netloc or address.query or address.fragment:
        raise wrong("configuration.model_url_with_secret")
    return text.rstrip("/").removesuffix("/chat/completions")


def _key(text: str) -> str:
    """What does not look like a name may be the key itself, so it is not repeated."""
    if not _VARIABLE.fullmatch(text):
        raise wrong("configuration.model_key_name", example=f"{SETTINGS}KEY")
    return text


def _timeout(length: timedelta) -> timedelta:
    if not timedelta(seconds=1) <= length <= _LONGEST_TIMEOUT:
        raise wrong("configuration.model_timeout")
    return length


ModelName = Annotated[str, Field(min_length=1, max_length=200)]


class ModelBudgetSection(Section):
    """How much it may be asked in a day (UTC), by all together."""

    requests: int | None = Field(None, ge=1, description="How many questions a day.")
    tokens: int | None = Field(
        None, ge=1_000, description="How many tokens a day, questions and answers together."
    )

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if self.requests is None and self.tokens is None:
            raise wrong("configuration.model_budget_empty")
        return self


class LanguageModelSection(Section):
    """A language model that agents may ask; without this section nothing is asked and nothing leaves."""

    url: Annotated[str, AfterValidator(checked(_url))] = Field(
        description="Where it is, as far as before `/chat/completions`: `http://localhost:11434/v1`."
    )
    model: ModelName = Field(description="Its name there: `llama3.1`.")
    key: Annotated[str, AfterValidator(checked(_key))] | None = Field(
        None,
        description="The variable that holds its key, `DESKBELL_MODEL_KEY`; left out where it needs none.",
    )
    tasks: dict[ModelTask, ModelName] = Field(
        {}, description="Another model for some tasks: `{draft: llama3.1:70b}`."
    )
    timeout: Annotated[Seconds, AfterValidator(_timeout)] = Field(
        timedelta(seconds=60),
        description="How long to wait for an answer, and for more of one that has begun: `60s`, 300 s at most.",
    )
    stream: bool = Field(
        default=True,
        description="Ask for answers piece by piece, so that agents see them grow; `no` asks for whole ones.",
    )
    budget: ModelBudgetSection | None = Field(None, description="Left out: no limit.")
    teams: list[TeamName] = Field(
        [], description="Teams whose tickets’ text may be sent there; of all others no text leaves."
    )
    hide_names: bool = Field(
        default=False, description="Names of people on the ticket are replaced before text leaves."
    )

    def compiled(self) -> LanguageModel:
        budget = self.budget
        return LanguageModel(
            url=self.url,
            model=self.model,
            key=self.key or "",
            models=self.tasks,
            timeout=self.timeout,
            is_streamed=self.stream,
            most_requests=budget.requests if budget else None,
            most_tokens=budget.tokens if budget else None,
            teams=frozenset(self.teams),
            hides_names=self.hide_names,
        )
