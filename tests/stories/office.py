"""An office with a desk: people say, press, type and read, as at the page; the clock moves when told."""

import asyncio
import contextlib
import json
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import aiohttp

from adapters.web.visitor import Visitor
from bot.bootstrap.process import DeskProcess
from bot.ports.platform import Platform
from bot.settings import Settings
from storage import migrate
from tests.stories.desk_files import DESK

MONDAY_9 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOKEN = "a-token-for-tests-only"


class SetClock:
    """Desk time that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def move(self, by: timedelta) -> None:
        self._at += by


class Office:
    """Everybody at once: each verb is something a person does or sees."""

    def __init__(self, desk: DeskProcess, clock: SetClock, visitor: Visitor) -> None:
        self.desk = desk
        self.clock = clock
        self._visitor = visitor
        self._is_in_a_hurry = False

    async def says(self, who: str, channel: str, text: str, *, thread: str | None = None) -> str:
        """Post a message, and wait for all that follows from it; returns the message's id."""
        said = await self._visitor.say(who, channel, text, thread=thread)
        await self.settle()
        return said

    async def sends_file(
        self, who: str, channel: str, text: str, *, name: str, content: bytes, thread: str | None = None
    ) -> str:
        """Post a message with a file; returns the message's id."""
        file = await self.uploads(who, name=name, content=content)
        body = {"text": text, "thread": thread, "files": [file], "client_key": uuid.uuid4().hex}
        said = await self._visitor.call("POST", f"/api/channels/{channel}/messages", who=who, body=body)
        await self.settle()
        return str(said["id"])

    async def types_with_file(
        self, who: str, command: str, *, name: str, content: bytes, channel: str = "help-it"
    ) -> str:
        """Type a slash command with a file; returns what the person alone is answered."""
        file = await self.uploads(who, name=name, content=content)
        body = {"text": command, "thread": None, "files": [file], "client_key": uuid.uuid4().hex}
        answer = await self._visitor.call("POST", f"/api/channels/{channel}/messages", who=who, body=body)
        await self.settle()
        return shown(answer["reply"])

    async def uploads(self, who: str, *, name: str, content: bytes, media_type: str = "text/plain") -> str:
        session = self._visitor._session
        assert session is not None
        form = aiohttp.FormData()
        form.add_field("file", content, filename=name, content_type=media_type)
        async with session.post("/api/files", data=form, headers={"X-Person": who}) as response:
            return str((await response.json())["id"])

    async def types(
        self, who: str, command: str, *, channel: str = "help-it", thread: str | None = None
    ) -> str:
        """Type a slash command; returns what the person alone is answered."""
        return shown((await self.types_for_reply(who, command, channel=channel, thread=thread))["reply"])

    async def types_for_reply(
        self, who: str, command: str, *, channel: str = "help-it", thread: str | None = None
    ) -> dict[str, Any]:
        body: dict[str, Any] = {
            "text": command,
            "thread": thread,
            "files": [],
            "client_key": uuid.uuid4().hex,
        }
        answer = await self._visitor.call("POST", f"/api/channels/{channel}/messages", who=who, body=body)
        await self.settle()
        return answer

    async def asks_page(self, who: str, path: str) -> Any:
        """What the page of this person is answered there."""
        answer = await self._visitor.call("GET", path, who=who)
        return answer.get("list", answer)

    async def presses(self, who: str, message: dict[str, Any], label: str) -> dict[str, Any] | None:
        """Press a button, or choose an entry of the menu, on a message; returns the reply as sent."""
        content = message["content"]
        labels = [button["label"] for button in content["buttons"]]
        button: Any = labels.index(label) if label in labels else None
        if button is None:
            button = {"menu": [entry["label"] for entry in content["menu"]].index(label)}
        body = {
            "channel": message["channel"],
            "thread": message["thread"],
            "message": message["id"],
            "button": button,
            "client_key": uuid.uuid4().hex,
        }
        answer = await self._visitor.call("POST", "/api/actions", who=who, body=body)
        await self.settle()
        reply: dict[str, Any] | None = answer["reply"]
        return reply

    async def presses_what_it_saw(
        self, who: str, message: dict[str, Any], label: str
    ) -> dict[str, Any] | None:
        """Press a button of a message as it was on the screen, whatever it has become since."""
        body = {
            "channel": message["channel"],
            "thread": message["thread"],
            "message": message["id"],
            "button": [button["label"] for button in message["content"]["buttons"]].index(label),
            "label": label,
            "client_key": uuid.uuid4().hex,
        }
        answer = await self._visitor.call("POST", "/api/actions", who=who, body=body)
        await self.settle()
        reply: dict[str, Any] | None = answer["reply"]
        return reply

    async def presses_private(
        self, who: str, reply: dict[str, Any], button: int, *, channel: str
    ) -> dict[str, Any] | None:
        """Press a button on a reply that only this person sees; returns what they are answered."""
        body = {
            "private": reply["buttons"][button]["private"],
            "channel": channel,
            "thread": None,
            "client_key": uuid.uuid4().hex,
        }
        answer = await self._visitor.call("POST", "/api/actions", who=who, body=body)
        await self.settle()
        answered: dict[str, Any] | None = answer["reply"]
        return answered

    async def makes_a_ticket_of(self, who: str, channel: str, message: str) -> str:
        """Use "Make this a ticket" on a message; returns what the person is answered."""
        body = {"channel": channel, "thread": None, "message": message, "client_key": uuid.uuid4().hex}
        answer = await self._visitor.call("POST", "/api/make-ticket", who=who, body=body)
        await self.settle()
        return shown(answer["reply"])

    async def submits(self, who: str, form: dict[str, Any], *, channel: str, **values: str) -> str:
        """Send a form that a button or command opened; returns what the person is answered."""
        return shown(await self.submits_for_reply(who, form, channel=channel, **values))

    async def submits_for_reply(
        self, who: str, form: dict[str, Any], *, channel: str, **values: str
    ) -> dict[str, Any] | None:
        return await self.sends_form(who, form, channel=channel, values=values)

    async def sends_form(
        self,
        who: str,
        form: dict[str, Any],
        *,
        channel: str,
        values: dict[str, str],
        files: list[str] | None = None,
    ) -> dict[str, Any] | None:
        """The same; `files` are ids of what was uploaded for it."""
        body = {
            "form": {name: form[name] for name in ("verb", "ticket", "fixed", "is_step")},
            "values": values,
            "files": files or [],
            "channel": channel,
            "thread": None,
            "client_key": uuid.uuid4().hex,
        }
        answer = await self._visitor.call("POST", "/api/forms", who=who, body=body)
        await self.settle()
        reply: dict[str, Any] | None = answer["reply"]
        return reply

    async def edits(self, who: str, message: str, text: str) -> None:
        await self._visitor.call("PATCH", f"/api/messages/{message}", who=who, body={"text": text})
        await self.settle()

    async def deletes(self, who: str, message: str) -> None:
        await self._visitor.call("DELETE", f"/api/messages/{message}", who=who)
        await self.settle()

    async def sees(self, who: str, channel: str) -> list[dict[str, Any]]:
        """The messages of a channel, as this person's page gets them."""
        answer = await self._visitor.call("GET", f"/api/channels/{channel}/messages", who=who)
        messages: list[dict[str, Any]] = answer["messages"]
        return messages

    async def sees_thread(self, who: str, channel: str, root: str) -> list[dict[str, Any]]:
        answer = await self._visitor.call("GET", f"/api/threads/{channel}/{root}", who=who)
        replies: list[dict[str, Any]] = answer["replies"]
        return replies

    async def reads(self, who: str, channel: str, *, thread: str | None = None) -> list[str]:
        """What the messages of a channel or thread say."""
        messages = await (self.sees_thread(who, channel, thread) if thread else self.sees(who, channel))
        return [words(message) for message in messages]

    async def card(self, who: str, channel: str, reference: str) -> dict[str, Any]:
        """The message that shows this ticket's card in a team's channel."""
        return next(
            message
            for message in await self.sees(who, channel)
            if message["content"] and message["content"].get("reference") == reference
        )

    async def channels(self, who: str) -> list[dict[str, Any]]:
        """The channels that this person's page lists."""
        listed: list[dict[str, Any]] = (await self._visitor.call("GET", "/api/channels", who=who))["list"]
        return listed

    async def has_read(self, who: str, channel: str) -> None:
        """This person looks at all of a channel."""
        body = {"up_to": None}
        await self._visitor.call("POST", f"/api/channels/{channel}/read", who=who, body=body)

    async def mentions(self, who: str, channel: str) -> int:
        """How many unread messages of a channel mention this person."""
        channels = await self.channels(who)
        return int(next(each["mentions"] for each in channels if each["id"] == channel))

    async def everything_seen_by(self, who: str) -> str:
        """All that this person's page shows, in every channel, thread and direct message, as one text."""
        seen = []
        for channel in await self.channels(who):
            for message in await self.sees(who, channel["id"]):
                replies = await self.sees_thread(who, channel["id"], message["id"])
                seen += [message, *replies]
        return json.dumps(seen, ensure_ascii=False)

    @asynccontextmanager
    async def page_of(self, who: str, replies: list[Any] | None = None) -> AsyncIterator[list[str]]:
        """This person's open page: what it is told for their eyes only is added as it comes, to `replies` as sent."""
        told: list[str] = []
        session = self._visitor._session
        assert session is not None
        async with session.ws_connect("/api/live", params={"person": who}) as socket:

            async def listen() -> None:
                async for frame in socket:
                    event = frame.json()
                    if event["type"] == "private":
                        told.append(shown(event["reply"]))
                        (replies if replies is not None else []).append(event["reply"])

            listening = asyncio.create_task(listen())
            yield told
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening

    async def passes(self, **time: float) -> None:
        """So much desk time goes by, in steps small enough that everything happens when it is due."""
        left = timedelta(**time)
        longest = max(left / 200, timedelta(minutes=1))
        while left > timedelta():
            step = min(left, longest)
            self.clock.move(step)
            left -= step
            if await self.desk.tick_clocks():
                await self.settle()
        await self.desk.workers["auto_close"].tick()
        await self.settle()

    async def settle(self) -> None:
        """Everything said has been taken in, and everything to be shown is, however often it is tried."""
        if self._is_in_a_hurry:
            return
        trying = asyncio.create_task(self._keep_trying())
        try:
            await self.desk.settled()
            await self.desk.workers["board_refresher"].tick()
            await self.desk.settled()
        finally:
            trying.cancel()

    async def is_heard(self) -> None:
        """Everything said has been taken in, whether or not what follows is shown."""
        assert self.desk.web is not None
        while not self.desk.web.is_quiet:  # noqa: ASYNC110
            await asyncio.sleep(0.005)

    @contextlib.contextmanager
    def without_waiting(self) -> Iterator[None]:
        """People go on before the desk has shown what follows from what they did."""
        self._is_in_a_hurry = True
        try:
            yield
        finally:
            self._is_in_a_hurry = False

    async def _keep_trying(self) -> None:
        while True:
            self.desk.delivering.wake()
            await asyncio.sleep(0.01)


