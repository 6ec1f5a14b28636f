"""What an endpoint answers, read with suspicion: what is missing or odd is left out, and what is no answer is said to
be none.
"""

import json
from typing import Any, Final, TypeGuard

from bot.ports.language_model import AnswerEnd, ModelAnswer, ToolCall

LONGEST_TEXT: Final = 20_000
"""Characters that are taken of an answer; nobody is shown more."""
MOST_CALLS: Final = 20


class Unreadable(Exception):
    """It is no answer of a chat completion."""


def answer_of(body: bytes) -> ModelAnswer:
    """Raises Unreadable."""
    whole = _json(body)
    choice = _first_choice(whole)
    message = choice.get("message")
    if not isinstance(message, dict):
        raise Unreadable
    calls = [call_of(each) for each in list_of(message.get("tool_calls"))[:MOST_CALLS]]
    text = text_of(message.get("content"))
    is_long = choice.get("finish_reason") == "length" or len(text) > LONGEST_TEXT
    return ModelAnswer(
        text=text[:LONGEST_TEXT].strip(),
        calls=tuple(each for each in calls if each is not None),
        tokens=tokens_of(whole.get("usage")),
        end=AnswerEnd.LONG if is_long else AnswerEnd.WHOLE,
    )


def model_names(body: bytes) -> frozenset[str]:
    """Raises Unreadable for what is no list of models."""
    whole = _json(body)
    return frozenset(
        str(each["id"]) for each in list_of(whole.get("data")) if isinstance(each, dict) and "id" in each
    )


def tokens_of(usage: object) -> int | None:
    """How many it took; some tell the two parts alone."""
    if not isinstance(usage, dict):
        return None
    total = usage.get("total_tokens")
    if total is None:
        asked, answered = usage.get("prompt_tokens"), usage.get("completion_tokens")
        total = asked + answered if _is_count(asked) and _is_count(answered) else None
    return total if _is_count(total) else None


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def call_of(piece: object) -> ToolCall | None:
    function = piece.get("function") if isinstance(piece, dict) else None
    if not isinstance(piece, dict) or not isinstance(function, dict) or not text_of(function.get("name")):
        return None
    try:
        given = function.get("arguments")
        arguments = json.loads(given) if isinstance(given, str) else given
    except (ValueError, RecursionError):
        arguments = {}
    return ToolCall(
        text_of(piece.get("id")),
        text_of(function.get("name")),
        arguments if isinstance(arguments, dict) else {},
    )


def _first_choice(whole: dict[str, Any]) -> dict[str, Any]:
    choices = list_of(whole.get("choices"))
    if not choices or not isinstance(choices[0], dict):
        raise Unreadable
    return choices[0]


def _json(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(parsed, dict):
        raise Unreadable
    return parsed


def text_of(value: object) -> str:
    """Some answer a list of parts: those that are text count."""
    if isinstance(value, list):
        return "".join(text_of(each.get("text")) for each in value if isinstance(each, dict))
    return value if isinstance(value, str) else ""


def list_of(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
