"""An operator's first start: what is in the way is a sentence, and what the desk keeps is kept from others."""

import ctypes
import os
import re
import resource
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.config.file.document import STARTER
from storage.engine.address import database_at
from tests.processes.desk_process import RunningDesk, migrated
from tests.said import printed
from tests.stories.desk_files import DESK

PROJECT = Path(__file__).parents[2]
READ_ONLY = Path("/proc/self/fdinfo")
"""A folder that is there and in which nobody can make a file, not even root."""
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
COMMANDS = ("migrate", "run", "doctor")


def deskbell(
    *words: str,
    data: Path,
    folder: Path = PROJECT,
    is_disk_full: bool = False,
    full_at: int = 0,
    is_like_others: bool = False,
    **environ: str,
) -> "subprocess.CompletedProcess[str]":
    """A command as an operator runs it. On a full disk no file can grow beyond `full_at` bytes.

    `is_like_others`: root, too, may only do with a file what its mode says.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("DESKBELL_") and name != "MAKELEVEL"
    }
    settings = {
        "PYTHONPATH": str(PROJECT),
        "DESKBELL_DATA_DIR": str(data),
        "DESKBELL_CONFIG": str(STARTER),
        "DESKBELL_HTTP_PORT": "0",
    }

    def prepare() -> None:
        if is_disk_full:
            resource.setrlimit(resource.RLIMIT_FSIZE, (full_at, full_at))
        if is_like_others and os.geteuid() == 0:
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)

    return subprocess.run(
        [sys.executable, "-B", "-m", "bot", *words],
        env=kept | settings | environ,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=prepare if is_disk_full or is_like_others else None,
    )


def is_a_sentence(done: "subprocess.CompletedProcess[str]", *, about: Path) -> bool:
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return str(about) in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a folder")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_read_only_data_folder_is_a_sentence(command: str) -> None:
    assert is_a_sentence(deskbell(command, data=READ_ONLY), about=READ_ONLY)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_a_sentence(tmp_path: Path, command: str) -> None:
    assert is_a_sentence(deskbell(command, data=tmp_path, is_disk_full=True), about=tmp_path)


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_a_disk_that_is_full_after_the_first_day_is_a_sentence(
    tmp_path: Path, sqlite_template: Path, command: str
) -> None:
    migrated(tmp_path, sqlite_template)
    assert deskbell("doctor", data=tmp_path).returncode == 0
    assert is_a_sentence(deskbell(command, data=tmp_path, is_disk_full=True), about=tmp_path)


def test_a_new_desk_is_one_finding_with_what_to_do(tmp_path: Path) -> None:
    done = deskbell("doctor", data=tmp_path / "data", DESKBELL_CONFIG=str(DESK))
    assert done.returncode == 1
    (told,) = (line for line in (done.stdout + done.stderr).splitlines() if line.startswith("error: "))
    assert "deskbell migrate" in told


@pytest.fixture
def old_requests(tmp_path: Path) -> str:
    file = tmp_path / "old.csv"
    file.write_text("text\n" + "".join(f"Please look at laptop {number}\n" for number in range(400)))
    return str(file)


def test_an_import_that_fills_the_disk_says_what_is_in_and_goes_on_when_run_again(
    tmp_path: Path, sqlite_template: Path, old_requests: str
) -> None:
    data, config = tmp_path / "data", str(DESK)
    command = ("import", old_requests, "--inbox", "help-it")
    migrated(data, sqlite_template)
    full = deskbell(*command, data=data, is_disk_full=True, full_at=2_000_000, DESKBELL_CONFIG=config)
    assert is_a_sentence(full, about=data)
    told = re.search(r": (\d+) new tickets, 0 already there\.", full.stderr)
    assert told is not None, full.stderr
    assert 0 < int(told[1]) < 400
    again = deskbell(*command, data=data, DESKBELL_CONFIG=config)
    assert f"{400 - int(told[1])} new tickets, {told[1]} already there" in again.stdout


@pytest.mark.parametrize("words", ["outbox", "sla apply --yes", "import", "reindex"])
def test_no_command_shows_a_traceback_of_a_database_it_cannot_use(
    tmp_path: Path, sqlite_template: Path, old_requests: str, words: str
) -> None:
    data, config, away = tmp_path / "data", str(DESK), "postgresql://desk:secret@127.0.0.1:1/desk"
    command = ("import", old_requests, "--inbox", "help-it") if words == "import" else tuple(words.split())
    migrated(data, sqlite_template)
    full = deskbell(*command, data=data, is_disk_full=True, DESKBELL_CONFIG=config)
    assert is_a_sentence(full, about=data)
    unreachable = deskbell(*command, data=data, DESKBELL_CONFIG=config, DESKBELL_DATABASE_URL=away)
    assert is_a_sentence(unreachable, about=Path("127.0.0.1:1/desk"))


def test_a_desk_that_nobody_could_reach_does_not_start(tmp_path: Path, sqlite_template: Path) -> None:
    migrated(tmp_path, sqlite_template)
    for command in ("run", "doctor"):
        done = deskbell(command, data=tmp_path, DESKBELL_WEB_ENABLED="false")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert printed("operations.no_platform") in done.stdout + done.stderr


def test_a_token_file_that_was_left_empty_lets_nobody_in_without_a_secret(
    tmp_path: Path, sqlite_template: Path
) -> None:
    migrated(tmp_path, sqlite_template)
    (tmp_path / "web-token").write_text("")
    assert deskbell("doctor", data=tmp_path).returncode == 0
    assert len((tmp_path / "web-token").read_text()) >= 16


def test_what_the_desk_keeps_is_readable_for_its_own_user_alone(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path / "data", config=STARTER)
    desk.folder.mkdir(mode=0o755)
    desk.command("migrate")
    desk.start()
    try:
        kept = [path for path in desk.folder.iterdir() if path.name != "log"]
        assert {"deskbell.db", "workspace.db", "web-token"} <= {path.name for path in kept}
        assert [path.name for path in kept if path.stat().st_mode & 0o077] == []
    finally:
        assert desk.stop() == 0


def test_the_doctor_says_what_it_checked(tmp_path: Path, sqlite_template: Path) -> None:
    migrated(tmp_path, sqlite_template)
    well = deskbell("doctor", data=tmp_path)
    assert well.stdout == f"{printed('terminal.checks_passed', platforms='Web')}\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes root's rights away from a process")
def test_a_database_that_may_not_be_written_is_an_error_of_the_doctor_and_said_once_by_run(
    tmp_path: Path, sqlite_template: Path
) -> None:
    migrated(tmp_path, sqlite_template)
    assert deskbell("doctor", data=tmp_path).returncode == 0
    database = tmp_path / "deskbell.db"
    database.chmod(0o400)
    sentence = printed("operations.file_read_only", database=str(database))
    ill = deskbell("doctor", data=tmp_path, is_like_others=True)
    assert ill.returncode == 1, ill.stdout
    assert ill.stdout.count(sentence) == 1
    assert ill.stderr == ""
    stopped = deskbell("run", data=tmp_path, is_like_others=True)
    assert stopped.returncode == 1
    assert (stopped.stdout + stopped.stderr).count(sentence) == 1, stopped.stderr


def test_a_database_server_that_only_reads_is_an_error_of_the_doctor(
    tmp_path: Path, postgres_url: str
) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', "
            "current_database()); END $$"
        )
    ill = deskbell("doctor", data=tmp_path, DESKBELL_DATABASE_URL=postgres_url)
    assert ill.returncode == 1
    assert (
        ill.stdout.count(printed("operations.server_read_only", database=database_at(postgres_url).location))
        == 1
    )


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody on this machine may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_file_of_secrets_that_others_can_read_is_named_with_the_way_to_close_it(
    open_folder: Path, sqlite_template: Path
) -> None:
    (open_folder / ".env").write_text("SLACK_TOKEN=xoxb-1\n")
    (open_folder / ".env").chmod(0o644)
    migrated(open_folder, sqlite_template)
    (open_folder / "deskbell.db").chmod(0o644)
    ill = deskbell("doctor", data=open_folder, folder=open_folder)
    assert ill.returncode == 0
    assert ill.stderr == ""
    assert "Did you mean SLACK_BOT_TOKEN?" in ill.stdout
    closed = str(open_folder.resolve() / ".env")
    assert printed("operations.secrets_readable", file=".env", path=closed) in ill.stdout
    databases = printed("operations.databases_readable", files=("deskbell.db",), folder=str(open_folder))
    assert databases in ill.stdout
    assert ill.stdout.splitlines()[-1].startswith("Checked: settings, desk.yaml")


def test_a_file_in_a_closed_folder_is_closed(open_folder: Path, sqlite_template: Path) -> None:
    (open_folder / ".env").write_text("")
    migrated(open_folder, sqlite_template)
    for name in (".env", "deskbell.db"):
        (open_folder / name).chmod(0o644)
    open_folder.chmod(0o700)
    assert "All checks passed" in deskbell("doctor", data=open_folder, folder=open_folder).stdout


def test_what_to_do_about_a_busy_port_is_said_as_it_was_typed(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        by_make = deskbell("demo", "--port", port, data=tmp_path, MAKELEVEL="1")
        assert "'make demo ARGS=\"--port 8090\"'" in by_make.stderr
        by_name = deskbell("demo", "--port", port, data=tmp_path)
        assert '"--port 8090"' in by_name.stderr


def test_a_command_that_the_shell_does_not_find_is_named_by_its_path(tmp_path: Path) -> None:
    said = deskbell("run", data=tmp_path, PATH="/usr/bin:/bin").stderr
    command = re.search(r'Run "(.+) migrate"', said)
    assert command, said
    assert Path(command[1]).name == "deskbell"
    assert (Path.cwd() / command[1]).is_file()


def test_the_doctor_of_a_new_desk_names_everything_and_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DESKBELL_HTTP_PROT=8080\n")
    (tmp_path / ".env").chmod(0o644)
    faulty = tmp_path / "desk.yaml"
    faulty.write_text(f"{STARTER.read_text(encoding='utf-8')}\ninboxs: {{}}\n", encoding="utf-8")
    data = tmp_path / "data"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ill = deskbell(
            "doctor", data=data, folder=tmp_path, DESKBELL_HTTP_PORT=port, DESKBELL_CONFIG=str(faulty)
        )
    assert ill.returncode == 1
    *findings, checked = ill.stdout.splitlines()
    facts = {
        port: "error",
        f"{data}/deskbell.db": "error",
        f"{data} ": "error",
        f"{faulty}:": "error",
        "DESKBELL_HTTP_PROT": "warning",
    }
    for fact, severity in facts.items():
        assert [each for each in findings if each.startswith(f"{severity}: ") and fact in each] != [], fact
    assert checked == printed("terminal.checked_in_part")
    assert not data.exists()


def test_the_doctor_of_a_running_desk_takes_no_offence_at_its_port_and_names_it(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path / "data", config=STARTER)
    desk.command("migrate")
    desk.start()
    try:
        well = deskbell("doctor", data=desk.folder, DESKBELL_HTTP_PORT=str(desk.port))
        assert well.returncode == 0, well.stdout
        listens = printed("operations.this_desk_listens", number=str(desk.port), name="127.0.0.1")
        assert f"hint: {listens}" in well.stdout
        deskbell("migrate", data=tmp_path / "other")
        other = deskbell("doctor", data=tmp_path / "other", DESKBELL_HTTP_PORT=str(desk.port))
        another = printed("operations.desk_listens", number=str(desk.port), name="127.0.0.1")
        assert f"hint: {another}" in other.stdout
        open_to_all = deskbell(
            "doctor", data=desk.folder, DESKBELL_HTTP_HOST="0.0.0.0", DESKBELL_HTTP_PORT="0"
        )
        assert f"warning: {printed('operations.pretends_everywhere', name='0.0.0.0')}" in open_to_all.stdout
    finally:
        desk.stop()
