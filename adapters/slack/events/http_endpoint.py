"""`POST /slack/events`: everything Slack sends over HTTP, handed to Bolt as it came.

Bolt checks the signature and its age over the raw body. What is refused has no effect and one line in the log.
"""

from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest

log = structlog.get_logger(__name__)

PATH = "/slack/events"
LARGEST_BODY = 2**20
"""Bytes; Slack's own payloads are far smaller, a modal's state being the largest."""

Dispatch = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


class HttpEndpoint:
    def __init__(self, dispatch: Dispatch) -> None:
        self._dispatch = dispatch

    def routes(self) -> list[web.RouteDef]:
        return [web.post(PATH, self._receive)]

    async def _receive(self, request: web.Request) -> web.Response:
        body = await _body_of(request)
        if body is None:
            return _refuse(413, "a body that is too large")
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not (stamp.isascii() and stamp.isdigit() and signature.isascii()):
            return _refuse(401, "no usable signature")
        try:
            bolt_request = AsyncBoltRequest(
                body=body.decode(),
                query=request.query_string,
                headers={name: request.headers[name] for name in request.headers},
            )
        except ValueError:
            return _refuse(400, "a body that is not what it says it is")
        answer = await self._dispatch(bolt_request)
        if answer.status == 401:
            return _refuse(401, "a wrong or old signature")
        return await to_aiohttp_response(answer)


async def _body_of(request: web.Request) -> bytes | None:
    """The body, or None as soon as it is known to be too large."""
    if (request.content_length or 0) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _refuse(status: int, what: str) -> web.Response:
    log.warning("a request to Slack's entrance was refused", status=status, reason=what)
    return web.Response(status=status, text="refused")
