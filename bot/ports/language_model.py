"""Asking a language model: one conversation, one answer, within a time and a size. What went wrong is an outcome."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.assistant.language_model import LanguageModel
from bot.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """`role` is system, user, assistant or tool; `call` is of the tool call that a tool's message answers."""

    role: str
    text: str
    calls: tuple["ToolCall", ...] = ()
    call: str = ""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What the model wants to use. `arguments` is empty where they could not be read."""

    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """`parameters` is a JSON schema."""

    name: str
    about: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRequest:
    """`most_tokens` bounds the answer. Tools may be used; `must_use` names one that has to be."""

    model: str
    messages: tuple[ChatMessage, ...]
    tools: tuple[Tool, ...] = ()
    must_use: str = ""
    most_tokens: int = 1_200

    @property
    def size(self) -> int:
        """About how many tokens it takes with its answer; for a budget that is spent before it is known."""
        return sum(len(each.text) for each in self.messages) // 3 + self.most_tokens


class AnswerEnd(StrEnum):
    """Whether an answer is whole, or why it is not."""

    WHOLE = "whole"
    LONG = "long"
    """It reached the length that an answer may have."""
    MIDWAY = "midway"
    """It stopped coming in the middle."""
    SLOW = "slow"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnswer:
    """`tokens` is what it took, by the endpoint's own count; None where it told none."""

    text: str
    calls: tuple[ToolCall, ...] = ()
    tokens: int | None = None
    end: AnswerEnd = AnswerEnd.WHOLE


class FailureKind(StrEnum):
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    KEY = "key"
    """The key is wrong, or not set."""
    MODEL = "model"
    """It has no such model, or is not at this address."""
    BUSY = "busy"
    BROKEN = "broken"
    """It failed, or its answer cannot be used."""


@dataclass(frozen=True, slots=True)
class ModelFailure:
    """`why` is for the operator: what was seen and what to do, without any secret and without text of people."""

    kind: FailureKind
    why: Sentence

    @property
    def for_agent(self) -> Sentence:
        return Sentence(f"assistant.failed_{self.kind}")


ModelOutcome = ModelAnswer | ModelFailure

Heard = Callable[[str], None]
"""Is given an answer's text so far, each time that more of it came."""


@dataclass(frozen=True, slots=True)
class ModelsFound:
    """The names of the models that an endpoint has; empty where it does not list them."""

    names: frozenset[str] = field(default_factory=frozenset)


class LanguageModelClient(Protocol):
    async def complete(
        self, model: LanguageModel, request: ModelRequest, heard: Heard | None = None
    ) -> ModelOutcome:
        """Answers within the time-out, streamed where that is configured and the endpoint does it.

        With `heard` the time-out is for each piece of a stream; what was heard before a failure is part of an answer.
        Raises nothing of the network's.
        """
        ...

    async def streams(self, model: LanguageModel) -> bool | ModelFailure:
        """Whether it answers piece by piece; it is asked for a word, and no text of anybody leaves."""
        ...

    async def models(self, model: LanguageModel) -> ModelsFound | ModelFailure:
        """What the endpoint has, asked with the key; no text of anybody leaves."""
        ...

    async def close(self) -> None: ...
