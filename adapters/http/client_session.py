"""What the desk asks of others over HTTP: a session that takes nothing along, and answers of a known size at most."""

from collections.abc import AsyncIterator
from typing import Final

import aiohttp

LARGEST_ANSWER: Final = 2**20
"""Bytes that are read of an answer; one that is larger is none."""
CONNECTIONS: Final = 8
UNCOMPRESSED: Final = "identity"
"""Answers are asked for as they are: a few compressed bytes could become any number of them."""


class AnswerTooLarge(Exception):
    """More than LARGEST_ANSWER bytes came."""


class ClientSession:
    """Made when it is needed first: a session belongs to the event loop that it is used in.

    It keeps no cookies and has no time-out of its own: who asks says how long.
    """

    def __init__(self, **headers: str) -> None:
        self._headers = headers
        self._session: aiohttp.ClientSession | None = None

    def opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                auto_decompress=False,
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None),
                headers={**self._headers, "Accept-Encoding": UNCOMPRESSED},
            )
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


async def pieces_of(answer: aiohttp.ClientResponse, *, most: int = LARGEST_ANSWER) -> AsyncIterator[bytes]:
    """As they come. Raises AnswerTooLarge."""
    many = 0
    async for piece in answer.content.iter_any():
        many += len(piece)
        if many > most:
            raise AnswerTooLarge
        yield piece


async def read_answer(answer: aiohttp.ClientResponse) -> bytes:
    """All of it. Raises AnswerTooLarge."""
    return b"".join([piece async for piece in pieces_of(answer)])
