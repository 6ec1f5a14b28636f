"""Asks an endpoint that speaks OpenAI's chat completions: https://platform.openai.com/docs/api-reference/chat.

Within a time and a size, without following anybody elsewhere. What goes wrong is a sentence for the operator that
names the host alone: what is asked holds words of people, headers hold the key, and error texts may hold either.
"""

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from enum import IntEnum
from typing import Any, Final, TypeVar

import aiohttp

from adapters.http.client_session import (
    LARGEST_ANSWER,
    AnswerTooLarge,
    ClientSession,
    pieces_of,
    read_answer,
)
from adapters.openai_chat.answers import Unreadable, answer_of, model_names
from adapters.openai_chat.patience import Patience
from adapters.openai_chat.stream import LARGEST_STREAM, StreamFailed, StreamReader
from bot.domain.assistant import instructions
from bot.domain.assistant.language_model import LanguageModel
from bot.domain.errors import reason_of
from bot.domain.sentence import Fact, sentence
from bot.ports.language_model import (
    ChatMessage,
    FailureKind,
    Heard,
    ModelAnswer,
    ModelFailure,
    ModelOutcome,
    ModelRequest,
    ModelsFound,
)

T = TypeVar("T")

MOST_TRIES: Final = 2
"""Asked again only where nothing was worked on: no connection was made, or it said that it is too busy."""
LONGEST_PAUSE_S: Final = 5.0
_BUSY: Final = frozenset({429, 503, 529})
_KEY_REFUSED: Final = frozenset({401, 403})
_NOT_SO: Final = frozenset({400, 405, 406, 415, 422, 501})
"""What an endpoint says that takes the question, and not the way in which it is asked."""
PROBE: Final = ModelRequest(model="", messages=(ChatMessage("user", instructions.PROBE),), most_tokens=16)
"""What is asked to see whether it is answered piece by piece."""


class _Manner(IntEnum):
    """How an answer is asked for, the best first."""

    STREAMED_AND_COUNTED = 0
    STREAMED = 1
    WHOLE = 2


class _RefusedSo(Exception):
    """It is not answered in this manner; in the next it may be."""


class _Failure(Exception):
    def __init__(
        self, kind: FailureKind, key: str, *, again_after: float | None = None, **facts: Fact
    ) -> None:
        super().__init__(key)
        self.kind = kind
        self.key = key
        self.facts = facts
        self.again_after = again_after
        """Seconds; None where asking again is not safe or of no use."""


