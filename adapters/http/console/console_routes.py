"""Where the console begins, what browsers keep of it, and the stream of what changes."""

import asyncio
import json
import time
from typing import Final
from weakref import WeakKeyDictionary

from aiohttp import web

from adapters.http.console.console_door import CONSOLE, ConsoleDoor
from adapters.http.pages import FOR_EVER, go_on
from adapters.http.refusals import Problem
from adapters.http.rights import declares
from bot.domain.errors import StorageUnavailable
from bot.ports.console.news import ChangedTickets, ConsoleFeed, ConsoleNews, ConsoleNewsItem
from bot.ports.console.pages import ConsoleFiles, ConsoleSection
from bot.ports.sessions.sign_ins import Right
from bot.text.amounts import listed
from bot.text.sentences import words

LOOK_AGAIN_S: Final = 10.0
"""How often it is asked whether the person of a stream is still signed in; in between, the stream shows it lives."""
LONGEST_REFERENCE: Final = 40


class ConsoleRoutes:
    def __init__(
        self, files: ConsoleFiles, *, door: ConsoleDoor, news: ConsoleNews, look_again_s: float = LOOK_AGAIN_S
    ) -> None:
        self._files = files
        self._door = door
        self._news = news
        self._look_again_s = look_again_s
        self._open: set[asyncio.Task[object]] = set()
        self._written: WeakKeyDictionary[ChangedTickets, bytes] = WeakKeyDictionary()
        """What many consoles are told is written once."""

    def routes(self) -> list[web.RouteDef]:
        """A stream has no `HEAD`: what is written to it would be read as the next answer."""
        live = self._door.needs(ConsoleSection.TICKETS)(self._live)
        return [
            web.get(CONSOLE, self._door.signed_in(self._begin)),
            web.get(f"{CONSOLE}/static/{{version}}/{{name}}", self._file),
            web.get(f"{CONSOLE}/live", live, allow_head=False),
        ]

    async def close(self) -> None:
        """End the streams that are open."""
        for each in tuple(self._open):
            each.cancel()

    async def _begin(self, request: web.Request) -> web.StreamResponse:
        """The first page that they may open."""
        visitor = await self._door.visitor(request)
        first = next((each for each in ConsoleSection if visitor.may_open(each)), None)
        if first is None:
            raise Problem(403, f"sign_in.only_{Right.AGENT}")
        return go_on(first.path)

    @declares(Right.ANYBODY)
    async def _file(self, request: web.Request) -> web.StreamResponse:
        """With another version in its address, that of another replica, it is not kept."""
        file = self._files.files.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        is_current = request.match_info["version"] == self._files.version
        is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
        headers = {
            "Cache-Control": FOR_EVER if is_current else "no-cache",
            "Content-Type": f"{file.media_type}; charset=utf-8",
            "Vary": "Accept-Encoding",
            **({"Content-Encoding": "gzip"} if is_packed else {}),
        }
        return web.Response(body=file.packed if is_packed else file.content, headers=headers)

    async def _live(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), until they leave."""
        visitor = await self._door.visitor(request)
        since = request.query.get("since", "")
        feed = await self._news.follow(
            visitor.person,
            language=visitor.language,
            ticket=request.query.get("ticket", "")[:LONGEST_REFERENCE],
            has_table="table" in request.query,
            since=int(since) if since.isascii() and since.isdecimal() and len(since) < 19 else None,
        )
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no", "Vary": "Cookie"}
        )
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            await stream.prepare(request)
            await stream.write(b"retry: 2000\n\n")
            await self._tell(request, stream, feed, language=visitor.language)
        except ConnectionError:
            pass
        finally:
            self._open.discard(task)
            self._news.leave(feed)
        return stream

    async def _tell(
        self, request: web.Request, stream: web.StreamResponse, feed: ConsoleFeed, *, language: str
    ) -> None:
        """Until their session ends, which is looked at every so often, however much there is to tell."""
        checked = time.monotonic()
        while True:
            item = await feed.next(within_s=max(checked + self._look_again_s - time.monotonic(), 0.0))
            if item is not None:
                await stream.write(self._event(item, language))
            if time.monotonic() - checked < self._look_again_s:
                continue
            if not await self._is_still_in(request):
                await stream.write(b"event: ended\ndata: {}\n\n")
                return
            checked = time.monotonic()
            await stream.write(b": \n\n")

    def _event(self, item: ConsoleNewsItem, language: str) -> bytes:
        if isinstance(item, ChangedTickets):
            written = self._written.get(item)
            if written is None:
                values = {"tickets": list(item.tickets), "is_more": item.is_more, "rows": dict(item.rows)}
                written = self._written[item] = _written("changed", values)
            return written
        said = words(language, "console.also_here", names=listed(item.names, language)) if item.names else ""
        return _written("present", {"text": said})

    async def _is_still_in(self, request: web.Request) -> bool:
        try:
            return await self._door.is_still_in(request)
        except StorageUnavailable:
            return True  # nobody is signed out by a database that is away


def _written(kind: str, values: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(values)}\n\n".encode()
