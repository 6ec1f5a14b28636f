"""The Web API: the one way to it, within the budget, with its refusals as exceptions.

A call whose answer did not arrive may have had its effect: that is `Unsure`, and whoever called asks before
calling again. The client library's own retries are off, since they would not ask.
"""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Hashable, Mapping

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.internal_utils import get_user_agent
from yarl import URL

from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy, Urgency
from adapters.slack.api.addresses import Json
from adapters.slack.api.rate_limiter import RateLimiter

TIMEOUT_S = 15.0
UNSURE_ATTEMPTS = 5
PAGE = 200
"""Messages asked for at once: https://docs.slack.dev/apis/web-api/pagination advises 100 to 200."""
TAKE_JSON = frozenset(
    {"chat.postEphemeral", "chat.postMessage", "chat.update", "views.open", "views.publish", "views.update"}
)
"""Methods whose arguments may be JSON, for which blocks need not be escaped letter by letter.

https://docs.slack.dev/apis/web-api#methods_supporting_json
"""
_UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})


class SlackRefused(Exception):
    """Slack answered no. `error` is its word for why, `needed` the scope that is missing."""

    def __init__(self, method: str, error: str, *, needed: str = "", explained: str = "") -> None:
        super().__init__(f"{method}: {error}{f' ({explained})' if explained else ''}")
        self.method = method
        self.error = error
        self.needed = needed


