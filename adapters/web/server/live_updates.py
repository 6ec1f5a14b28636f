"""Live updates to open pages: each person hears of the channels they may see, and of nothing else.

The first that a page hears is where the connection begins and which page is the newest: what was read before that
place may have changed in between, and whoever has an older page gets the newer one.

A page that cannot keep up is disconnected; it comes back and reads what it missed. Unread counts are
gathered for a moment, so that an import of thousands does not count after each message.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiohttp import WSCloseCode, web

from adapters.web.store.messages import Message
from adapters.web.translate.render import message_json
from adapters.web.workspace import Workspace
from bot.domain.errors import StorageUnavailable

Json = dict[str, Any]
Pairs = set[tuple[str, str]]
"""(person id, channel id)."""

BACKLOG = 1000
GATHER_S = 0.15
HEARTBEAT_S = 30.0
LOOK_AGAIN_S = 30.0
"""How often it is asked whether the person of a live connection is still signed in."""


class _Page:
    def __init__(self, person: str, socket: web.WebSocketResponse) -> None:
        self.person = person
        self.socket = socket
        self.events: asyncio.Queue[Json | None] = asyncio.Queue(BACKLOG)

    def hear(self, event: Json) -> None:
        try:
            self.events.put_nowait(event)
        except asyncio.QueueFull:
            self.part()

    def part(self) -> None:
        """Drop what waits and end the connection."""
        while not self.events.empty():
            self.events.get_nowait()
        self.events.put_nowait(None)


class LiveUpdates:
    """`count` answers the channels' JSON, with unread counts, for these people, and `version` the newest page's."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        count: Callable[[Pairs], Awaitable[list[tuple[str, Json]]]],
        version: Callable[[], str],
    ) -> None:
        self._workspace = workspace
        self._count = count
        self._version = version
        self._run = secrets.token_hex(4)
        self._shown = 0
        self._pages: set[_Page] = set()
        self._uncounted: Pairs = set()
        self._counting: asyncio.Task[None] | None = None

    @property
    def at(self) -> str:
        """A place in what is shown; another one after each message, and in each run of the desk."""
        return f"{self._run}:{self._shown}"

    async def serve(
        self, request: web.Request, *, person: str, still_in: Callable[[web.Request], Awaitable[bool]]
    ) -> web.WebSocketResponse:
        """One page's connection, until it ends; it ends soon after its person was signed out."""
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_S, max_msg_size=4096)
        version = await asyncio.to_thread(self._version)
        await socket.prepare(request)
        page = _Page(person, socket)
        self._pages.add(page)
        page.hear({"type": "hello", "at": self.at, "version": version})
        sender = asyncio.create_task(_send(page))
        watch = asyncio.create_task(_watch(page, lambda: still_in(request)))
        try:
            async for _ in socket:
                pass  # pages only listen
        finally:
            watch.cancel()
            self._pages.discard(page)
            page.part()
            await sender
        return socket

    def show(self, changed: Iterable[Message]) -> None:
        """These messages are new or look different."""
        for message in changed:
            self._shown += 1
            viewers = [page for page in self._pages if self._sees(page, message.channel)]
            if not viewers:
                continue
            event = _message_event(message)
            for page in viewers:
                page.hear(event)
            self.recount({(page.person, message.channel) for page in viewers})

    def tell(self, person: str, event: Json) -> None:
        """Only for this person's pages."""
        for page in self._pages:
            if page.person == person:
                page.hear(event)

    def tell_all(self, event: Json) -> None:
        for page in self._pages:
            page.hear(event)

    def recount(self, pairs: Pairs) -> None:
        """Unread counts of these channels changed for these people."""
        here = {page.person for page in self._pages}
        self._uncounted |= {pair for pair in pairs if pair[0] in here}
        if self._uncounted and self._counting is None:
            self._counting = asyncio.create_task(self._tell_counts())

    async def close(self) -> None:
        for page in tuple(self._pages):
            page.part()
        if self._counting is not None:
            self._counting.cancel()
            await asyncio.gather(self._counting, return_exceptions=True)

    async def _tell_counts(self) -> None:
        try:
            await asyncio.sleep(GATHER_S)
            pairs, self._uncounted = self._uncounted, set()
            for person, channel in await self._count(pairs):
                self.tell(person, {"type": "channel", "channel": channel})
        except StorageUnavailable:
            return  # the pages keep the counts they have; the next message counts again
        finally:
            self._counting = None
        self.recount(set())

    def _sees(self, page: _Page, channel: str) -> bool:
        return self._workspace.may_see(page.person, channel)


async def _watch(page: _Page, still_in: Callable[[], Awaitable[bool]]) -> None:
    while True:
        await asyncio.sleep(LOOK_AGAIN_S)
        try:
            if not await still_in():
                page.part()
                return
        except StorageUnavailable:
            continue  # nobody is signed out by a database that is away


async def _send(page: _Page) -> None:
    try:
        while (event := await page.events.get()) is not None:
            await page.socket.send_json(event)
    except (ConnectionError, RuntimeError):
        return  # it went away; `serve` cleans up
    await page.socket.close(code=WSCloseCode.TRY_AGAIN_LATER)


def _message_event(message: Message) -> Json:
    if message.is_deleted and message.reply_count == 0:
        return {"type": "gone", "id": str(message.id), "channel": message.channel}
    return {"type": "message", "message": message_json(message)}
