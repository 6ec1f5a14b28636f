"""One desk on two platforms: a requester in Discord, a team in Slack, and both real client libraries between them."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.bootstrap.process import DeskProcess
from bot.settings import Settings
from tests.adapters.discord.office import discord_of
from tests.adapters.discord.render.read_markdown import as_read
from tests.adapters.slack.office import SetClock, shipped_manifest, slack_of
from tests.fakes.discord import DiscordServer
from tests.fakes.discord import Person as Gamer
from tests.fakes.discord import Seen as SeenInDiscord
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.selftests.discord.discord_client import leading_to
from tests.fakes.slack import Person as Colleague
from tests.fakes.slack import Seen as SeenInSlack
from tests.fakes.slack import SlackServer
from tests.said import said

SCALE = 0.01
DESK = """
desk:
  name: Pine support
  ticket_prefix: IT
  sla_policy: standard
inboxes:
  help: {{channel: "discord:{help}"}}
  office: {{channel: "slack:{office}"}}
teams:
  it:
    title: Service Desk
    channel: slack:{team}
    escalation_channel: slack:{team}
    board: no
    digests: []
    agents: ["slack:{bo}"]
  moderators:
    title: Moderators
    channel: discord:{mods}
    agents: ["discord:{mona}"]
routing:
  default_team: it
  rules:
    - {{name: from the office, when: {{inbox: office}}, team: moderators}}
sla_policies:
  standard: {{first_response: 30m}}
"""


@dataclass
class Town:
    """Ana plays in Discord and Bo works in Slack; Mona moderates in Discord and Otto works in Slack's office."""

    discord: DiscordServer
    slack: SlackServer
    desk: DeskProcess
    ana: Gamer
    mona: Gamer
    bo: Colleague
    otto: Colleague

    async def settle(self) -> None:
        trying = asyncio.create_task(self._keep_trying())
        platform = discord_of(self.desk)
        try:
            for _ in range(3):
                await self.discord.settled()
                await self.slack.settled()
                await self.discord.until(lambda: platform.is_quiet, "the desk has heard everything")
                await self.desk.settled()
        finally:
            trying.cancel()

    async def _keep_trying(self) -> None:
        while True:
            self.desk.delivering.wake()
            await asyncio.sleep(0.01)

    def card_in_slack(self) -> SeenInSlack:
        (card,) = [
            each
            for each in self.bo.reads("team")
            if each.buttons and "IT-" in each.words and not each.is_ephemeral
        ]
        return card

    def in_slack(self, root: SeenInSlack) -> list[str]:
        return [f"{each.author}: {each.text}" for each in self.bo.reads_thread(root)[1:]]

    def in_discord(self, root: SeenInDiscord) -> list[str]:
        return [f"{each.author}: {as_read(each.text)}" for each in self.ana.reads_thread(root)]


@pytest.fixture
async def town(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Town]:
    async with (
        SlackServer.running(scale=SCALE) as slack,
        DiscordServer.running(scale=SCALE) as discord,
    ):
        slack.install(shipped_manifest())
        ana, mona = discord.person("ana"), discord.person("mona")
        bo = slack.person("bo", real_name="Bo Berg", email="bo@example.org")
        otto = slack.person("otto", real_name="Otto Olsen", email="otto@example.org")
        channels = {
            "help": discord.channel("help").id,
            "mods": discord.channel("mods", private_to=[mona]).id,
            "team": slack.channel("team", [bo]).id,
            "office": slack.channel("office", [otto]).id,
        }
        (tmp_path / "desk.yaml").write_text(DESK.format(**channels, bo=bo.id, mona=mona.id), encoding="utf-8")
        shutil.copy(sqlite_template, tmp_path / "deskbell.db")
        settings = Settings.from_environ(
            {
                "DESKBELL_DATA_DIR": str(tmp_path),
                "DESKBELL_CONFIG": str(tmp_path / "desk.yaml"),
                "DESKBELL_HTTP_PORT": "0",
                "DESKBELL_WEB_ENABLED": "false",
                "DISCORD_BOT_TOKEN": discord.token,
                "DISCORD_API_URL": discord.api_url,
                "SLACK_BOT_TOKEN": slack.app.bot_token,
                "SLACK_APP_TOKEN": slack.app.app_token,
                "SLACK_API_URL": slack.api_url,
            }
        )
        with leading_to(discord):
            desk = DeskProcess(settings, clock=SetClock(), platform_scale=SCALE)
            await desk.start()
            slack.uses_sockets()
            try:
                await discord.until(lambda: discord_of(desk).is_connected, "Discord is connected")
                await discord.until(lambda: slack_of(desk).is_connected, "Slack is connected")
                yield Town(discord, slack, desk, ana, mona, bo, otto)
            finally:
                await desk.stop()