class Calls:
    def __init__(self, *, token: str, api_url: str, limiter: RateLimiter) -> None:
        self.client = AsyncWebClient(token=token, base_url=api_url, timeout=int(TIMEOUT_S), retry_handlers=[])
        self.token = token
        self._limiter = limiter
        self._is_closed = False
        self._addresses: dict[str, URL] = {}
        self._json_headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json;charset=utf-8",
            "User-Agent": get_user_agent(),
        }

    @property
    def session(self) -> aiohttp.ClientSession:
        """Connections are kept and shared; made on the running loop when first needed. Raises Unsure once closed."""
        if self._is_closed:
            raise Unsure("session closed")
        if self.client.session is None or self.client.session.closed:
            self.client.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_S))
        return self.client.session

    async def close(self) -> None:
        self._is_closed = True
        if self.client.session is not None:
            await self.client.session.close()

    def has_room(self, method: str) -> bool:
        """Whether such a call could go out at once."""
        return self._limiter.has_room(method)

    async def call(
        self,
        method: str,
        *,
        arguments: Json | None = None,
        written: str = "",
        urgency: Urgency = Urgency.NEW,
        caller: Hashable = None,
    ) -> Json:
        """The answer's body. Raises SlackRefused, Unsure, or Busy when the rate limit is used up.

        `written`: more arguments, of a method that takes JSON, by whom they are JSON text already.
        """
        given = arguments or {}
        channel = str(given.get("channel", ""))
        await self._limiter.take(method, channel=channel, urgency=urgency, caller=caller)
        session = self.session
        try:
            if method in TAKE_JSON:
                status, headers, body = await self._post_json(session, method, _given(given), written)
            else:
                answer = await self.client.api_call(method, data=_form(given))
                status, headers, body = 200, answer.headers, answer.data
        except SlackApiError as error:
            raise self._why(method, channel, *_told(error)) from error
        except (aiohttp.ClientError, SlackClientError, TimeoutError, OSError) as error:
            raise Unsure(f"{method}: {type(error).__name__}") from error
        if not isinstance(body, dict):
            raise Unsure(f"{method}: malformed JSON")
        if status != 200 or not body.get("ok"):
            raise self._why(method, channel, status, headers, body)
        return body | {"headers": headers}

    async def _post_json(
        self, session: aiohttp.ClientSession, method: str, given: Json, written: str
    ) -> tuple[int, Mapping[str, str], object]:
        """Status, headers and body. The client library's own way takes as long again, on each message."""
        address = self._addresses.get(method)
        if address is None:
            address = self._addresses[method] = URL(self.client.base_url).join(URL(method))
        text = compact_json(given)
        if written:
            text = f"{text[:-1]},{written[1:]}" if given else written
        async with session.post(
            address,
            data=text.encode(),
            headers=self._json_headers,
            ssl=self.client.ssl or True,
            proxy=self.client.proxy,
        ) as answer:
            content = await answer.read()
        try:
            return answer.status, answer.headers, json.loads(content)
        except ValueError:
            return answer.status, answer.headers, {}

    async def call_patiently(self, method: str, *, arguments: Json | None = None) -> Json:
        """For reading what nobody waits for: comes again until there is room. Raises SlackRefused or Unsure."""
        for attempt in itertools.count(1):
            try:
                return await self.call(method, arguments=arguments, urgency=Urgency.REFRESH)
            except Busy as busy:
                await asyncio.sleep(busy.after_s)
            except Unsure:
                if attempt >= UNSURE_ATTEMPTS:
                    raise
        raise AssertionError("counting never ends")

    async def pages(
        self, method: str, *, items: str, arguments: Json | None = None, is_patient: bool = False
    ) -> AsyncIterator[list[Json]]:
        """Page after page of a list. Raises as `call` does, or as `call_patiently`."""
        page: Json = {"limit": PAGE, **(arguments or {})}
        call = self.call_patiently if is_patient else self.call
        while True:
            answer = await call(method, arguments=page)
            yield answer[items]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return
            page["cursor"] = cursor

    async def send_bytes(self, url: str, chunks: AsyncIterator[bytes], *, size: int) -> None:
        """To an upload's address: https://docs.slack.dev/reference/methods/files.getUploadURLExternal."""
        headers = {"Content-Length": str(size), "Content-Type": "application/octet-stream"}
        try:
            async with self.session.post(url, data=chunks, headers=headers) as answer:
                if answer.status != 200:
                    raise Unsure(f"upload: HTTP {answer.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unsure(f"upload: {type(error).__name__}") from error

    async def respond(self, url: str, body: Json) -> None:
        """To a `response_url`: five times within 30 minutes. Raises Unsure or SlackRefused."""
        try:
            async with self.session.post(url, json=body) as answer:
                if answer.status >= 500:
                    raise Unsure(f"respond: HTTP {answer.status}")
                if answer.status != 200:
                    raise SlackRefused("response_url", (await answer.text())[:200])
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unsure(f"respond: {type(error).__name__}") from error

    def _why(
        self, method: str, channel: str, status: int, headers: Mapping[str, str], body: Json
    ) -> Exception:
        word = str(body.get("error") or f"http_{status}")
        if status == 429 or word in ("ratelimited", "rate_limited"):
            after_s = self._limiter.close(method, channel=channel, for_s=_retry_after(headers))
            return Busy(after_s, platform="Slack")
        if status >= 500 or word in _UNSURE or not body:
            return Unsure(f"{method}: {word}")
        explained = "; ".join((body.get("response_metadata") or {}).get("messages") or ())
        return SlackRefused(method, word, needed=str(body.get("needed") or ""), explained=explained)


def compact_json(value: object) -> str:
    """JSON text without spaces, in ASCII alone, so that it can always be sent."""
    return _COMPACT.encode(value)


_COMPACT = json.JSONEncoder(separators=(",", ":"))
"""Made once: `json.dumps` would make one for each value."""


def _told(error: SlackApiError) -> tuple[int, Mapping[str, str], Json]:
    """Status, headers and body of the answer that the client library took for a refusal."""
    answer = error.response
    status = int(getattr(answer, "status_code", 0) or getattr(answer, "status", 0))
    body = answer.data if isinstance(getattr(answer, "data", None), dict) else {}
    return status, answer.headers, body


def scopes_in(headers: Mapping[str, str]) -> frozenset[str] | None:
    """What the token may do: Slack says so in a header of every answer; None where it does not."""
    granted = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    return None if granted is None else frozenset(each.strip() for each in granted.split(","))


def _retry_after(headers: Mapping[str, str]) -> float:
    """In Slack's seconds: https://docs.slack.dev/apis/web-api/rate-limits."""
    try:
        return float(headers.get("Retry-After", 1))
    except ValueError:
        return 30.0


def _given(arguments: Json) -> Json:
    return {name: value for name, value in arguments.items() if value is not None}


def _form(arguments: Json) -> dict[str, str]:
    """As a form, which every method takes."""
    return {name: _form_value(value) for name, value in arguments.items() if value is not None}


def _form_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
