"""A real Bolt app beside the Slack server: over HTTP on loopback, or over Socket Mode."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import SlackServer


def bolt_app(slack: SlackServer) -> AsyncApp:
    """Acknowledges when its listener is done, as an app that commits first has to."""
    return AsyncApp(
        client=client(slack), signing_secret=slack.app.signing_secret, process_before_response=True
    )


def client(slack: SlackServer, token: str | None = None) -> AsyncWebClient:
    return AsyncWebClient(token=token or slack.app.bot_token, base_url=slack.api_url)


@asynccontextmanager
async def serving(app: AsyncApp) -> AsyncIterator[str]:
    """The address Slack sends to."""
    server = AsyncSlackAppServer(port=0, path="/slack/events", app=app)
    async with serving_web(server.web_app) as address:
        yield f"{address}/slack/events"


@asynccontextmanager
async def serving_web(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def connected(slack: SlackServer, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """An open socket; comes back by itself within a fraction of a second when it is cut."""
    before = slack.sockets.count
    handler = AsyncSocketModeHandler(app, slack.app.app_token, ping_interval=0.2)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await slack.until(lambda: slack.sockets.count > before, "the socket is open")
    try:
        yield handler
    finally:
        await _close(handler)


async def _close(handler: AsyncSocketModeHandler) -> None:
    tasks = [
        handler.client.message_processor,
        handler.client.current_session_monitor,
        handler.client.message_receiver,
    ]
    await handler.close_async()  # type: ignore[no-untyped-call]
    for task in tasks:
        if task is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def post_json(url: str, body: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        return response.status, await response.text()
