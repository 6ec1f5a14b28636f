"""A desk as an operator runs it, with what it has in its two databases."""

import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE_S = 60.0
FULL_AT = 16 * 1024
"""Bytes of a file."""


class RunningDesk:
    """`deskbell run` in a folder of its own; `kill` is `kill -9`."""

    def __init__(self, folder: Path, *, config: Path, log_level: str = "warning", **environ: str) -> None:
        self.folder = folder
        self.port = free_port()
        self._environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DESKBELL_")},
            "DESKBELL_DATA_DIR": str(folder),
            "DESKBELL_CONFIG": str(config),
            "DESKBELL_HTTP_PORT": str(self.port),
            "DESKBELL_LOG_LEVEL": log_level,
            **environ,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def begins_with(self, database: Path) -> None:
        """A copy of this database, as `migrate` would have left it."""
        migrated(self.folder, database)

    def command(self, *words: str) -> str:
        """Run another `deskbell` command beside the desk; returns what it printed."""
        done = self._run(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refuses(self, *words: str) -> tuple[int, str]:
        """Run a command that cannot be done; returns its exit code and what it said."""
        done = self._run(*words)
        assert done.returncode != 0, done.stdout
        return done.returncode, done.stdout + done.stderr

    def _run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "bot", *words]
        return subprocess.run(command, env=self._environ, capture_output=True, text=True, check=False)

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command and leave it running; what it says goes to the log."""
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "bot", *words], env=self._environ, stdout=log, stderr=log
            )

    def start(self, command: str = "run") -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._process = self.begin(command)
        self.until(lambda: self._answers("/readyz"), "the desk is ready")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM, as systemd and Docker stop it; returns the exit code."""
        return self._end(signal.SIGTERM)

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for something that must come; fails with the desk's log when it does not."""
        end = time.monotonic() + PATIENCE_S
        while not holds():
            if self._process is not None and self._process.poll() is not None:
                raise AssertionError(f"the desk ended before {what}:\n{self.log()}")
            assert time.monotonic() < end, f"never came: {what}\n{self.log()}"
            time.sleep(0.05)

    def fill_disk(self, *, is_full: bool) -> None:
        """On a full disk what the desk writes beyond a little is refused; its log, which is short, is not."""
        assert self._process is not None
        limits = resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE)
        soft = FULL_AT if is_full else limits[1]
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (soft, limits[1]))

    def readiness(self) -> tuple[int, dict[str, Any]]:
        """What `/readyz` answers: its status, and its parts by name."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
                return answer.status, json.load(answer)["parts"]
        except urllib.error.HTTPError as refused:
            return refused.code, json.load(refused)["parts"]

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def count(self, query: str, *, database: str = "deskbell.db") -> int:
        """One number from a database, read beside the running desk."""
        connection = sqlite3.connect(f"file:{self.folder / database}?mode=ro", uri=True, timeout=30)
        try:
            return int(connection.execute(query).fetchone()[0])
        finally:
            connection.close()

    def _answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        code = self._process.wait(timeout=PATIENCE_S)
        self._process = None
        return code


def migrated(folder: Path, database: Path) -> None:
    """What `migrate` leaves in a folder: this database, for the desk's own user alone."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(database, folder / "deskbell.db")
    (folder / "deskbell.db").chmod(0o600)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
