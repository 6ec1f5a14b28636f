"""The terminal answers at once: help, completion and the version load nothing of the desk, nor of its libraries."""

import errno
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.__main__ import COMMANDS, application
from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.terminal import said_plainly
from bot.config import load_desk
from bot.config.file.document import STARTER
from tests.said import printed
from tests.stories.desk_files import DESK

DESK_INBOXES = load_desk(DESK, KNOWN_PLATFORMS).inboxes

HEAVY = {
    *(
        "adapters",
        "storage",
        "bot.config",
        "bot.services",
        "bot.settings",
        "bot.bootstrap",
        "bot.cli.actions",
    ),
    *("aiohttp", "alembic", "apscheduler", "asyncio", "discord", "dotenv", "holidays", "icalendar", "jinja2"),
    *(
        "matplotlib",
        "psycopg",
        "pydantic",
        "rich",
        "slack_bolt",
        "sqlalchemy",
        "sqlite3",
        "structlog",
        "yaml",
    ),
}
SAYS_WHAT_IT_LOADED = """
import sys
sys.argv = ["deskbell", *sys.argv[1:]]
from bot.__main__ import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
finally:
    print("\\nLOADED", *sys.modules)
"""


def answer(*words: str, **environ: str) -> tuple[str, set[str]]:
    """What the terminal says in a process of its own, and the modules that it loaded for that."""
    done = subprocess.run(
        [sys.executable, "-c", SAYS_WHAT_IT_LOADED, *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environ},
    )
    said, _, loaded = done.stdout.rpartition("\nLOADED ")
    return said, set(loaded.split())


def heavy(loaded: set[str]) -> set[str]:
    return {name for name in loaded if any(name == each or name.startswith(f"{each}.") for each in HEAVY)}


@pytest.mark.parametrize("words", ["--help", "--version", "check --help", "route --help", "report --help"])
def test_help_and_version_load_nothing_of_the_desk(words: str) -> None:
    said, loaded = answer(*words.split())
    assert said
    assert heavy(loaded) == set()


def test_completion_offers_the_commands_and_loads_nothing_of_the_desk() -> None:
    said, loaded = answer(_DESKBELL_COMPLETE="complete_bash", COMP_WORDS="deskbell s", COMP_CWORD="1")
    assert said.split() == ["schema", "sign-in", "slack-manifest", "settings", "sla"]
    assert heavy(loaded) == set()


def test_completion_offers_the_options_of_a_command() -> None:
    said, _ = answer(_DESKBELL_COMPLETE="complete_bash", COMP_WORDS="deskbell check --s", COMP_CWORD="2")
    assert said.split() == ["--samples", "--strict"]


def test_the_version_is_that_of_the_package() -> None:
    said, _ = answer("--version")
    assert said.strip() == f"deskbell {version('deskbell')}"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_is_for(command: str) -> None:
    words = [*command.split(), "--help"]
    result = CliRunner().invoke(application(only=words[0]), words)
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: deskbell {command} ")


def test_a_command_that_does_not_exist_is_named() -> None:
    result = CliRunner().invoke(application(only="chekc"), ["chekc"])
    assert result.exit_code == 2
    assert "chekc" in result.output


@pytest.mark.parametrize("port", ["99999", "-1"])
@pytest.mark.parametrize("command", ["run", "demo"])
def test_a_port_that_there_is_none_of_is_refused_before_anything_begins(command: str, port: str) -> None:
    result = CliRunner().invoke(application(only=command), [command, "--port", port])
    assert result.exit_code == 2
    assert "--port" in result.output


def test_a_file_that_was_named_and_is_not_there_is_offered_its_neighbour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("desk-new.yaml").write_text(DESK.read_text(encoding="utf-8"), encoding="utf-8")
    result = CliRunner().invoke(application(only="check"), ["check", "desk-nwe.yaml"])
    assert printed("terminal.no_file", file="desk-nwe.yaml") in result.output
    assert printed("refusals.did_you_mean", word="desk-new.yaml") in result.output


def test_the_only_inbox_need_not_be_named_and_of_several_one_must(tmp_path: Path) -> None:
    several = CliRunner().invoke(application(only="route"), ["route", "My mouse", "--config", str(DESK)])
    assert printed("terminal.inbox_needed", inboxes=tuple(DESK_INBOXES)) in several.output
    one = CliRunner().invoke(application(only="route"), ["route", "My mouse", "--config", str(STARTER)])
    assert one.exit_code == 0, one.output


def test_what_a_disk_refuses_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended, said_plainly():
        raise OSError(errno.ENOSPC, "No space left on device", "old.rejects.csv")
    assert ended.value.exit_code == 1
    failed = printed("terminal.file_failed", file="old.rejects.csv", reason="No space left on device")
    assert capsys.readouterr().err == f"{failed}\n"


def test_a_reader_who_has_had_enough_is_no_trouble() -> None:
    with pytest.raises(BrokenPipeError), said_plainly():
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")
