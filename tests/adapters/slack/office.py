"""A whole desk in a Slack workspace: what people do there, and the clock that moves when it is told to."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from adapters.slack.manifest import manifest
from adapters.slack.platform import SlackPlatform
from bot.bootstrap.process import DeskProcess
from bot.commands.catalogue import all_commands
from bot.commands.framework.command import GROUPS
from bot.commands.framework.registry import Registry
from bot.settings import Settings
from tests.adapters.doubles import PUBLIC_URL
from tests.fakes.identity.authority import SECRET, SECRET_NAME
from tests.fakes.slack import Person, Seen, SlackServer

SCALE = 0.01
DESK = """
desk:
  name: Test desk
  ticket_prefix: IT
  operator_channel: slack:{operators}
  sla_policy: standard

inboxes:
  help: {{channel: "slack:{help_it}"}}

teams:
  it:
    title: Service Desk
    channel: slack:{team_it}
    escalation_channel: slack:{escalations}
    board: no
    digests: []
    agents: [bo@example.org, "slack:@netops"]
    leads: [lee@example.org]

routing:
  default_team: it

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


class SetClock:
    """Desk time that stands still until it is moved."""

    def __init__(self) -> None:
        self._at = datetime.now(UTC)

    def now(self) -> datetime:
        return self._at

    def move(self, by: timedelta) -> None:
        self._at += by


@dataclass
class Office:
    """Ana asks, Bo and Cleo (of @netops) answer, Lee leads."""

    slack: SlackServer
    desk: DeskProcess
    clock: SetClock
    ana: Person
    bo: Person
    cleo: Person
    lee: Person

    @property
    def platform(self) -> SlackPlatform:
        return slack_of(self.desk)

    async def settle(self) -> None:
        """Slack has told everything, and the desk has shown all it wants to show."""
        await self.slack.settled()
        trying = asyncio.create_task(self._keep_trying())
        try:
            await self.desk.settled()
            await self.slack.settled()
            await self.desk.settled()
        finally:
            trying.cancel()

    async def passes(self, **time: float) -> None:
        """So much desk time goes by, a minute at a time."""
        left = timedelta(**time)
        while left > timedelta():
            self.clock.move(min(left, timedelta(minutes=1)))
            left -= timedelta(minutes=1)
            await self.desk.workers["sla_clock"].tick()
        await self.settle()

    async def card(self, reference: str) -> Seen:
        """The ticket's card, as the team sees it: the one that begins with it, for others may name it."""
        cards = [
            each
            for each in self.bo.reads("team-it")
            if reference in each.words and each.buttons and not each.is_ephemeral
        ]
        return min(cards, key=lambda each: each.words.index(reference))

    def thread(self, who: Person, root: Seen) -> list[str]:
        """What the replies say, whose they are, without small print."""
        return [f"{each.author}: {each.text}" for each in who.reads_thread(root)[1:] if not each.is_ephemeral]

    async def _keep_trying(self) -> None:
        while True:
            self.desk.delivering.wake()
            await asyncio.sleep(0.01)


@asynccontextmanager
async def open_office(
    folder: Path,
    template: Path,
    *,
    by_socket: bool = False,
    scale: float = SCALE,
    desk: str = DESK,
    **server_options: Any,
) -> AsyncIterator[Office]:
    """A new desk in a workspace of its own, by HTTP or by socket."""
    async with SlackServer.running(scale=scale, **server_options) as slack:
        slack.install(shipped_manifest())
        ana, bo, cleo, lee = (
            slack.person(name, real_name=real_name)
            for name, real_name in (
                ("ana", "Ana Lima"),
                ("bo", "Bo Berg"),
                ("cleo", "Cleo Chen"),
                ("lee", "Lee Lund"),
            )
        )
        slack.user_group("netops", [cleo])
        channels = {
            name.replace("-", "_"): slack.channel(name, people).id
            for name, people in (
                ("help-it", [ana, bo, cleo]),
                ("team-it", [bo, cleo, lee]),
                ("escalations", [bo, cleo, lee]),
                ("operators", [lee]),
            )
        }
        (folder / "desk.yaml").write_text(desk.format(**channels), encoding="utf-8")
        shutil.copy(template, folder / "deskbell.db")
        async with running_desk(slack, folder, by_socket=by_socket) as (process, clock):
            yield Office(slack, process, clock, ana, bo, cleo, lee)


@cache
def shipped_manifest() -> dict[str, Any]:
    """What the app in the workspace was created from: it has these scopes, events, commands and shortcuts alone."""
    names = {group: group for group in GROUPS}
    return manifest(Registry(all_commands()).helps_by_name(names), names=names, url=None, by_socket=True)


@asynccontextmanager
async def running_desk(
    slack: SlackServer, folder: Path, *, by_socket: bool = False
) -> AsyncIterator[tuple[DeskProcess, SetClock]]:
    """The desk that lives in this folder, connected to the workspace."""
    clock = SetClock()
    desk = DeskProcess(
        _settings(slack, folder, by_socket=by_socket), clock=clock, platform_scale=slack.pace.scale
    )
    await desk.start()
    if by_socket:
        slack.uses_sockets()
    else:
        slack.sends_to(f"{desk.http.url}/slack/events")
    try:
        await slack.until(lambda: slack_of(desk).is_connected, "the desk is connected")
        yield desk, clock
    finally:
        await desk.stop()


def _settings(slack: SlackServer, folder: Path, *, by_socket: bool) -> Settings:
    way_in = (
        {"SLACK_APP_TOKEN": slack.app.app_token}
        if by_socket
        else {"SLACK_SIGNING_SECRET": slack.app.signing_secret}
    )
    return Settings.from_environ(
        {
            "DESKBELL_DATA_DIR": str(folder),
            "DESKBELL_CONFIG": str(folder / "desk.yaml"),
            "DESKBELL_HTTP_PORT": "0",
            "DESKBELL_WEB_ENABLED": "false",
            "DESKBELL_PUBLIC_URL": PUBLIC_URL,
            "SLACK_BOT_TOKEN": slack.app.bot_token,
            "SLACK_API_URL": slack.api_url,
            SECRET_NAME: SECRET,
            **way_in,
        }
    )


def slack_of(desk: DeskProcess) -> SlackPlatform:
    """The desk's way to Slack."""
    platform = desk.platforms["slack"].sender
    assert isinstance(platform, SlackPlatform)
    return platform
