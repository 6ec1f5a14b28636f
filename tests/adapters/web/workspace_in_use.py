"""A workspace served on loopback and people with pages open, for tests to read like a story."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from json import dumps
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp

from adapters.http.server import HttpServer
from adapters.web.capabilities import CAPABILITIES
from adapters.web.platform import TEXT_LIMIT, WebPlatform
from bot.domain.directory import ChannelRef
from bot.messages.outbound import Mention
from bot.ports.platform import Capabilities
from bot.ports.workspace import ChannelGroup, WorkspaceChannel, WorkspacePerson
from tests.adapters.web.doubles import PATIENCE_S, MemoryFiles, RecordingIntake, SetClock

TOKEN = "let-me-in"
FILE_LIMIT = 1000

PEOPLE = (
    WorkspacePerson(platform="web", id="ana", name="Ana Lima", title="Sales", email="ana@example.org"),
    WorkspacePerson(platform="web", id="ben", name="Ben Okafor", title="Finance"),
    WorkspacePerson(platform="web", id="noor", name="Noor Haddad", role="agent", time_zone="Europe/Berlin"),
    WorkspacePerson(platform="web", id="lea", name="Léa Martin", role="lead"),
)
CHANNELS = (
    WorkspaceChannel(id="help-it", topic="Ask here"),
    WorkspaceChannel(
        id="network", group=ChannelGroup.TEAMS, is_public=False, allowed=frozenset({"noor", "lea"})
    ),
)


@dataclass(slots=True)
class Answer:
    status: int
    body: Any
    headers: Any


@dataclass(slots=True)
class Page:
    """One person's page: calls in their name, and live events as they arrive."""

    person: str
    session: aiohttp.ClientSession
    url: str
    socket: aiohttp.ClientWebSocketResponse | None = None

    async def call(self, method: str, path: str, json: Any = None, **more: Any) -> Answer:
        headers = {"X-Person": self.person} | more.pop("headers", {})
        if json is not None:
            headers["Content-Type"] = "application/json"
            more["data"] = BytesIO(dumps(json).encode())
        async with self.session.request(
            method, self.url + path, headers=headers, allow_redirects=False, **more
        ) as response:
            is_json = response.content_type == "application/json"
            content = await response.json() if is_json else await response.read()
            return Answer(response.status, content, response.headers)

    async def get(self, path: str) -> Any:
        return await self._done("GET", path)

    async def post(self, path: str, body: Any) -> Any:
        return await self._done("POST", path, body)

    async def say(self, text: str, *, channel: str = "help-it", **more: Any) -> Any:
        return await self.post(f"/api/channels/{quote(channel)}/messages", {"text": text, **more})

    async def edit(self, message: str, text: str) -> Any:
        return await self._done("PATCH", f"/api/messages/{message}", {"text": text})

    async def delete(self, message: str) -> Any:
        return await self._done("DELETE", f"/api/messages/{message}")

    async def upload(
        self, content: bytes, *, name: str = "notes.txt", media_type: str = "text/plain"
    ) -> Answer:
        form = aiohttp.FormData(quote_fields=False)  # names as browsers send them
        form.add_field("file", content, filename=name, content_type=media_type)
        return await self.call("POST", "/api/files", data=form)

    async def messages(self, channel: str = "help-it") -> list[Any]:
        page = await self.get(f"/api/channels/{quote(channel)}/messages")
        found: list[Any] = page["messages"]
        return found

    async def replies(self, root: str, channel: str = "help-it") -> list[Any]:
        thread = await self.get(f"/api/threads/{quote(channel)}/{root}")
        found: list[Any] = thread["replies"]
        return found

    async def channel(self, channel: str) -> Any:
        return next(each for each in await self.get("/api/channels") if each["id"] == channel)

    async def open_live(self) -> None:
        self.socket = await self.session.ws_connect(f"{self.url}/api/live?person={self.person}")

    async def hears(self, kind: str) -> Any:
        """The next live event of this kind; others before it are passed over."""
        assert self.socket is not None
        async with asyncio.timeout(PATIENCE_S):
            while True:
                event = await self.socket.receive_json()
                if event["type"] == kind:
                    return event

    async def _done(self, method: str, path: str, body: Any = None) -> Any:
        answer = await self.call(method, path, body)
        assert answer.status == 200, answer
        return answer.body


