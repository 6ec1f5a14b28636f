"""The adapter in use: the real platform, a Slack server on loopback, and a desk behind it that records."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from adapters.http.server import HttpServer
from adapters.slack.capabilities import CAPABILITIES
from adapters.slack.platform import SlackPlatform
from adapters.slack.render.messages import TEXT_LIMIT
from bot.domain.directory import ChannelRef
from bot.messages.outbound import Mention
from tests.adapters.doubles import MemoryFiles, RecordingIntake
from tests.fakes.slack import Person, SlackServer
from tests.fakes.slack.world.markup import read

FILE_LIMIT = 1_000_000


@dataclass
class SlackInUse:
    """`ana` and `bo` are in #help-it and #team-it with the desk."""

    server: SlackServer
    platform: SlackPlatform
    intake: RecordingIntake
    files: MemoryFiles
    url: str
    ana: Person
    bo: Person
    _listening: "asyncio.Task[None] | None" = field(default=None)

    def ref(self, channel: str) -> ChannelRef:
        return ChannelRef("slack", self.server.workspace.channel(channel).id)


@asynccontextmanager
async def slack_in_use(
    *, scale: float = 0.01, by_socket: bool = False, **server_options: Any
) -> AsyncIterator[SlackInUse]:
    """`scale`: real seconds for each of Slack's, in the server and in the budget alike."""
    async with SlackServer.running(scale=scale, **server_options) as server:
        files, intake, http = MemoryFiles(), RecordingIntake(), HttpServer(port=0)
        platform = SlackPlatform(
            bot_token=server.app.bot_token,
            signing_secret=None if by_socket else server.app.signing_secret,
            app_token=server.app.app_token if by_socket else None,
            api_url=server.api_url,
            files=files,
            file_limit=FILE_LIMIT,
            scale=scale,
        )
        http.mount(platform.routes())
        await http.start()
        ana = server.person("ana", real_name="Ana Lima")
        bo = server.person("bo", real_name="Bo Berg")
        for name in ("help-it", "team-it"):
            server.channel(name, [ana, bo])
        listening = asyncio.create_task(platform.listen(intake))
        url = f"{http.url}/slack/events"
        if by_socket:
            server.uses_sockets()
        else:
            server.sends_to(url)
        try:
            await server.until(lambda: platform.is_connected, "the desk is connected")
            yield SlackInUse(server, platform, intake, files, url, ana, bo, listening)
        finally:
            await platform.close()
            await listening
            await http.stop()


class SlackStage:
    """#help-it, for the contract: what the desk's messages there say to a reader."""

    def __init__(self, in_use: SlackInUse) -> None:
        self.in_use = in_use
        self.platform = in_use.platform
        self.capabilities = CAPABILITIES
        self.text_limit = TEXT_LIMIT
        self.channel = in_use.ref("help-it")
        self.somebody = Mention(f"slack:{in_use.bo.id}", in_use.bo.name)

    async def say(self, text: str) -> str:
        said = await self.in_use.ana.says("help-it", text)
        await self.in_use.server.settled()
        return said.ts

    async def take_back(self, message_id: str) -> None:
        ana = self.in_use.ana
        message = next(each for each in ana.reads("help-it") if each.ts == message_id)
        await ana.deletes(message)
        await self.in_use.server.settled()

    async def end_thread(self, root: str) -> None:
        await self.take_back(root)

    async def read(self, thread: str | None = None) -> list[str]:
        workspace = self.in_use.server.workspace
        channel = self.channel.channel
        said = workspace.messages.get(channel, {}).values()
        shown = (
            workspace.thread(channel, thread)
            if thread is not None
            else [each for each in said if not each.is_reply]
        )
        return [words(each.blocks) for each in shown if each.bot_id == self.in_use.server.app.bot]

    async def pings(self) -> set[str]:
        workspace = self.in_use.server.workspace
        found: set[str] = set()
        for each in workspace.messages.get(self.channel.channel, {}).values():
            if each.bot_id != self.in_use.server.app.bot:
                continue
            for part in _parts(each.blocks):
                if part.get("type") == "user":
                    found.add(workspace.users[part["user_id"]].name)
                if part.get("type") in ("broadcast", "usergroup"):
                    found.add(str(part))
                if part.get("type") == "mrkdwn" and read(part["text"], workspace).startswith("@"):
                    found.add(part["text"])
        return found


def words(blocks: list[dict[str, Any]]) -> str:
    """What the rich text of a message says; small print and buttons are left out."""
    return "".join(
        str(part.get("text") or part.get("fallback") or "")
        for block in blocks
        if block["type"] == "rich_text"
        for part in _parts(block["elements"])
        if part.get("type") in ("text", "link", "date")
    )


def _parts(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [inner for each in part for inner in _parts(each)]
    if isinstance(part, dict):
        return [part, *(inner for each in part.values() for inner in _parts(each))]
    return []
