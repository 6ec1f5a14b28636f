"""An office with a desk: people say, press, type and read, as at the page; the clock moves when told."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.web.visitor import Visitor
from bot.bootstrap import DeskProcess
from bot.settings import Settings
from storage import migrate

MONDAY_9 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOKEN = "a-token-for-tests-only"

DESK = Path(__file__).with_name("desk.yaml")


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

    async def says(self, who: str, channel: str, text: str, *, thread: str | None = None) -> str:
        """Post a message, and wait for all that follows from it; returns the message's id."""
        said = await self._visitor.say(who, channel, text, thread=thread)
        await self.settle()
        return said

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

    async def submits(self, who: str, form: dict[str, Any], *, channel: str, **values: str) -> str:
        """Send a form that a button or command opened; returns what the person is answered."""
        body = {
            "form": {name: form[name] for name in ("verb", "ticket", "fixed")},
            "values": values,
            "channel": channel,
            "thread": None,
            "client_key": uuid.uuid4().hex,
        }
        answer = await self._visitor.call("POST", "/api/forms", who=who, body=body)
        await self.settle()
        return shown(answer["reply"])

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

    async def passes(self, **time: float) -> None:
        """So much desk time goes by."""
        self.clock.move(timedelta(**time))
        await self.desk.clock_moved()
        await self.settle()

    async def settle(self) -> None:
        """Everything said has been taken in, and everything to be shown is."""
        await self.desk.settled()


@asynccontextmanager
async def open_office(folder: Path, *, config: Path = DESK, at: datetime = MONDAY_9) -> AsyncIterator[Office]:
    """A desk of its own on an empty SQLite file, with its page on a free port of this machine."""
    settings = Settings.from_environ(
        {
            "DESKBELL_DATA_DIR": str(folder),
            "DESKBELL_CONFIG": str(config),
            "DESKBELL_HTTP_PORT": "0",
            "DESKBELL_WEB_TOKEN": TOKEN,
        }
    )
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    migrate(settings.database_url.get_secret_value())
    clock = SetClock(at)
    desk = DeskProcess(settings, clock=clock)
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
    return str(span.get("text") or span.get("label") or span.get("name") or span.get("at") or "")
