"""Webhooks as a platform that is only sent to: what the desk says there is a request to the address of that name.

A channel `webhook:pager` is the webhook `pager` of `desk.yaml`. Nothing is edited or taken back: a receiver is told
once, under a key by which it can tell a repetition.
"""

import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from adapters.kit.outcomes import shows_no
from adapters.webhook.capabilities import CAPABILITIES, PLATFORM
from adapters.webhook.signature import SIGNATURE, TIMESTAMP, signature
from bot.domain.desk import Desk
from bot.domain.findings import Finding
from bot.domain.sentence import sentence
from bot.messages.delivery import Delivered, Delivery, Postponed, RefusedByPlatform
from bot.messages.outbound import Home, Notice, OutboundMessage, ThreadHeader
from bot.messages.plain import plain
from bot.ports.platform import Platform

PATIENCE_S = 10.0
LONGEST_WAIT_S = 3_600.0
LATER = frozenset({408, 425, 429})
"""Besides all of 5xx: answers that mean "not now" (RFC 9110, RFC 8470, RFC 6585)."""

Urls = Callable[[], Mapping[str, str]]


class WebhookPlatform:
    """`urls` gives the addresses in force, by name; without a `secret` requests carry no signature."""

    name = PLATFORM

    def __init__(self, *, urls: Urls, secret: str | None) -> None:
        self._urls = urls
        self._secret = secret
        self._client: aiohttp.ClientSession | None = None

    def parts(self) -> Platform:
        """As the desk sees it: nobody speaks here."""
        return Platform(capabilities=CAPABILITIES, sender=self, diagnostics=self)

    async def deliver(self, message: OutboundMessage) -> Delivery:
        match message.content:
            case _ if message.shown:
                return Delivered(message.shown)
            case Notice() as notice:
                return await self._tell(message, notice)
            case Home() | ThreadHeader() as content:
                return shows_no(content, platform=PLATFORM.capitalize())
            case None:
                return Delivered(())
            case _:
                return RefusedByPlatform(sentence("deliveries.webhook_only_notices"))

    async def _tell(self, message: OutboundMessage, notice: Notice) -> Delivery:
        name = message.address.channel.channel
        url = self._urls().get(name)
        if url is None:
            return RefusedByPlatform(sentence("deliveries.webhook_unknown", name=name))
        body = json.dumps(_body(message, notice), ensure_ascii=False).encode()
        try:
            async with self._session().post(
                url, data=body, headers=self._headers(body, message.key), allow_redirects=False
            ) as answer:
                return _outcome(name, answer, key=message.key)
        except (aiohttp.ClientError, TimeoutError) as error:
            reason = sentence("deliveries.webhook_silent", name=name, error=type(error).__name__)
            return Postponed(0, reason)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def diagnose(self, desk: Desk) -> Sequence[Finding]:
        del desk
        if self._urls() and not self._secret:
            unsigned = sentence("operations.webhook_unsigned")
            return [Finding.warning(unsigned)]
        return ()

    async def known_addresses(self, addresses: Collection[str]) -> frozenset[str]:
        """Programs have no people."""
        del addresses
        return frozenset()

    def _session(self) -> aiohttp.ClientSession:
        """Made when it is needed first: a session belongs to the event loop that it is used in."""
        if self._client is None:
            self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE_S))
        return self._client

    def _headers(self, body: bytes, key: str) -> dict[str, str]:
        now = int(time.time())
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, TIMESTAMP: str(now)}
        if self._secret:
            headers[SIGNATURE] = signature(body, secret=self._secret, timestamp=now)
        return headers


def _body(message: OutboundMessage, notice: Notice) -> dict[str, Any]:
    """`tickets` are the references that the text is about, in its order."""
    tickets = [button.ticket for button in notice.buttons if button.ticket]
    return {
        "key": message.key,
        "text": plain(notice.text),
        "tone": notice.tone.value,
        "tickets": list(dict.fromkeys(tickets)),
    }


def _outcome(name: str, answer: aiohttp.ClientResponse, *, key: str) -> Delivery:
    if 200 <= answer.status < 300:
        return Delivered((key,))
    facts = {"name": name, "error": f"{answer.status} {answer.reason or ''}".strip()}
    if answer.status >= 500 or answer.status in LATER:
        reason = sentence("deliveries.webhook_answered", **facts)
        return Postponed(_wait(answer.headers.get("Retry-After", "")), reason)
    return RefusedByPlatform(sentence("deliveries.webhook_refused", **facts))


def _wait(retry_after: str) -> float:
    """Seconds that the receiver asks for (RFC 9110, 10.2.3); 0 where it asks for none that can be read."""
    if retry_after.isdecimal():
        return min(float(retry_after), LONGEST_WAIT_S)
    try:
        wait = parsedate_to_datetime(retry_after).timestamp() - time.time()
    except ValueError:
        return 0
    return min(max(wait, 0), LONGEST_WAIT_S)