@dataclass(slots=True)
class WorkspaceInUse:
    platform: WebPlatform
    intake: RecordingIntake
    files: MemoryFiles
    clock: SetClock
    server: HttpServer
    pages: dict[str, Page] = field(default_factory=dict)
    sessions: list[aiohttp.ClientSession] = field(default_factory=list)

    async def page(self, person: str) -> Page:
        """This person's page, opened with the link."""
        if person not in self.pages:
            session = self.new_session()
            async with session.get(self.platform.entrance(self.server.url)) as response:
                await response.read()
            self.pages[person] = Page(person, session, self.server.url)
        return self.pages[person]

    def new_session(self) -> aiohttp.ClientSession:
        """A browser that was never here."""
        session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.sessions.append(session)
        return session


@asynccontextmanager
async def workspace(
    folder: Path, *, intake: RecordingIntake | None = None, can_forward: bool = True
) -> AsyncIterator[WorkspaceInUse]:
    """Started on a free port, listening, and stopped in order."""
    files, clock, taker = MemoryFiles(limit=FILE_LIMIT), SetClock(), intake or RecordingIntake()
    platform = WebPlatform(
        folder / "workspace.db",
        people=PEOPLE,
        channels=CHANNELS,
        files=files,
        clock=clock,
        token=TOKEN,
        desk_name="Acme IT desk",
        pretends=True,
        fast_forward=clock.forward if can_forward else None,
        file_limit=FILE_LIMIT,
        retry_after_s=0.01,
    )
    server = HttpServer(port=0)
    server.mount(platform.routes(), on_stop=platform.part)
    server.watch({"workspace": platform.health})
    await server.start()
    listening = asyncio.create_task(platform.listen(taker))
    in_use = WorkspaceInUse(platform, taker, files, clock, server)
    try:
        yield in_use
    finally:
        for session in in_use.sessions:
            await session.close()
        await platform.close()
        await listening
        await server.stop()


@dataclass(slots=True)
class WebStage:
    """The chat platform contract's channel, seen through Ben's page."""

    in_use: WorkspaceInUse
    capabilities: Capabilities = CAPABILITIES
    text_limit: int = TEXT_LIMIT

    @property
    def platform(self) -> WebPlatform:
        return self.in_use.platform

    @property
    def channel(self) -> ChannelRef:
        return ChannelRef("web", "help-it")

    @property
    def somebody(self) -> Mention:
        return Mention("web:ana", "Ana Lima")

    async def say(self, text: str) -> str:
        message_id: str = (await (await self.in_use.page("ben")).say(text))["id"]
        return message_id

    async def take_back(self, message_id: str) -> None:
        await (await self.in_use.page("ben")).delete(message_id)

    async def end_thread(self, root: str) -> None:
        await self.take_back(root)

    async def read(self, thread: str | None = None) -> list[str]:
        page = await self.in_use.page("ben")
        found = await page.messages() if thread is None else await page.replies(thread)
        return [told(each["content"]) for each in found if each["author"]["is_desk"]]

    async def pings(self) -> set[str]:
        return {
            person.name
            for person in PEOPLE
            if (await (await self.in_use.page(person.id)).channel("help-it"))["mentions"]
        }


def told(content: Any) -> str:
    """What a reader sees of a notice, a copy or a card, without decoration."""
    match content["type"]:
        case "notice":
            return "".join(span if isinstance(span, str) else _span(span) for span in content["text"])
        case "copy":
            text: str = content["text"]
            return text
        case _:
            subject: str = content["subject"]
            return subject


def _span(span: Any) -> str:
    return str(span.get("text") or span.get("name") or span.get("label") or span.get("at"))
