"""What a Web API method is to the server: who may call it, how often, and what it does."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.fakes.slack.rules.refusals import Json, Refusal
from tests.fakes.slack.web_api.arguments import Arguments
from tests.fakes.slack.world.records import Channel
from tests.fakes.slack.world.workspace import App, Workspace

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Method:
    perform: Callable[[Arguments], Json]
    tier: int
    scopes: tuple[str, ...] = ()
    token: str = "bot"  # "bot" or "app"


class Desk:
    """What methods share: finding the channel a call may touch, scopes by kind of channel, paging."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @property
    def app(self) -> App:
        return self.workspace.app

    def needs(self, *scopes: str) -> None:
        """Raises `Refusal("missing_scope")`: https://docs.slack.dev/authentication/tokens ("needed", "provided")."""
        missing = [scope for scope in scopes if scope not in self.app.scopes]
        if missing:
            raise Refusal(
                "missing_scope", needed=",".join(missing), provided=",".join(sorted(self.app.scopes))
            )

    def known(self, reference: str) -> Channel:
        """A channel the bot may know of: private ones only from inside. Raises `Refusal`."""
        channel = self.workspace.channel(reference)
        if channel.type != "channel" and not self.workspace.is_bot_in(channel):
            raise Refusal("channel_not_found")
        return channel

    def inside(self, reference: str) -> Channel:
        """A channel the bot is in. Raises `Refusal`."""
        channel = self.known(reference)
        if not self.workspace.is_bot_in(channel):
            raise Refusal("not_in_channel")
        return channel

    def page(
        self, items: Sequence[Item], arguments: Arguments, *, most: int = 1000
    ) -> tuple[list[Item], Json]:
        """https://docs.slack.dev/apis/web-api/pagination. Raises `Refusal("invalid_cursor")`."""
        limit = min(arguments.number("limit", 100), most)
        if limit < 1:
            raise Refusal("invalid_limit")
        start = _offset(arguments.text("cursor"))
        following = start + limit
        cursor = _cursor(following) if following < len(items) else ""
        return list(items[start:following]), {"response_metadata": {"next_cursor": cursor}}


def _cursor(offset: int) -> str:
    return base64.b64encode(f"next:{offset}".encode()).decode()


def _offset(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise Refusal("invalid_cursor") from None