async def test_a_requester_in_discord_is_served_by_a_team_in_slack(town: Town) -> None:
    ana, bo = town.ana, town.bo
    request = await ana.says("help", "The launcher **crashes**")
    await town.settle()
    assert any("IT-1" in line for line in town.in_discord(request))
    card = town.card_in_slack()
    assert "The launcher" in card.words

    await bo.presses(card, "Claim")
    answer = await bo.says("team", "note to us: known bug", thread=card)
    await town.settle()
    assert not any("known bug" in line for line in town.in_discord(request))
    assert answer is not None

    await bo.presses(town.card_in_slack(), "Reply")
    form = await bo.sees_modal()
    await bo.submits(form, {form.fields[0]: "Which version *exactly*?"})
    said = await ana.says(request, "2.4.0", files=[("log.txt", b"segfault")])
    await town.settle()
    assert "Bo Berg: Which version *exactly*?\n@Ana" in town.in_discord(request)
    assert any("2.4.0" in line and line.startswith("Ana") for line in town.in_slack(card))
    assert any(each.files == ("log.txt",) for each in bo.reads_thread(card))

    await ana.edits(said, "2.4.1")
    await town.settle()
    assert any("2.4.1" in line for line in town.in_slack(card))
    assert not any("2.4.0" in line for line in town.in_slack(card))

    await ana.deletes(said)
    await town.settle()
    assert not any("2.4.1" in line for line in town.in_slack(card))

    await bo.says("team", "@deskbell resolve fixed in 2.4.2", thread=card)
    await town.settle()
    assert any("resolved" in line for line in town.in_discord(request))
    await ana.says(request, "Still broken")
    await town.settle()
    assert "resolved" not in town.card_in_slack().words


async def test_an_employee_in_slack_is_served_by_a_team_in_discord(town: Town) -> None:
    otto, mona = town.otto, town.mona
    request = await otto.says("office", "My badge is lost")
    await town.settle()
    (card,) = [each for each in mona.reads("mods") if each.buttons]
    assert "My badge is lost" in card.words
    await mona.presses(card, "Claim")
    shown = await mona.presses(card, "Reply")
    await mona.submits(shown, {said("commands.desk_reply_text_label"): "We print a new one"})
    await otto.says("office", "Thank you, which door?", thread=request)
    await town.settle()
    told = [f"{each.author}: {each.text}" for each in otto.reads_thread(request)]
    assert any("We print a new one" in line and line.startswith("Mona") for line in told)
    copied = [each for each in mona.reads_thread(card) if "which door?" in each.words]
    assert [each.author for each in copied] == ["Otto Olsen"]


async def test_a_file_from_slacks_form_reaches_discord_and_goes_with_its_recalled_reply(town: Town) -> None:
    ana, bo = town.ana, town.bo
    request = await ana.says("help", "The launcher crashes")
    await town.settle()
    await bo.presses(town.card_in_slack(), "Reply")
    form = await bo.sees_modal()
    files = {said("platforms.form_files"): [("patch.txt", b"2.4.2")]}
    await bo.submits(form, {form.fields[0]: "Try this patch", **files})
    await town.settle()
    (answer,) = [each for each in ana.reads_thread(request) if each.files]
    assert "Try this patch" in answer.text
    await bo.types("/desk edit IT-1 Try that patch", "team")
    await town.settle()
    assert any("Try that patch" in line for line in town.in_discord(request))
    await bo.types("/desk recall IT-1", "team")
    await town.settle()
    assert not any("patch" in line for line in town.in_discord(request))
    assert not any(each.files for each in ana.reads_thread(request))


async def test_a_file_from_discords_form_reaches_slack(town: Town) -> None:
    otto, mona = town.otto, town.mona
    request = await otto.says("office", "My badge is lost")
    await town.settle()
    (card,) = [each for each in mona.reads("mods") if each.buttons]
    shown = await mona.presses(card, "Reply")
    label, files = said("commands.desk_reply_text_label"), said("platforms.form_files")
    await mona.submits(shown, {label: "Print this", files: [("badge.txt", b"badge")]})
    await town.settle()
    assert [each.files for each in otto.reads_thread(request) if each.files] == [("badge.txt",)]


async def test_both_teams_read_their_report_and_get_its_charts(town: Town) -> None:
    bo, mona = town.bo, town.mona
    town.discord.role("moderators", [mona], permissions=int(Permission.MANAGE_MESSAGES))
    await town.ana.says("help", "The launcher crashes")
    await town.otto.says("office", "My badge is lost")
    await town.settle()
    await bo.types("/desk resolve IT-1 all done", "team")
    await mona.types_command("/desk resolve", "mods", ticket="IT-2", resolution="all done")
    await town.settle()

    await bo.types("/desk report sla", "team")
    title = said("reports.heading_sla", teams="Service Desk")
    in_slack = await bo.sees("team", title)
    assert "met miss    %   late\nall              1    0 100%" in in_slack.words
    await bo.presses(in_slack, said("answers.button_charts"))
    charts = await bo.sees("@deskbell", title)
    await town.settle()
    shown = [name for each in (*bo.reads("@deskbell"), *bo.reads_thread(charts)) for name in each.files]
    assert any(name.endswith("-weeks.png") for name in shown)

    in_discord = await mona.types_command("/desk team report", "mods", team="sla", since="this month")
    assert in_discord.reply is not None
    assert "all              1    0 100%" in in_discord.reply.words
    await mona.presses(in_discord.reply, said("answers.button_tables"))
    tables = await mona.sees_dm(said("reports.heading_sla", teams="Moderators"))
    assert any(name.endswith("-targets.csv") for name in tables.files)
