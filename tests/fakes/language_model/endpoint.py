"""An endpoint on this machine that speaks OpenAI's chat completions, and can fail, lie and obey whoever writes to it.

https://platform.openai.com/docs/api-reference/chat
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

KEY = "sk-sesame-open-4711-4711"
MODEL = "tiny"
FLOOD_BYTES = 20 * 2**20

Answering = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]


@dataclass
class Endpoint:
    """`says` is what it answers; `calls` are the tools it uses. `answering` takes the place of all that."""

    url: str = ""
    key: str = KEY
    """Empty: it needs none."""
    says: str = "It is the cable."
    calls: list[tuple[str, Any]] = field(default_factory=list)
    models: list[str] = field(default_factory=lambda: [MODEL, "big"])
    answering: Answering | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def heard(self) -> str:
        """All that left for it."""
        return json.dumps(self.asked, ensure_ascii=False)

    async def take(self, request: web.Request) -> web.StreamResponse:
        body: dict[str, Any] = await request.json()
        self.asked.append(body)
        self.headers.append(dict(request.headers))
        if self.answering is not None:
            return await self.answering(request, body)
        if not self._lets_in(request):
            return _refusal(401, "Incorrect API key provided: sk-ses****.")
        if body["model"] not in self.models:
            return _refusal(404, f"The model `{body['model']}` does not exist.")
        return await self._gives(request, body, self.says, self.calls)

    def _lets_in(self, request: web.Request) -> bool:
        return not self.key or request.headers.get("Authorization") == f"Bearer {self.key}"

    async def list_models(self, request: web.Request) -> web.StreamResponse:
        self.headers.append(dict(request.headers))
        if not self._lets_in(request):
            return _refusal(401, "Incorrect API key provided.")
        return web.json_response({"object": "list", "data": [{"id": each} for each in self.models]})

    async def streams(
        self, request: web.Request, text: str, calls: list[tuple[str, Any]]
    ) -> web.StreamResponse:
        """The same, piece by piece, cut in the middle of lines and letters."""
        deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
        size = max(3, len(text) // 50)
        deltas += [{"content": text[at : at + size]} for at in range(0, len(text), size)]
        for at, (name, arguments) in enumerate(calls):
            written = json.dumps(arguments)
            first = {"index": at, "id": f"call-{at}", "function": {"name": name, "arguments": written[:3]}}
            deltas += [{"tool_calls": [first]}]
            deltas += [{"tool_calls": [{"index": at, "function": {"arguments": written[3:]}}]}]
        pieces: list[dict[str, Any]] = [{"choices": [{"index": 0, "delta": each}]} for each in deltas]
        pieces.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        pieces.append({"choices": [], "usage": {"total_tokens": 42}})
        lines = "".join(f"data: {json.dumps(each, ensure_ascii=False)}\n\n" for each in pieces)
        sent = (": comment\n\n" + lines + "data: [DONE]\n\n").encode()
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        size = max(37, len(sent) // 50)
        for start in range(0, len(sent), size):
            await answer.write(sent[start : start + size])
        return answer

    async def hangs(self, _: web.Request, __: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(3_600)
        raise AssertionError("nobody waits that long")

    async def drips(self, request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        """A stream that never ends."""
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        while True:
            await answer.write(b'data: {"choices": [{"delta": {"content": "a"}}]}\n\n')
            await asyncio.sleep(0.01)

    async def floods(self, request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "application/json"})
        await answer.prepare(request)
        for _number in range(FLOOD_BYTES // 2**16):
            await answer.write(b"[" * 2**16)
        return answer

    async def cuts(self, request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        """Ends in the middle of an answer."""
        assert request.transport is not None
        request.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        request.transport.close()
        return web.Response()

    async def obeys(self, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        """A model that obeys people's text: it looks at all it can, proposes every command in it, and repeats it."""
        told = "\n".join(str(each["content"]) for each in body["messages"][1:])
        tools = {each["function"]["name"] for each in body.get("tools", ())}
        if "look" in tools and not any(each["role"] == "tool" for each in body["messages"]):
            return await self._gives(request, body, "", [("look", {"query": "is:open"})])
        commands = re.findall(r"/(?:desk|ticket|desk-admin)[^\n<&]*", told)
        calls = [("propose", {"commands": commands[:20], "remark": told})] if tools else []
        return await self._gives(request, body, told, calls)

    async def _gives(
        self, request: web.Request, body: dict[str, Any], text: str, calls: list[tuple[str, Any]]
    ) -> web.StreamResponse:
        if body["stream"]:
            return await self.streams(request, text, calls)
        return web.json_response(completion(text, calls))


def answers(
    text: str, *, status: int = 200, content_type: str = "application/json", **headers: str
) -> Answering:
    async def answering(_: web.Request, __: dict[str, Any]) -> web.StreamResponse:
        return web.Response(text=text, status=status, content_type=content_type, headers=headers)

    return answering


def answers_first(*answerings: Answering, endpoint: Endpoint) -> Answering:
    """One after the other, and then as usual."""
    waiting = list(answerings)

    async def answering(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        if waiting:
            return await waiting.pop(0)(request, body)
        return web.json_response(completion(endpoint.says, endpoint.calls))

    return answering


def completion(text: str, calls: list[tuple[str, Any]] | None = None, *, tokens: int = 42) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": text or None}
    if calls:
        message["tool_calls"] = [
            {
                "id": f"call-{at}",
                "type": "function",
                "function": {
                    "name": name,
                    "arguments": arguments if isinstance(arguments, str) else json.dumps(arguments),
                },
            }
            for at, (name, arguments) in enumerate(calls)
        ]
    return {"choices": [{"index": 0, "message": message}], "usage": {"total_tokens": tokens}}


def _refusal(status: int, words: str) -> web.Response:
    return web.json_response({"error": {"message": words}}, status=status)


@asynccontextmanager
async def open_endpoint() -> AsyncIterator[Endpoint]:
    endpoint = Endpoint()
    app = web.Application(client_max_size=2**24)
    app.router.add_post("/v1/chat/completions", endpoint.take)
    app.router.add_get("/v1/models", endpoint.list_models)
    server = TestServer(app)
    await server.start_server()
    try:
        endpoint.url = str(server.make_url("/v1"))
        yield endpoint
    finally:
        await server.close()
