"""A whole desk in a Discord server: what people do there, and the clock that moves when it is told to."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from adapters.discord.platform import DiscordPlatform
from bot.bootstrap.process import DeskProcess
from bot.settings import Settings
from tests.adapters.doubles import PUBLIC_URL
from tests.adapters.slack.office import SetClock
from tests.fakes.discord import DiscordServer, Person, Seen
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.world.records import MessageType, Thread
from tests.fakes.identity.authority import SECRET, SECRET_NAME
from tests.fakes.selftests.discord.discord_client import leading_to

SCALE = 0.01
WORDS = (MessageType.DEFAULT, MessageType.REPLY)
DESK = """
desk:
  name: Pine support
  ticket_prefix: IT
  operator_channel: discord:{operators}
  sla_policy: standard
  categories: [Hardware, Network]

inboxes:
  help: {{channel: "discord:{help}"}}
  forum: {{channel: "discord:{questions}"}}
  quiet: {{channel: "discord:{quiet}", threads: private}}

teams:
  helpers:
    title: Helpers
    channel: discord:{team}
    escalation_channel: discord:{escalations}
    board: no
    digests: []
    agents: ["discord:@{role}"]
    leads: ["discord:{lee}"]

routing:
  default_team: helpers

sla_policies:
  standard:
    first_response: 30m
    resolution: 8h
    escalation: tell the team

escalation_policies:
  tell the team:
    - at: 80%
      notify: [escalation_channel]
    - at: 100%
      notify: [escalation_channel, leads]
"""


@dataclass
class Office:
    """Ana asks, Bo and Cleo are helpers, Lee leads."""

    discord: DiscordServer
    desk: DeskProcess
    clock: SetClock
    folder: Path
    ana: Person
    bo: Person
    cleo: Person
    lee: Person

    async def settle(self) -> None:
        """Discord has told everything, and the desk has shown all it wants to show."""
        trying = asyncio.create_task(self._keep_trying())
        try:
            for _ in range(3):
                await self.discord.settled()
                await self.discord.until(lambda: self.platform.is_quiet, "the desk has heard everything")
                await self.desk.settled()
        finally:
            trying.cancel()

    @property
    def platform(self) -> DiscordPlatform:
        return discord_of(self.desk)

    async def passes(self, **time: float) -> None:
        """So much desk time goes by, a minute at a time."""
        left = timedelta(**time)
        while left > timedelta():
            self.clock.move(min(left, timedelta(minutes=1)))
            left -= timedelta(minutes=1)
            await self.desk.workers["sla_clock"].tick()
        await self.settle()

    def card(self, reference: str) -> Seen:
        """The ticket's card, as the team sees it: the one that begins with it, for others may name it."""
        cards = [each for each in self.bo.reads("team") if _is_card(each, reference)]
        return min(cards, key=lambda each: each.words.index(reference))

    def talk(self, who: Person, thread: Thread | Seen) -> list[str]:
        """What is said in a thread and whose it is, the first message left out."""
        said = [each for each in who.reads_thread(thread) if each.kind in WORDS and not each.is_ephemeral]
        return [f"{each.author}: {each.words}" for each in said]

    async def _keep_trying(self) -> None:
        while True:
            self.desk.delivering.wake()
            await asyncio.sleep(0.01)


def _is_card(seen: Seen, reference: str) -> bool:
    return reference in seen.words and bool(seen.buttons) and not seen.is_ephemeral


@asynccontextmanager
async def open_office(
    folder: Path,
    template: Path,
    *,
    scale: float = SCALE,
    desk: str = DESK,
    more: Mapping[str, str] | None = None,
    **options: Any,
) -> AsyncIterator[Office]:
    """A new desk in a server of its own. `more` are settings besides Discord's."""
    async with DiscordServer.running(scale=scale, **options) as server:
        people = {name: server.person(name) for name in ("ana", "bo", "cleo", "lee")}
        agents = server.role(
            "helpers",
            [people["bo"], people["cleo"], people["lee"]],
            permissions=int(Permission.MANAGE_MESSAGES),
        )
        names = {
            **{name: server.channel(name).id for name in ("help", "quiet")},
            "questions": server.forum("questions", tags=["open", "urgent", "Helpers"]).id,
            **{
                name: server.channel(name, private_to=[agents]).id
                for name in ("team", "escalations", "operators")
            },
        }
        ids = {name: person.id for name, person in people.items()}
        written = desk.format(**names, role=agents.id, guild=server.guild.id, **ids)
        (folder / "desk.yaml").write_text(written, encoding="utf-8")
        shutil.copy(template, folder / "deskbell.db")
        with leading_to(server):
            async with running_desk(server, folder, more=more or {}) as (process, clock):
                yield Office(server, process, clock, folder, **people)


@asynccontextmanager
async def running_desk(
    server: DiscordServer, folder: Path, *, more: Mapping[str, str]
) -> AsyncIterator[tuple[DeskProcess, SetClock]]:
    """The desk that lives in this folder, connected to the server."""
    clock = SetClock()
    settings = Settings.from_environ(
        {
            "DESKBELL_DATA_DIR": str(folder),
            "DESKBELL_CONFIG": str(folder / "desk.yaml"),
            "DESKBELL_HTTP_PORT": "0",
            "DESKBELL_WEB_ENABLED": "false",
            "DESKBELL_PUBLIC_URL": PUBLIC_URL,
            "DISCORD_BOT_TOKEN": server.token,
            "DISCORD_API_URL": server.api_url,
            SECRET_NAME: SECRET,
            **more,
        }
    )
    desk = DeskProcess(settings, clock=clock, platform_scale=server.pace.scale)
    await desk.start()
    try:
        await server.until(lambda: discord_of(desk).is_connected, "the desk is connected")
        yield desk, clock
    finally:
        await desk.stop()


def discord_of(desk: DeskProcess) -> DiscordPlatform:
    """The desk's way to Discord."""
    platform = desk.platforms["discord"].sender
    assert isinstance(platform, DiscordPlatform)
    return platform
