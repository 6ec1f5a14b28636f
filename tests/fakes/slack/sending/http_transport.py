"""Requests to the app's address, signed: https://docs.slack.dev/authentication/verifying-requests-from-slack."""

import hashlib
import hmac
import json
import time
import urllib.parse
from typing import Any

import aiohttp

from tests.fakes.slack.rules.pace import Pace
from tests.fakes.slack.sending.parcels import ANSWER_TIME_S, Parcel, Retry, Taken
from tests.fakes.slack.world.workspace import App


class HttpTransport:
    def __init__(self, app: App, pace: Pace, session: aiohttp.ClientSession, *, url: str) -> None:
        self._app = app
        self._pace = pace
        self._session = session
        self.url = url

    async def send(self, parcel: Parcel, *, retry: Retry | None = None) -> Taken:
        body, content_type = _encoded(parcel)
        headers = signed(self._app.signing_secret, body) | {"Content-Type": content_type}
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}
        timeout = aiohttp.ClientTimeout(total=self._pace.deadline(ANSWER_TIME_S))
        try:
            async with self._session.post(
                self.url, data=body, headers=headers, timeout=timeout, max_redirects=2
            ) as response:
                return await _taken(response)
        except TimeoutError:
            return Taken(problem="http_timeout")
        except aiohttp.TooManyRedirects:
            return Taken(problem="too_many_redirects")
        except aiohttp.ClientConnectorError:
            return Taken(problem="connection_failed")
        except aiohttp.ClientError:
            return Taken(problem="unknown_error")

    async def replay(self, body: bytes, *, age_s: int) -> int:
        """Send a request that was signed so long ago; the status it is answered with."""
        headers = signed(self._app.signing_secret, body, at=int(time.time()) - age_s)
        headers["Content-Type"] = "application/json"
        async with self._session.post(self.url, data=body, headers=headers) as response:
            return response.status

    async def verify_url(self) -> bool:
        """Whether the app echoes the challenge: https://docs.slack.dev/reference/events/url_verification."""
        challenge = {
            "token": "XXYYZZ",
            "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWM",
            "type": "url_verification",
        }
        taken = await self.send(Parcel("events_api", challenge))
        answered = taken.body["challenge"] if isinstance(taken.body, dict) else taken.body
        return taken.is_ok and answered == challenge["challenge"]


def signed(secret: str, body: bytes, *, at: int | None = None) -> dict[str, str]:
    """The headers that prove who sent `body`; `at` in epoch seconds, to age them."""
    timestamp = str(int(time.time()) if at is None else at)
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest}",
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    }


def _encoded(parcel: Parcel) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    match parcel.kind:
        case "events_api":
            return json.dumps(parcel.payload).encode(), "application/json"
        case "slash_commands":
            return urllib.parse.urlencode(parcel.payload).encode(), form
        case "interactive":
            return urllib.parse.urlencode({"payload": json.dumps(parcel.payload)}).encode(), form


async def _taken(response: aiohttp.ClientResponse) -> Taken:
    no_retry = response.headers.get("X-Slack-No-Retry") == "1"
    text = await response.text()
    if not 200 <= response.status < 300:
        return Taken(problem="http_error", status=response.status, no_retry=no_retry)
    return Taken(body=_parsed(text), status=response.status)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
