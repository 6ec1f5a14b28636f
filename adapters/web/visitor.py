"""Does over HTTP what a person at the page does: for the demo's history and for tests."""

import uuid
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.domain.errors import TechnicalError
from bot.domain.sentence import Sentence


class VisitorRefused(TechnicalError):
    """The workspace refused what was asked of it."""


class Visitor:
    """A session with the workspace at `url`; an asynchronous context manager."""

    def __init__(self, url: str, *, token: str) -> None:
        self._url = url
        self._token = token
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        # The jar must keep cookies of an address without a name.
        self._session = aiohttp.ClientSession(self._url, cookie_jar=aiohttp.CookieJar(unsafe=True))
        async with self._session.get("/", params={"token": self._token}) as response:
            response.raise_for_status()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def say(self, who: str, channel: str, text: str, *, thread: str | None = None) -> str:
        """Post a message and return its id; for a command, which posts none, an empty text."""
        answer = await self.call(
            "POST",
            f"/api/channels/{channel}/messages",
            who=who,
            body={"text": text, "thread": thread, "files": [], "client_key": uuid.uuid4().hex},
        )
        return str(answer.get("id", ""))

    async def call(
        self, method: str, path: str, *, who: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Any call of the page; raises VisitorRefused with the workspace's sentence."""
        if self._session is None:
            raise RuntimeError("the session is not open yet")
        headers = {"X-Person": who}
        async with self._session.request(method, path, json=body, headers=headers) as response:
            answer: Any = await response.json()
            if response.status >= 400:
                refused = f"{method} {path}: {answer.get('error', response.status)}"
                raise VisitorRefused(Sentence.from_json(refused))
            return answer if isinstance(answer, dict) else {"list": answer}
