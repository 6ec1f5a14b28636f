"""Socket Mode: events over a connection that the desk opens, https://docs.slack.dev/apis/events-api/using-socket-mode.

What happens while no connection is open may be lost. So every gap is noticed and told, however short: a
connection that was replaced is one.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api.errors import UNREACHABLE, app_token_lost
from bot.domain.sentence import Sentence
from bot.outage import Outage

log = structlog.get_logger(__name__)

PING_S = 5.0
LOOK_S = 0.25
"""How often the connection is looked at."""
MARGIN = timedelta(seconds=2)
"""Added before a gap: the connection may have been dead a little before it looked so."""

REFUSED = re.compile(r"'error': '(\w+)'")
"""Slack's word in the library's lines, which show the whole answer."""
OF_A_PAYLOAD = re.compile("Failed to (?:run|process)")
"""So begin lines about what a payload did to us, not about the connection."""

WasAway = Callable[[datetime, datetime], Awaitable[None]]


class Socket:
    """`was_away` is told each time from when to when events may not have been heard."""

    def __init__(self, app: AsyncApp, *, client: AsyncWebClient, app_token: str, was_away: WasAway) -> None:
        self._app = app
        self._client = client
        self._app_token = app_token
        self._was_away = was_away
        self._handler: AsyncSocketModeHandler | None = None
        self._outage = Outage("the connection to Slack")
        self.is_connected = False

    @property
    def outage(self) -> Sentence | None:
        """Why there is no connection."""
        return self._outage.cause

    async def run(self) -> None:
        """Connect, and watch over the connection until cancelled."""
        logger = logging.Logger("slack_sdk.socket_mode", logging.ERROR)  # noqa: LOG001  ours, for one connection
        logger.addHandler(_FailureLog(self._outage))
        self._handler = AsyncSocketModeHandler(
            self._app, self._app_token, logger=logger, web_client=self._client, ping_interval=PING_S
        )
        await self._handler.connect_async()  # type: ignore[no-untyped-call]
        heard_at, session = datetime.now(UTC), await self._handler.client.session_id()
        while True:
            is_open, now = await self._handler.client.is_connected(), datetime.now(UTC)
            current = await self._handler.client.session_id()
            self.is_connected = is_open
            if is_open:
                self._outage.worked()
            if is_open and current != session:
                log.info("the connection to Slack was replaced", since=heard_at.isoformat())
                await self._was_away(heard_at - MARGIN, now)
                session = current
            if is_open:
                heard_at = now
            await asyncio.sleep(LOOK_S)

    async def close(self) -> None:
        self.is_connected = False
        if self._handler is not None:
            await self._handler.close_async()  # type: ignore[no-untyped-call]


class _FailureLog(logging.Handler):
    """The library tells of each attempt to connect, with a traceback: the operator hears of the outage."""

    def __init__(self, outage: Outage) -> None:
        super().__init__()
        self._outage = outage

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        refused = REFUSED.search(line)
        if refused is None and OF_A_PAYLOAD.match(line):
            logging.getLogger(record.name).handle(record)
            return
        log.debug("Socket Mode failed", line=line)
        self._outage.failed(app_token_lost(refused[1]) if refused else UNREACHABLE)
