"""The door of REST v10: which route, planned faults, token, rate, body; then the handler, and what it refuses.

https://discord.com/developers/docs/reference · https://discord.com/developers/docs/topics/rate-limits
"""

import asyncio
import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import unquote

from aiohttp import BodyPartReader, web

from tests.fakes.discord.rest.drafts import Upload
from tests.fakes.discord.rest.failures import Failure, FailurePlan
from tests.fakes.discord.rules.rates import Limited, Limiter
from tests.fakes.discord.rules.refusals import KNOWN, UNAUTHORIZED, Refusal, invalid
from tests.fakes.discord.world.world import World

Answer: TypeAlias = dict[str, Any] | list[Any] | None

PREFIX = "/api/v10"
# https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
_INVALID = frozenset({401, 403, 429})
_MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token", "interaction_token")


@dataclass(slots=True)
class Call:
    """One request, and afterwards how it was answered."""

    method: str
    path: str  # the endpoint's pattern
    ids: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = field(default_factory=dict)
    uploads: dict[int, Upload] = field(default_factory=dict)
    at: float = 0.0  # Discord's seconds since the server began
    status: int = 0
    code: int | None = None
    answer: Answer = None

    @property
    def route(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def channel(self) -> int | None:
        return self.ids.get("channel_id")

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300


class TooFast(Exception):
    """A sub-limit that no header tells."""

    def __init__(self, limited: Limited) -> None:
        super().__init__(f"come again in {limited.wait_s:.1f} s")
        self.limited = limited


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`handler` gives the answer's body; None is 204. `applies` tells routes of the same form apart."""

    method: str
    path: str
    handler: Callable[[Call], Answer]
    status: int = 200
    needs_token: bool = True
    is_counted_globally: bool = True
    applies: Callable[[Call], bool] | None = None


class Rest:
    def __init__(
        self, world: World, endpoints: Iterable[Endpoint], limiter: Limiter, failures: FailurePlan
    ) -> None:
        self._world = world
        self._endpoints = [(endpoint, endpoint.path.split("/")) for endpoint in endpoints]
        self._limiter = limiter
        self._failures = failures
        self.calls: list[Call] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self._limiter.is_banned:
            return web.Response(
                status=429, text="<html>You are being rate limited</html>", content_type="text/html"
            )
        call = Call(request.method, "", at=self._world.pace.elapsed(), query=request.query)
        self.calls.append(call)
        try:
            endpoint = self._find(call, request.raw_path.partition("?")[0].removeprefix(PREFIX))
            response = await self._with_faults(endpoint, call, request)
        except Refusal as refusal:
            response = self._refused(call, refusal)
        call.status = response.status
        if response.status in _INVALID and response.headers.get("X-RateLimit-Scope") != "shared":
            self._limiter.note_invalid()
        return response

    def _find(self, call: Call, path: str) -> Endpoint:
        """Raises `Refusal` for a route that is not there."""
        steps = path.split("/")
        for endpoint, pattern in self._endpoints:
            if endpoint.method != call.method or not _fits(pattern, steps):
                continue
            call.path, call.ids, call.texts = endpoint.path, {}, {}
            _fill(call, pattern, steps)
            if endpoint.applies is None or endpoint.applies(call):
                return endpoint
        if any(_fits(pattern, steps) for _, pattern in self._endpoints):
            raise Refusal(0, status=405, message="405: Method Not Allowed")
        raise Refusal(0, status=404, message="404: Not Found")

    async def _with_faults(self, endpoint: Endpoint, call: Call, request: web.Request) -> web.Response:
        fault = self._failures.strike(call.route, call.channel)
        if fault is None:
            return await self._limited(endpoint, call, request)
        response = await self._limited(endpoint, call, request) if fault.after else web.Response(status=504)
        if fault.hang_s is not None:
            await asyncio.sleep(fault.hang_s)
            return response
        if fault.drop:
            if request.transport is not None:
                request.transport.abort()
            return response
        return self._faulty(call, fault)

    async def _limited(self, endpoint: Endpoint, call: Call, request: web.Request) -> web.Response:
        headers: Mapping[str, str] = {}
        try:
            if endpoint.needs_token:
                self._check_token(request)
            major = "+".join(str((call.ids | call.texts).get(name, "")) for name in _MAJOR)
            taken = self._limiter.take(call.route, major, is_counted_globally=endpoint.is_counted_globally)
            if isinstance(taken, Limited):
                return self._slowed(call, taken)
            headers = taken
            await _read_body(call, request)
            call.answer = endpoint.handler(call)
        except TooFast as slow:
            return self._slowed(call, slow.limited, headers)
        except Refusal as refusal:
            return self._refused(call, refusal, headers)
        if call.answer is None:
            return web.Response(status=204, headers=_with_via(headers))
        return _json(call.answer, endpoint.status, headers)

    def _check_token(self, request: web.Request) -> None:
        """https://discord.com/developers/docs/reference#authentication."""
        if request.headers.get("Authorization") != f"Bot {self._world.application.token}":
            raise Refusal(0, status=401, message=UNAUTHORIZED)

    def _slowed(self, call: Call, limited: Limited, headers: Mapping[str, str] | None = None) -> web.Response:
        call.code = limited.code
        pace = self._world.pace
        told = {
            **(headers or limited.headers),
            "Retry-After": str(math.ceil(pace.real(limited.wait_s))),
            "X-RateLimit-Scope": limited.scope,
        }
        return _json(limited.body(pace), 429, told)

    def _refused(
        self, call: Call, refusal: Refusal, headers: Mapping[str, str] | None = None
    ) -> web.Response:
        call.code = refusal.code
        return _json(refusal.body(), refusal.status, {**(headers or {}), **refusal.headers})

    def _faulty(self, call: Call, fault: Failure) -> web.Response:
        status, message = KNOWN.get(fault.code or 0, (fault.status or 500, "Internal Server Error"))
        status = fault.status or status
        if status == 429:
            answer = self._slowed(call, Limited(fault.retry_after_s, "user", {}, fault.code))
            if not fault.is_proxied:
                del answer.headers["Via"]
            return answer
        return self._refused(call, Refusal(fault.code or 0, status=status, message=message))


def _fits(pattern: list[str], steps: list[str]) -> bool:
    if len(pattern) != len(steps):
        return False
    return all(want.startswith("{") or want == got for want, got in zip(pattern, steps, strict=True))


def _fill(call: Call, pattern: list[str], steps: list[str]) -> None:
    """Raises 50035 for an id that is no number."""
    for want, got in zip(pattern, steps, strict=True):
        if not want.startswith("{"):
            continue
        name = want.strip("{}")
        if not name.endswith("_id"):
            call.texts[name] = unquote(got)
        elif got.isdecimal():
            call.ids[name] = int(got)
        else:
            raise invalid(name, "NUMBER_TYPE_COERCE", f'Value "{got}" is not snowflake.')


async def _read_body(call: Call, request: web.Request) -> None:
    """JSON, or a form of `payload_json` and `files[n]`: https://discord.com/developers/docs/reference#uploading-files."""
    if request.content_type != "multipart/form-data":
        call.body = _parsed(await request.read())
        return
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        assert isinstance(part, BodyPartReader)
        if part.name == "payload_json":
            call.body = _parsed(bytes(await part.read()))
        elif part.name is not None and part.name.startswith("files["):
            number = int(part.name.removeprefix("files[").removesuffix("]"))
            call.uploads[number] = Upload(part.filename or "unknown", bytes(await part.read()))


def _parsed(raw: bytes) -> Any:
    if not raw:
        return {}
    try:
        return json.loads(raw)
    except ValueError:
        raise Refusal(50109) from None


def _json(body: Answer, status: int, headers: Mapping[str, str]) -> web.Response:
    # Exactly this content type: clients read no other as JSON.
    return web.Response(
        status=status,
        body=json.dumps(body).encode(),
        content_type="application/json",
        headers=_with_via(headers),
    )


def _with_via(headers: Mapping[str, str]) -> dict[str, str]:
    """Answers come by way of a proxy, and clients take a 429 without this header for a ban."""
    return {**headers, "Via": "1.1 google"}
