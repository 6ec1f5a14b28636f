"""`POST /slack/events`: everything Slack sends over HTTP, handed to Bolt as it came.

The signature and its age are checked over the raw body before anything is read from it. What is refused has no
effect and one line in the log. What people say, which is most of it, goes straight to the listener: nothing that Bolt
could find out about it matters.
"""

import json
import re
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from adapters.http.rights import declares
from adapters.slack.api.addresses import Json
from bot.ports.sessions.sign_ins import Right

log = structlog.get_logger(__name__)

PATH = "/slack/events"
LARGEST_BODY = 2**20
"""Bytes; Slack's own payloads are far smaller, a modal's state being the largest."""

STAMP = re.compile(r"[0-9]{1,12}")
"""Seconds since 1970; a longer number is none that a clock could have shown."""

Dispatch = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
Hear = Callable[[Json], Awaitable[BoltResponse]]


class HttpEndpoint:
    def __init__(
        self, dispatch: Dispatch, *, hear: Hear, signing_secret: str, is_own_post: Callable[[str], bool]
    ) -> None:
        """`hear` takes what somebody said; `is_own_post` knows a payload that tells what the desk itself posted."""
        self._dispatch = dispatch
        self._hear = hear
        self._is_own_post = is_own_post
        self._verifier = SignatureVerifier(signing_secret)

    def routes(self) -> list[web.RouteDef]:
        return [web.post(PATH, self._receive)]

    @declares(Right.ANYBODY)
    async def _receive(self, request: web.Request) -> web.Response:
        body = await _body_of(request)
        if body is None:
            return _refuse(413, "too large")
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not (STAMP.fullmatch(stamp) and signature.isascii()):
            return _refuse(401, "no signature")
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return _refuse(400, "not UTF-8")
        if not self._verifier.is_valid(text, stamp, signature):
            return _refuse(401, "wrong signature")
        if self._is_own_post(text):
            return web.Response()
        said = _said(text)
        if said is not None:
            return web.Response(status=(await self._hear(said)).status)
        bolt_request = _read(request, text)
        if bolt_request is None:
            return _refuse(400, "malformed body")
        return await to_aiohttp_response(await self._dispatch(bolt_request))


def _said(text: str) -> Json | None:
    """The event, where a payload tells of a person's new message; None for all else, which Bolt looks into."""
    if '"event_callback"' not in text:
        return None
    try:
        payload = json.loads(text)
        event = payload["event"]
        if payload["type"] != "event_callback" or event["type"] != "message":
            return None
        is_plain = not (event.get("subtype") or event.get("bot_id"))
        return event if is_plain and event.get("user") and event.get("channel") and event.get("ts") else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _read(request: web.Request, text: str) -> AsyncBoltRequest | None:
    """As Bolt reads it; None for what is no JSON object, or one so deep that it cannot be read."""
    try:
        read = AsyncBoltRequest(
            body=text,
            query=request.query_string,
            headers={name: request.headers[name] for name in request.headers},
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ):  # Bolt takes for granted that it is an object
        return None
    body: object = read.body
    return read if isinstance(body, dict) else None


async def _body_of(request: web.Request) -> bytes | None:
    """The body, or None as soon as it is known to be too large."""
    if (request.content_length or 0) > LARGEST_BODY:
        return None
    if request.content_length is not None:
        return await request.content.read()
    body = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _refuse(status: int, what: str) -> web.Response:
    log.warning("a request to Slack's entrance was refused", status=status, reason=what)
    return web.Response(status=status, text="refused")