class OpenAiChatClient:
    """`keys` are settings by their names."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = keys
        self._session = ClientSession()
        self._manners: dict[tuple[str, str], _Manner] = {}
        """Of those that refused a better one."""

    async def complete(
        self, model: LanguageModel, request: ModelRequest, heard: Heard | None = None
    ) -> ModelOutcome:
        patience = Patience(model.timeout, is_renewed=heard is not None)

        def hear(text: str) -> None:
            patience.renew()
            if heard is not None:
                heard(text)

        async def once() -> ModelAnswer:
            return await self._complete(model, request, hear)

        return await self._asked(model, once, named=request.model, patience=patience)

    async def streams(self, model: LanguageModel) -> bool | ModelFailure:
        many = 0

        def hear(_: str) -> None:
            nonlocal many
            many += 1

        async def once() -> bool:
            await self._complete(model, replace(PROBE, model=model.model), hear)
            return many > 0

        return await self._asked(model, once, named=model.model, patience=Patience(model.timeout))

    async def models(self, model: LanguageModel) -> ModelsFound | ModelFailure:
        async def once() -> ModelsFound:
            async with self._session.opened().get(
                f"{model.url}/models", headers=self._headers(model), allow_redirects=False
            ) as answer:
                if answer.status in (404, 405, 501):
                    return ModelsFound()
                _must_be_usable(answer)
                return ModelsFound(model_names(await read_answer(answer)))

        return await self._asked(model, once, named=model.model, patience=Patience(model.timeout))

    async def close(self) -> None:
        await self._session.close()

    async def _asked(
        self, model: LanguageModel, once: Callable[[], Awaitable[T]], *, named: str, patience: Patience
    ) -> T | ModelFailure:
        try:
            async with patience.ending():
                return await _tried(once)
        except _Failure as error:
            return _failure(model.host, error.kind, error.key, model=named, **error.facts)
        except TimeoutError:
            key = "operations.model_stalled" if patience.is_stalled else "operations.model_slow"
            seconds = f"{patience.waited_s:g}"
            return _failure(model.host, FailureKind.SLOW, key, model=named, seconds=seconds)

    async def _complete(self, model: LanguageModel, request: ModelRequest, heard: Heard) -> ModelAnswer:
        """In the best manner that the endpoint takes: where one is refused, nothing was worked on."""
        asked = (model.url, request.model)
        usual = _Manner.STREAMED_AND_COUNTED if model.is_streamed else _Manner.WHOLE
        for manner in list(_Manner)[self._manners.get(asked, usual) if model.is_streamed else usual :]:
            try:
                answer = await self._complete_so(model, request, manner, heard)
            except _RefusedSo:
                continue
            if manner is not usual:
                self._manners[asked] = manner
            return answer
        raise AssertionError("the last manner is answered or fails")

    async def _complete_so(
        self, model: LanguageModel, request: ModelRequest, manner: _Manner, heard: Heard
    ) -> ModelAnswer:
        body = _body(request, manner)
        async with self._session.opened().post(
            f"{model.url}/chat/completions", json=body, headers=self._headers(model), allow_redirects=False
        ) as answer:
            if answer.status in _NOT_SO and manner is not _Manner.WHOLE:
                raise _RefusedSo
            if answer.status == 404 or (answer.status == 400 and await _names_model(answer)):
                raise _Failure(FailureKind.MODEL, "operations.model_unknown")
            _must_be_usable(answer)
            if answer.content_type == "text/event-stream":
                return await _streamed(answer, heard)
            return _read(await read_answer(answer))

    def _headers(self, model: LanguageModel) -> dict[str, str]:
        if not model.key:
            return {}
        if not (key := self._keys.get(model.key)):
            raise _Failure(FailureKind.KEY, "operations.model_key_unset", variable=model.key)
        return {"Authorization": f"Bearer {key}"}


async def _tried(once: Callable[[], Awaitable[T]]) -> T:
    for left in reversed(range(MOST_TRIES)):
        try:
            return await _without_network_errors(once)
        except _Failure as error:
            if error.again_after is None or not left:
                raise
            await asyncio.sleep(error.again_after)
    raise AssertionError("a try returns or raises")


async def _without_network_errors(once: Callable[[], Awaitable[T]]) -> T:
    try:
        return await once()
    except AnswerTooLarge:
        limit = str(LARGEST_ANSWER // 2**20)
        raise _Failure(FailureKind.BROKEN, "operations.model_too_large", limit=limit) from None
    except Unreadable:
        raise _Failure(FailureKind.BROKEN, "operations.model_garbage") from None
    except StreamFailed as failed:
        kind = FailureKind.BUSY if failed.status in _BUSY else FailureKind.BROKEN
        raise _Failure(kind, "operations.model_failed_midway") from None
    except (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError):
        raise _Failure(FailureKind.UNREACHABLE, "operations.model_certificate") from None
    except aiohttp.ClientConnectorError as error:
        reason = reason_of(error.os_error)
        raise _Failure(
            FailureKind.UNREACHABLE, "operations.model_unreachable", again_after=0.2, reason=reason
        ) from None
    except (aiohttp.ClientError, ValueError, OSError) as error:
        raise _Failure(FailureKind.BROKEN, "operations.model_broken", error=type(error).__name__) from None


def _body(request: ModelRequest, manner: _Manner) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": request.model,
        "messages": [_message(each) for each in request.messages],
        "max_tokens": request.most_tokens,
        "stream": manner is not _Manner.WHOLE,
    }
    if manner is _Manner.STREAMED_AND_COUNTED:
        body["stream_options"] = {"include_usage": True}
    if request.tools:
        body["tools"] = [
            {
                "type": "function",
                "function": {
                    "name": each.name,
                    "description": each.about,
                    "parameters": dict(each.parameters),
                },
            }
            for each in request.tools
        ]
        must = {"type": "function", "function": {"name": request.must_use}}
        body["tool_choice"] = must if request.must_use else "auto"
    return body


def _message(message: ChatMessage) -> dict[str, Any]:
    said: dict[str, Any] = {"role": message.role, "content": message.text}
    if message.calls:
        said["tool_calls"] = [
            {
                "id": each.id,
                "type": "function",
                "function": {"name": each.name, "arguments": json.dumps(dict(each.arguments))},
            }
            for each in message.calls
        ]
    if message.call:
        said["tool_call_id"] = message.call
    return said


def _must_be_usable(answer: aiohttp.ClientResponse) -> None:
    status = answer.status
    if status in _KEY_REFUSED:
        raise _Failure(FailureKind.KEY, "operations.model_forbidden", status=str(status))
    if status in _BUSY:
        raise _Failure(
            FailureKind.BUSY, "operations.model_busy", again_after=_pause(answer), status=str(status)
        )
    if 300 <= status < 400:
        # Whoever followed it would give the key, and people's words, to somebody else.
        raise _Failure(FailureKind.BROKEN, "operations.model_redirect", status=str(status))
    if not 200 <= status < 300:
        raise _Failure(FailureKind.BROKEN, "operations.model_status", status=str(status))


def _pause(answer: aiohttp.ClientResponse) -> float | None:
    """How long it asks to wait: RFC 9110, 10.2.3. None where that is too long for somebody who waits."""
    try:
        wanted = float(answer.headers.get("Retry-After", "1"))
    except ValueError:
        return None
    return max(wanted, 0.0) if wanted <= LONGEST_PAUSE_S else None


async def _names_model(answer: aiohttp.ClientResponse) -> bool:
    """Whether it complains of the model; what it says is looked at and never shown."""
    try:
        return b"model" in (await read_answer(answer))[:2_000].lower()
    except AnswerTooLarge:
        return False


async def _streamed(answer: aiohttp.ClientResponse, heard: Heard) -> ModelAnswer:
    """Until it says that it is over: some leave the connection open."""
    reader = StreamReader()
    async for piece in pieces_of(answer, most=LARGEST_STREAM):
        try:
            is_more = reader.feed(piece)
        except (Unreadable, StreamFailed):
            heard(reader.text)
            raise
        if is_more:
            heard(reader.text)
        if reader.is_over:
            break
    return reader.answer()


def _read(body: bytes) -> ModelAnswer:
    """Some stream and do not say so."""
    if not body.lstrip().startswith((b"data:", b"event:", b":")):
        return answer_of(body)
    reader = StreamReader()
    reader.feed(body)
    return reader.answer()


def _failure(host: str, kind: FailureKind, key: str, **facts: Fact) -> ModelFailure:
    return ModelFailure(kind, sentence(key, host=host, **facts))
