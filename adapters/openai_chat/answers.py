"""What an endpoint answers, read with suspicion: what is missing or odd is left out, and what is no answer is said to
be none.
"""

import json
from typing import Any, Final

from bot.ports.language_model import ModelAnswer, ToolCall

LONGEST_TEXT: Final = 20_000
"""Characters that are taken of an answer; nobody is shown more."""
MOST_CALLS: Final = 20
_DATA: Final = b"data:"
_END: Final = b"[DONE]"


class Unreadable(Exception):
    """It is no answer of a chat completion."""


def answer_of(body: bytes) -> ModelAnswer:
    """Raises Unreadable."""
    whole = _json(body)
    message = _first_choice(whole).get("message")
    if not isinstance(message, dict):
        raise Unreadable
    calls = [_call(each) for each in _list(message.get("tool_calls"))[:MOST_CALLS]]
    return _answer(_text(message.get("content")), [each for each in calls if each is not None], whole)


def model_names(body: bytes) -> frozenset[str]:
    """Raises Unreadable for what is no list of models."""
    whole = _json(body)
    return frozenset(
        str(each["id"]) for each in _list(whole.get("data")) if isinstance(each, dict) and "id" in each
    )


class StreamReader:
    """Puts an answer together that comes piece by piece, a line of server-sent events at a time."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._calls: dict[int, dict[str, str]] = {}
        self._last: dict[str, Any] = {}
        self._is_any = False

    def take(self, line: bytes) -> None:
        """Raises Unreadable for data that is none of an answer's; other lines are comments."""
        data = line.strip()
        if not data.startswith(_DATA):
            return
        data = data.removeprefix(_DATA).strip()
        if data == _END:
            return
        piece = _json(data)
        self._is_any = True
        if isinstance(piece.get("usage"), dict):
            self._last = piece
        for choice in _list(piece.get("choices"))[:1]:
            delta = choice.get("delta") if isinstance(choice, dict) else None
            if isinstance(delta, dict):
                self._text.append(_text(delta.get("content")))
                for each in _list(delta.get("tool_calls")):
                    self._take_call(each)

    def answer(self) -> ModelAnswer:
        """Raises Unreadable where nothing came."""
        if not self._is_any:
            raise Unreadable
        found = [_call({"id": each["id"], "function": each}) for _, each in sorted(self._calls.items())]
        return _answer("".join(self._text), [each for each in found if each is not None], self._last)

    def _take_call(self, piece: object) -> None:
        if (
            not isinstance(piece, dict)
            or not isinstance(at := piece.get("index", 0), int)
            or at >= MOST_CALLS
        ):
            return
        call = self._calls.setdefault(at, {"id": "", "name": "", "arguments": ""})
        given = piece.get("function")
        function: dict[str, Any] = given if isinstance(given, dict) else {}
        call["id"] = call["id"] or _text(piece.get("id"))
        call["name"] = call["name"] or _text(function.get("name"))
        call["arguments"] += _text(function.get("arguments"))


def _answer(text: str, calls: list[ToolCall], whole: dict[str, Any]) -> ModelAnswer:
    usage = whole.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    is_count = isinstance(total, int) and not isinstance(total, bool) and total >= 0
    return ModelAnswer(
        text=text[:LONGEST_TEXT].strip(), calls=tuple(calls), tokens=total if is_count else None
    )


def _call(piece: object) -> ToolCall | None:
    function = piece.get("function") if isinstance(piece, dict) else None
    if not isinstance(piece, dict) or not isinstance(function, dict) or not _text(function.get("name")):
        return None
    try:
        given = function.get("arguments")
        arguments = json.loads(given) if isinstance(given, str) else given
    except (ValueError, RecursionError):
        arguments = {}
    return ToolCall(
        _text(piece.get("id")), _text(function.get("name")), arguments if isinstance(arguments, dict) else {}
    )


def _first_choice(whole: dict[str, Any]) -> dict[str, Any]:
    choices = _list(whole.get("choices"))
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


def _text(value: object) -> str:
    """Some answer a list of parts: those that are text count."""
    if isinstance(value, list):
        return "".join(_text(each.get("text")) for each in value if isinstance(each, dict))
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