@asynccontextmanager
async def open_office(
    folder: Path,
    *,
    config: Path = DESK,
    at: datetime = MONDAY_9,
    through: Callable[[Platform], Platform] | None = None,
    secrets: Mapping[str, str] = MappingProxyType({}),
) -> AsyncIterator[Office]:
    """The desk that lives in this folder, new or from before, with its page on a free port of this machine.

    `through` stands between the desk and the page, and may lose, delay or refuse what the desk shows. `secrets` are
    settings besides the usual ones.
    """
    settings = Settings.from_environ(
        {
            "DESKBELL_DATA_DIR": str(folder),
            "DESKBELL_CONFIG": str(config),
            "DESKBELL_HTTP_PORT": "0",
            "DESKBELL_WEB_TOKEN": TOKEN,
            **secrets,
        }
    )
    if not (folder / "deskbell.db").exists():
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        migrate(settings.database_url.get_secret_value())
    clock = SetClock(at)
    desk = DeskProcess(settings, clock=clock)
    if through is not None:
        desk.platforms |= {name: through(platform) for name, platform in desk.platforms.items()}
    await desk.start()
    try:
        async with desk.visitor() as visitor:
            yield Office(desk, clock, visitor)
    finally:
        await desk.stop()


def words(message: dict[str, Any]) -> str:
    """What a message says to a reader, without looks."""
    content = message["content"]
    if content is None:
        return str(message["text"])
    match content["type"]:
        case "notice":
            return plain(content["text"])
        case "copy":
            label = f"[{content['label']}] " if content["label"] else ""
            return f"{label}{content['author']}: {content['text']}"
        case "card":
            owner = content["assignee"] or "nobody"
            return f"{content['reference']} {content['subject']} · {content['status']} · {owner}"
        case other:
            raise ValueError(other)


def shown(reply: dict[str, Any] | None) -> str:
    """A private reply in plain words; a form by its title."""
    match reply:
        case None:
            return ""
        case {"type": "private"}:
            return plain(reply["text"])
        case {"type": "form"}:
            return f"form: {reply['title']}"
        case {"type": "form_refused"}:
            return str(reply["reason"])
        case _:
            raise ValueError(reply)


def plain(text: list[Any]) -> str:
    return "".join(_plain(span) for span in text)


def _plain(span: Any) -> str:
    if isinstance(span, str):
        return span
    if span["t"] == "lines":
        return f"{span['text']}\n"
    return str(span.get("text") or span.get("label") or span.get("name") or span.get("at") or "")
