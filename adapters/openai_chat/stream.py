"""An answer that comes piece by piece: server-sent events, each a part of one chat completion, read with suspicion.

https://html.spec.whatwg.org/multipage/server-sent-events.html and
https://platform.openai.com/docs/api-reference/chat-streaming
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from adapters.openai_chat.answers import (
    LONGEST_TEXT,
    MOST_CALLS,
    Unreadable,
    call_of,
    list_of,
    text_of,
    tokens_of,
)
from bot.ports.language_model import AnswerEnd, ModelAnswer

LARGEST_STREAM: Final = 2**22
"""Bytes that are read of one; each letter of an answer may come with some hundreds of them."""
LARGEST_EVENT: Final = 2**18
_MARK: Final = b"\xef\xbb\xbf"
_END: Final = b"[DONE]"
_PASSED_OVER: Final = (b"id", b"retry")


class StreamFailed(Exception):
    """The endpoint says in the middle of an answer that it failed; `status` is what it would have said as HTTP."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class _Call:
    """A tool call as far as it has come."""

    id: str = ""
    name: str = ""
    arguments: str = ""


class StreamReader:
    """Feed it what comes, cut anywhere; `text` is the answer so far."""

    def __init__(self) -> None:
        self.text = ""
        self.is_over = False
        """Whether nothing that comes now belongs to it."""
        self._rest = b""
        self._data: list[bytes] = []
        self._is_error = False
        self._calls: list[_Call] = []
        self._by_index: dict[int, _Call] = {}
        self._usage: object = None
        self._finish = ""
        self._is_any = False

    def feed(self, piece: bytes) -> bool:
        """Whether something of an answer was in it. Raises Unreadable for what is none, and StreamFailed."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        found = [self._take(line) for line in lines]
        if len(self._rest) > LARGEST_EVENT:
            raise Unreadable
        return any(found)

    def answer(self) -> ModelAnswer:
        """All there is, once no more comes. Raises Unreadable where nothing came."""
        if not self.is_over:
            self._take_last()
        if not self._is_any:
            raise Unreadable
        calls = [
            call_of({"id": each.id, "function": {"name": each.name, "arguments": each.arguments}})
            for each in self._calls
        ]
        return ModelAnswer(
            text=self.text[:LONGEST_TEXT].strip(),
            calls=tuple(each for each in calls if each is not None),
            tokens=tokens_of(self._usage),
            end=self._end(),
        )

    def _end(self) -> AnswerEnd:
        """Whole is what says that it ended."""
        if self._finish == "length" or len(self.text) > LONGEST_TEXT:
            return AnswerEnd.LONG
        return AnswerEnd.WHOLE if self.is_over or self._finish else AnswerEnd.MIDWAY

    def _take_last(self) -> None:
        """A line without an end is half of one, as a rule: what came before it counts."""
        try:
            self._take(self._rest)
            self._take(b"")
        except Unreadable:
            if not self._is_any:
                raise

    def _take(self, raw: bytes) -> bool:
        line = raw.strip().removeprefix(_MARK)
        if self.is_over:
            return False
        if not line:
            if self._data:
                raise Unreadable
            self._is_error = False
            return False
        name, _, value = line.partition(b":")
        value = value.strip()
        if name == b"data":
            return self._take_data(value)
        if name == b"event":
            self._is_error = value == b"error"
        elif name and name not in _PASSED_OVER:
            raise Unreadable
        return False

    def _take_data(self, value: bytes) -> bool:
        """Read as soon as it is whole: not everybody ends an event with an empty line."""
        if value == _END:
            self.is_over = True
            return False
        self._data.append(value)
        if sum(map(len, self._data)) > LARGEST_EVENT:
            raise Unreadable
        try:
            piece = json.loads(b"\n".join(self._data))
        except (ValueError, RecursionError):
            if self._is_error:
                raise StreamFailed(None) from None
            return False
        self._data.clear()
        if not isinstance(piece, dict):
            raise Unreadable
        return self._take_piece(piece)

    def _take_piece(self, piece: dict[str, Any]) -> bool:
        error = piece.get("error")
        if error or self._is_error or piece.get("object") == "error":
            raise StreamFailed(_status(error if isinstance(error, dict) else piece))
        if isinstance(piece.get("usage"), dict):
            self._usage = piece["usage"]
        choices = [each for each in list_of(piece.get("choices")) if isinstance(each, dict)]
        for choice in [each for each in choices if not each.get("index")][:1]:
            self._is_any = True
            self._take_choice(choice)
        return bool(choices)

    def _take_choice(self, choice: dict[str, Any]) -> None:
        """Some send all of an answer at once, as if it were not streamed."""
        self._finish = text_of(choice.get("finish_reason")) or self._finish
        delta, message = choice.get("delta"), choice.get("message")
        if not isinstance(delta, dict) and isinstance(message, dict) and not self.text:
            delta = message
        if isinstance(delta, dict):
            self.text += text_of(delta.get("content"))
            for each in list_of(delta.get("tool_calls")):
                self._take_call(each)
        if len(self.text) > LONGEST_TEXT:
            self.is_over = True

    def _take_call(self, piece: object) -> None:
        if not isinstance(piece, dict):
            return
        call = self._call_of(piece)
        if call is None:
            return
        given = piece.get("function")
        function: dict[str, Any] = given if isinstance(given, dict) else {}
        call.id = call.id or text_of(piece.get("id"))
        call.name = call.name or text_of(function.get("name"))
        arguments = function.get("arguments")
        call.arguments += json.dumps(arguments) if isinstance(arguments, dict) else text_of(arguments)

    def _call_of(self, piece: dict[str, Any]) -> _Call | None:
        """The call that this is a piece of. Some number all calls alike, or none: another id is another call."""
        at, known = piece.get("index"), text_of(piece.get("id"))
        last = self._calls[-1] if self._calls else None
        call = self._by_index.get(at) if isinstance(at, int) else last
        if call is None or (known and call.id and known != call.id):
            if len(self._calls) >= MOST_CALLS:
                return None
            call = _Call()
            self._calls.append(call)
        if isinstance(at, int):
            self._by_index[at] = call
        return call


def _status(error: dict[str, Any]) -> int | None:
    code = str(error.get("code"))
    return int(code) if len(code) == 3 and code.isdecimal() else None
