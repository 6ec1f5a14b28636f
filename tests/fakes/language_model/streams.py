"""Streams of the endpoint on this machine: slow, cut anywhere, refused, dying in the middle, and full of nonsense."""

import asyncio
import json
from typing import Any

from aiohttp import web

from tests.fakes.language_model.endpoint import Answering, completion

DONE = "data: [DONE]\n\n"


def event(delta: dict[str, Any], **more: Any) -> str:
    """One piece of a completion, as it is written."""
    return f"data: {json.dumps({'choices': [{'index': 0, 'delta': delta} | more]}, ensure_ascii=False)}\n\n"


def text(*pieces: str) -> str:
    return "".join(event({"content": each}) for each in pieces)


def end(reason: str = "stop", *, tokens: int | None = None) -> str:
    usage = "" if tokens is None else f'data: {{"choices": [], "usage": {{"total_tokens": {tokens}}}}}\n\n'
    return event({}, finish_reason=reason) + usage + DONE


def sends(written: str, *, cut_at: int = 37, content_type: str = "text/event-stream") -> Answering:
    """These bytes, so many at a time, in the middle of lines and letters."""

    async def answering(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        answer = await _opened(request, content_type)
        sent = written.encode()
        for start in range(0, len(sent), cut_at):
            await answer.write(sent[start : start + cut_at])
        return answer

    return answering


def dies(written: str) -> Answering:
    """The connection breaks behind this."""

    async def answering(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        answer = await _opened(request)
        await answer.write(written.encode())
        await asyncio.sleep(0.05)
        assert request.transport is not None
        request.transport.abort()
        return answer

    return answering


def stalls(written: str, *, keeps_alive: bool = False) -> Answering:
    """Nothing of an answer comes behind this, and the connection stays."""

    async def answering(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        answer = await _opened(request)
        await answer.write(written.encode())
        while True:
            await asyncio.sleep(0.05)
            if keeps_alive:
                await answer.write(b": keep-alive\n\n")

    return answering


def refuses_streams(
    *, words: str = "This model does not support streaming.", at_all: bool = True
) -> Answering:
    """Answers whole questions alone; or streams too, but not with a count."""

    async def answering(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        if "stream_options" in body or (body["stream"] and at_all):
            return web.json_response({"error": {"message": words}}, status=400)
        if body["stream"]:
            return await sends(text("It is ", "the cable.") + end())(request, body)
        return web.json_response(completion("It is the cable."))

    return answering


class Dictation:
    """An answer that comes as the test says it: `says("It is ")`, and then `ends()`."""

    def __init__(self) -> None:
        self._written: asyncio.Queue[str | None] = asyncio.Queue()

    async def __call__(self, request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        answer = await _opened(request)
        while (written := await self._written.get()) is not None:
            await answer.write(written.encode())
        return answer

    def says(self, *pieces: str) -> None:
        self._written.put_nowait(text(*pieces))

    def ends(self) -> None:
        self._written.put_nowait(end(tokens=42))
        self._written.put_nowait(None)

    def breaks_off(self) -> None:
        """Without a word that it is the end."""
        self._written.put_nowait(None)


async def _opened(request: web.Request, content_type: str = "text/event-stream") -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": content_type})
    await answer.prepare(request)
    return answer
