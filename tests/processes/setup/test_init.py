"""A first desk at a terminal: asked, checked at once against the platform, written whole or not at all."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from stat import S_IMODE

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.setup.platform_looks import NEW_SLACK_APP
from bot.config import load_configuration, load_desk
from bot.domain.desk import Desk
from bot.domain.sentence import Sentence, sentence
from tests.fakes.discord import DiscordServer
from tests.fakes.slack import SlackServer
from tests.processes.setup.terminal_session import TerminalSession, environ_of
from tests.said import printed

Begin = Callable[..., TerminalSession]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """`deskbell init` in an empty folder."""
    begun: list[TerminalSession] = []

    def start(*words: str, **settings: str) -> TerminalSession:
        begun.append(TerminalSession("init", *words, folder=tmp_path, **settings))
        return begun[-1]

    yield start
    for each in begun:
        each.close()


def asked(name: str) -> str:
    return printed(f"terminal.init_{name}")


def desk_in(folder: Path) -> Desk:
    return load_desk(folder / "desk.yaml", KNOWN_PLATFORMS)


def names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def run(folder: Path, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Without a terminal."""
    return subprocess.run(
        [sys.executable, "-B", "-m", "bot", *words],
        env=environ_of(**settings),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


async def test_enter_makes_a_desk_in_the_browser_that_passes_its_check(begin: Begin, tmp_path: Path) -> None:
    init = begin()
    await init.answers(asked("ask_platform"))
    await init.answers(asked("ask_desk"), "Pine: IT & more")
    await init.answers(asked("ask_prefix"), "p i")
    await init.answers(printed("configuration.not_a_prefix", text="P I"))
    await init.answers(asked("ask_team"))
    await init.answers(asked("ask_members"), "Bo Berg, Cleo Chen")
    await init.answers(asked("ask_lead"), "Lee Lund")
    await init.answers(asked("ask_hours"), "mon, wed 8-16; fri 9-14")
    await init.answers(asked("ask_zone"), "GMT+1")
    hint = sentence("configuration.zone_of_offset", zone="Etc/GMT-1")
    await init.sees(printed("configuration.not_a_zone", text="GMT+1", hint=hint))
    await init.answers(asked("ask_zone"), "lisbon")
    assert await init.ends() == 0, init.shown
    assert printed("terminal.init_next_page") in init.shown
    desk = desk_in(tmp_path)
    (team,) = desk.teams.values()
    assert (desk.name, desk.prefix, team.title) == ("Pine: IT & more", "HELP", "Support")
    assert team.agents == {"web:bo-berg", "web:cleo-chen"}
    assert team.leads == {"web:lee-lund"}
    assert str(team.calendar.zone) == "Europe/Lisbon"
    assert names_in(tmp_path) == {"desk.yaml"}
    assert "  # who may use /desk-admin" in (tmp_path / "desk.yaml").read_text(encoding="utf-8")


def test_names_in_any_letters_are_ids_of_their_own_and_nobody_is_left_out(tmp_path: Path) -> None:
    names = "José Núñez, Josè Nuñez, Иван, Ольга, 日本, иван, Zoë Łoś"
    options = ("--members", names, "--lead", "Пётр", "--inbox", "Ñandú café", "--team", "No")
    done = run(tmp_path, "init", "--platform", "page", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    desk = desk_in(tmp_path)
    (team,), (inbox,) = desk.teams.values(), desk.inboxes.values()
    found = load_configuration(tmp_path / "desk.yaml", KNOWN_PLATFORMS).workspace.people
    people = {each.id: each.name for each in found}
    assert people == {
        "ana": "Ana Alves",
        "jose-nunez": "José Núñez",
        "jose-nunez-2": "Josè Nuñez",
        "agent": "Иван",
        "agent-2": "Ольга",
        "agent-3": "日本",
        "zoe-los": "Zoë Łoś",
        "agent-4": "Пётр",
    }
    assert team.agents == {f"web:{each}" for each in people} - {"web:ana", "web:agent-4"}
    assert team.leads == {"web:agent-4"}
    assert (team.name, str(inbox.channel)) == ("no", "web:nandu-cafe")


async def test_slack_is_set_up_by_names_and_its_tokens_are_checked_at_once(
    begin: Begin, tmp_path: Path
) -> None:
    async with SlackServer.running() as slack:
        slack.app.scopes -= {"files:read"}
        bo, lee = slack.person("bo", real_name="Bo Berg"), slack.person("lee", real_name="Lee Lund")
        channels = {name: slack.channel(name) for name in ("help-it", "random", "team-it", "it-alerts")}
        slack.user_group("it-agents", [bo])
        (tmp_path / ".env").write_text("# mine\n#SLACK_BOT_TOKEN=\nDESKBELL_LOG_LEVEL=debug\n")
        init = begin(SLACK_API_URL=slack.api_url)
        await init.answers(asked("ask_platform"), "1")
        await init.sees(NEW_SLACK_APP)
        await init.answers(asked("token_slack_bot_token"), "xoxb-1 2")
        space = printed("operations.token_with_space", variable="SLACK_BOT_TOKEN")
        await init.sees(space)
        await init.answers(asked("token_slack_bot_token"), "xoxb-nobodys")
        await init.answers(asked("token_slack_app_token"), slack.app.app_token)
        await init.sees(printed("terminal.init_tokens_again", platform="Slack"))
        await init.answers(asked("token_slack_bot_token"), slack.app.bot_token)
        await init.answers(asked("token_slack_app_token"), slack.app.app_token)
        missing = sentence(
            "operations.slack_scope_missing",
            scope="files:read",
            reason=Sentence("operations.slack_scope_for_files_read"),
        )
        await init.sees(printed(missing.key, **missing.facts))
        await init.sees(printed("terminal.init_signed_in", places=("deskbell-test",)))
        await init.answers(asked("ask_desk"))
        await init.answers(asked("ask_prefix"), "it")
        await init.answers(f"{asked('number_or_name')} [#help-it]")
        await init.answers(asked("ask_team"), "Service desk")
        await init.answers(f"{asked('number_or_name')} [#team-it]")
        await init.answers(asked("number_or_name"), "it")
        await init.answers(printed("terminal.init_several", text="it", names=("#team-it", "#it-alerts")), "2")
        await init.answers(asked("numbers_or_names"), "@it-agents, berg")
        await init.answers(f"{asked('number_or_name')} [@it-agents]", "lund")
        await init.answers(asked("ask_hours"))
        await init.answers(f"{asked('ask_zone')} [Europe/Berlin]")
        await init.answers(printed("terminal.init_replace", files=(".env",)), "y")
        assert await init.ends() == 0, init.shown
    desk = desk_in(tmp_path)
    (inbox,), (team,) = desk.inboxes.values(), desk.teams.values()
    assert str(inbox.channel) == f"slack:{channels['help-it'].id}"
    assert str(team.channel) == f"slack:{channels['team-it'].id}"
    assert str(team.escalation_channel) == f"slack:{channels['it-alerts'].id}"
    assert team.agents == {"slack:@it-agents", bo.user.email}
    assert team.leads == {lee.user.email}
    dotenv = tmp_path / ".env"
    assert dotenv.read_text().splitlines() == [
        "# mine",
        f"SLACK_BOT_TOKEN={slack.app.bot_token}",
        "DESKBELL_LOG_LEVEL=debug",
        f"SLACK_APP_TOKEN={slack.app.app_token}",
    ]
    assert S_IMODE(dotenv.stat().st_mode) == S_IMODE((tmp_path / ".env.before").stat().st_mode) == 0o600
    assert not any(secret in init.shown for secret in (slack.app.bot_token, slack.app.app_token, "nobodys"))


async def test_discord_waits_until_it_is_let_into_a_server_and_offers_its_roles(
    begin: Begin, tmp_path: Path
) -> None:
    async with DiscordServer.running() as discord:
        helpers = discord.role("Helpers", [discord.person("bo")])
        channels = [discord.channel(name) for name in ("help", "team", "alerts")]
        guild = discord.guild
        bot = guild.members.pop(discord.world.bot.id)
        init = begin("--platform", "discord", "--zone", "UTC", DISCORD_API_URL=discord.api_url)
        await init.answers(asked("token_discord_bot_token"), discord.token)
        await init.sees("https://discord.com/oauth2/authorize?client_id=")
        guild.members[discord.world.bot.id] = bot
        await init.answers(asked("enter"))
        await init.sees(printed("terminal.init_signed_in", places=(guild.name,)))
        for question in ("ask_desk", "ask_prefix", "number_or_name", "ask_team"):
            await init.answers(asked(question))
        for _ in range(2):
            await init.answers(asked("number_or_name"))
        await init.answers(asked("numbers_or_names"), "Helpers")
        await init.answers(asked("number_or_name"), "bo")
        await init.answers(asked("ask_hours"))
        assert await init.ends() == 0, init.shown
    (team,) = desk_in(tmp_path).teams.values()
    assert team.agents == {f"discord:@{helpers.id}"}
    assert team.leads == {f"discord:{discord.person('bo').id}"}
    assert [str(team.channel), str(team.escalation_channel)] == [
        f"discord:{each.id}" for each in channels[1:]
    ]
    assert (tmp_path / ".env").read_text() == f"DISCORD_BOT_TOKEN={discord.token}\n"


async def test_a_desk_that_is_there_is_shown_as_it_would_change_and_kept_unless_that_is_wanted(
    begin: Begin, tmp_path: Path
) -> None:
    answers = ("--platform", "page", "--members", "Bo", "--zone", "UTC")
    assert run(tmp_path, "init", *answers).returncode == 0
    mine = (tmp_path / "desk.yaml").read_text() + "# my own\n"
    (tmp_path / "desk.yaml").write_text(mine)
    unattended = run(tmp_path, "init", *answers, "--desk", "Pine")
    assert unattended.returncode == 1
    assert "+  name: Pine" in unattended.stdout
    assert printed("terminal.init_there", files=("desk.yaml",)) in unattended.stderr
    for answer, is_new in (("", False), ("y", True)):
        init = begin(*answers, "--desk", "Pine")
        for question in ("ask_prefix", "ask_team", "ask_lead", "ask_hours"):
            await init.answers(asked(question))
        await init.sees("-# my own")
        await init.answers(printed("terminal.init_replace", files=("desk.yaml",)), answer)
        assert await init.ends() == (0 if is_new else 1)
        assert (desk_in(tmp_path).name == "Pine") is is_new
        assert (tmp_path / "desk.yaml.before").exists() is is_new
    assert (tmp_path / "desk.yaml.before").read_text() == mine


@pytest.mark.parametrize("way", ["ctrl-c", "kill"])
async def test_ended_in_the_middle_nothing_is_written(begin: Begin, tmp_path: Path, way: str) -> None:
    init = begin()
    await init.answers(asked("ask_platform"))
    await init.answers(asked("ask_desk"))
    await init.sees(asked("ask_prefix"))
    if way == "kill":
        init.is_killed()
        assert await init.ends() != 0
    else:
        assert await init.is_interrupted(told=asked("ended")) == 1
    assert "Traceback" not in init.shown
    if way == "ctrl-c":
        assert printed("terminal.init_ended") in init.shown
    assert names_in(tmp_path) == set()


async def test_without_a_terminal_it_names_every_answer_that_is_missing_and_takes_them_from_a_file(
    tmp_path: Path,
) -> None:
    lost = run(tmp_path, "init", "--platform", "slack")
    assert lost.returncode == 1
    options = ("--inbox", "--team-channel", "--members")
    assert lost.stderr == f"{printed('terminal.init_no_terminal', options=options)}\n"
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        "platform: slack\nteam: IT\nprefix: IT\ninbox: help\nteam_channel: '#team'\n"
        "members: [bo@example.org, lee@example.org]\nhours: 24x7\nzone: Europe/Berlin\n"
    )
    unset = run(tmp_path, "init", "--answers", "answers.yaml")
    assert printed("terminal.init_no_token", variable="SLACK_BOT_TOKEN") in unset.stderr
    async with SlackServer.running() as slack:
        for name in ("help", "team"):
            slack.channel(name)
        tokens = {"SLACK_BOT_TOKEN": slack.app.bot_token, "SLACK_APP_TOKEN": slack.app.app_token}
        settings = {**tokens, "SLACK_API_URL": slack.api_url}

        async def set_up(*more: str) -> "subprocess.CompletedProcess[str]":
            words = ("init", "--answers", "answers.yaml", *more)
            return await asyncio.to_thread(lambda: run(tmp_path, *words, **settings))

        elsewhere = await set_up("--inbox", "hepl")
        assert elsewhere.returncode == 1
        nothing = sentence("terminal.init_nothing_called", text="hepl")
        unusable = printed("terminal.init_unusable", option="--inbox", problem=nothing)
        assert unusable in elsewhere.stderr
        assert names_in(tmp_path) == {"answers.yaml"}
        done = await set_up()
        assert done.returncode == 0, done.stdout + done.stderr
    (team,) = desk_in(tmp_path).teams.values()
    assert team.title == "IT"
    assert team.agents == {"bo@example.org", "lee@example.org"}
    assert team.escalation_channel == team.channel


@pytest.mark.parametrize("platform", ["slack", "discord"])
def test_a_platform_that_does_not_answer_is_no_word_against_its_tokens(tmp_path: Path, platform: str) -> None:
    nowhere = "http://127.0.0.1:9"
    settings = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "DISCORD_BOT_TOKEN": "a.b.c"}
    settings |= {"SLACK_API_URL": f"{nowhere}/api/", "DISCORD_API_URL": nowhere}
    options = ("--inbox", "help", "--team-channel", "team", "--members", "bo@example.org")
    done = run(tmp_path, "init", "--platform", platform, *options, **settings)
    assert done.returncode == 1
    assert printed("terminal.init_unanswered", platform=platform.capitalize()) in done.stderr
    assert printed("terminal.init_refused", platform=platform.capitalize()) not in done.stderr
    assert names_in(tmp_path) == set()


def test_answers_that_are_not_there_are_no_desk_to_begin_with(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "--answers", "nope.yaml")
    assert done.returncode != 0
    assert "nope.yaml" in done.stderr
    assert "DESKBELL_CONFIG" not in done.stderr


async def test_the_page_of_a_new_desk_is_opened(tmp_path: Path, begin: Begin) -> None:
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "$1" > "$(dirname "$0")/opened"\n')
    browser.chmod(0o755)
    words = ("--platform", "page", "--desk", "Pine", "--prefix", "P", "--team", "IT", "--members", "Bo")
    more = ("--lead", "Bo", "--hours", "24x7", "--zone", "UTC", "--open")
    init = begin(*words, *more, BROWSER=str(browser), DESKBELL_HTTP_PORT="0", DESKBELL_LOG_LEVEL="error")
    await init.sees("/?token=")
    for _ in range(200):
        if (tmp_path / "opened").exists() and (tmp_path / "opened").read_text().strip():
            break
        await asyncio.sleep(0.05)
    assert "/?token=" in (tmp_path / "opened").read_text()
    init.presses_ctrl_c()
    await init.ends()
