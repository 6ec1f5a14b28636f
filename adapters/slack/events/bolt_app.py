"""The Bolt app: which kind of payload goes to whom, and when it counts as acknowledged.

With `process_before_response` Slack hears of an event's fate only after its listener has ended. Who the desk
is comes from the platform's own `auth.test`; until that is known nothing is acknowledged.
"""

import json
import logging
import re
from typing import Any, Protocol

import structlog
from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api.addresses import Identity, Json

log = structlog.get_logger(__name__)

ANYTHING = re.compile(".*")


class NotListening(Exception):
    """The desk does not listen just now; Slack sends events again."""


class Listener(Protocol):
    """What the app hands payloads to. Raises NotListening while the desk does not listen."""

    @property
    def identity(self) -> Identity: ...

    async def hear(self, event: Json) -> BoltResponse: ...

    async def command(self, payload: Json) -> Json: ...

    async def press(self, payload: Json) -> None: ...

    async def submission(self, payload: Json) -> Json: ...

    async def closing(self, payload: Json) -> None: ...

    async def shortcut(self, payload: Json) -> None: ...


def bolt_app(listener: Listener, *, client: AsyncWebClient, signing_secret: str) -> AsyncApp:
    # Bolt's own lines repeat ours, and at level INFO they show what people wrote.
    logger = logging.getLogger("slack_bolt")
    # And it would warn that it does not use the SLACK_BOT_TOKEN that it finds in the environment: we do.
    logger.setLevel(logging.ERROR)

    async def authorize() -> AuthorizeResult:
        identity = listener.identity
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team,
            bot_user_id=identity.user,
            bot_id=identity.bot,
            bot_token=client.token,
        )

    app = AsyncApp(
        name="slack",  # Bolt names its loggers by it, and sets their level
        logger=logger,
        client=AsyncWebClient(base_url=client.base_url, retry_handlers=[]),
        authorize=authorize,
        signing_secret=signing_secret,
        process_before_response=True,
    )
    logger.setLevel(logging.WARNING)
    _listen(app, listener)
    return app


def _listen(app: AsyncApp, listener: Listener) -> None:
    @app.event(ANYTHING)
    async def on_event(event: Json) -> BoltResponse:
        return await listener.hear(event)

    @app.command(ANYTHING)
    async def on_command(body: Json) -> BoltResponse:
        return _answer(await listener.command(body))

    @app.action({"action_id": ANYTHING})
    async def on_action(body: Json) -> BoltResponse:
        await listener.press(body)
        return _answer({})

    @app.view(ANYTHING)
    async def on_view(body: Json) -> BoltResponse:
        return _answer(await listener.submission(body))

    @app.view_closed(ANYTHING)
    async def on_view_closed(body: Json) -> BoltResponse:
        await listener.closing(body)
        return _answer({})

    @app.shortcut(ANYTHING)
    async def on_shortcut(body: Json) -> BoltResponse:
        await listener.shortcut(body)
        return _answer({})

    @app.error
    async def on_error(error: Exception) -> BoltResponse:
        if isinstance(error, NotListening):
            return BoltResponse(status=503)
        log.error("a payload from Slack could not be handled", exc_info=error)
        return BoltResponse(status=500)


def _answer(body: dict[str, Any]) -> BoltResponse:
    if not body:
        return BoltResponse(status=200)
    return BoltResponse(status=200, body=json.dumps(body), headers={"content-type": ["application/json"]})
