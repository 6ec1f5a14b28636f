"""One webhook for each channel, by which people's words carry their own names and pictures.

https://discord.com/developers/docs/resources/webhook. The desk's is found again by its application, made when it is
needed first, and done without where it is not permitted.
"""

import asyncio
import time

import structlog

from adapters.discord.api.addresses import Identity, Json
from adapters.discord.api.calls import Calls, DiscordRefused
from adapters.discord.api.errors import MISSING_ACCESS, MISSING_PERMISSIONS, MOST_WEBHOOKS, UNKNOWN_CHANNEL
from adapters.kit.rate_limits import Urgency

log = structlog.get_logger(__name__)

NAME = "Desk"
DONE_WITHOUT = frozenset({MISSING_ACCESS, MISSING_PERMISSIONS, MOST_WEBHOOKS, UNKNOWN_CHANNEL})
LOOK_AGAIN_S = 600.0


class Webhooks:
    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._tokens: dict[int, str] = {}
        self._of_channel: dict[int, int] = {}
        self._refused_at: dict[int, float] = {}
        self._locks: dict[int, asyncio.Lock] = {}

    async def of(self, channel: int, identity: Identity, *, urgency: Urgency = Urgency.NEW) -> int | None:
        """The desk's webhook in this channel; None where there can be none. Raises Unsure and Busy."""
        if channel in self._of_channel:
            return self._of_channel[channel]
        refused_at = self._refused_at.get(channel)
        if refused_at is not None and time.monotonic() - refused_at < LOOK_AGAIN_S:
            return None
        try:
            async with self._locks.setdefault(channel, asyncio.Lock()):
                # Two words at once need one webhook, not two.
                return self._of_channel.get(channel) or await self._find_or_make(channel, identity, urgency)
        except DiscordRefused as refused:
            if refused.code not in DONE_WITHOUT:
                raise
            log.info("names stand before the words here: no webhook", channel=channel, reason=str(refused))
            self._refused_at[channel] = time.monotonic()
            return None

    def token(self, webhook: int) -> str | None:
        """None for one that is not the desk's any more: what it posted cannot be changed."""
        return self._tokens.get(webhook)

    def forget(self, webhook: int) -> None:
        """It is gone: somebody deleted it."""
        self._tokens.pop(webhook, None)
        self._of_channel = {channel: each for channel, each in self._of_channel.items() if each != webhook}

    def permissions_changed(self) -> None:
        self._refused_at.clear()

    async def _find_or_make(self, channel: int, identity: Identity, urgency: Urgency) -> int:
        there: list[Json] = await self._calls.call(
            "GET", "/channels/{channel_id}/webhooks", channel_id=channel, urgency=urgency
        )
        ours = [each for each in there if str(each.get("application_id")) == str(identity.application)]
        found = next((each for each in ours if each.get("token")), None)
        if found is None:
            found = await self._calls.call(
                "POST",
                "/channels/{channel_id}/webhooks",
                channel_id=channel,
                body={"name": NAME},
                urgency=urgency,
                once=True,
            )
        webhook = int(found["id"])
        self._tokens[webhook] = str(found["token"])
        self._of_channel[channel] = webhook
        return webhook
