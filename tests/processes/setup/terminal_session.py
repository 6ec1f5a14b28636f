"""A command at a terminal of its own: what it shows, and what somebody types."""

import asyncio
import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

PATIENCE_S = 60.0
PROJECT = Path(__file__).parents[3]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
KEPT_OUT = ("DESKBELL_", "SLACK_", "DISCORD_")


def environ_of(**settings: str) -> dict[str, str]:
    """That of the tests without anybody's settings, and these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(KEPT_OUT)}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    ours = {"PYTHONPATH": str(PROJECT), "PATH": path, "TZ": "Europe/Berlin", "COLUMNS": "200"}
    return {**kept, **ours, **settings}


class TerminalSession:
    """Begun in a folder; whoever types waits for what is asked before."""

    def __init__(self, *words: str, folder: Path, **settings: str) -> None:
        self._leader, follower = pty.openpty()
        self._shown = ""
        self._read_until = 0
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", "bot", *words],
            env=environ_of(**settings),
            cwd=folder,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  one call, no lock
        )
        os.close(follower)

    @property
    def shown(self) -> str:
        """Everything so far, without colours."""
        return ESCAPES.sub("", self._shown).replace("\r", "")

    async def sees(self, text: str) -> None:
        """Wait until this is shown after what was seen before."""
        await asyncio.to_thread(self._until, text)

    async def types(self, text: str = "") -> None:
        """With Enter."""
        os.write(self._leader, f"{text}\n".encode())

    async def answers(self, question: str, text: str = "") -> None:
        await self.sees(question)
        await self.types(text)

    def presses_ctrl_c(self) -> None:
        os.write(self._leader, b"\x03")

    async def is_interrupted(self, *, told: str) -> int:
        """By Ctrl-C, pressed again where the first came before an answer was waited for; returns the exit code."""
        end = pressed = time.monotonic()
        end += PATIENCE_S
        self.presses_ctrl_c()
        while told not in self.shown and await asyncio.to_thread(self._read):
            assert time.monotonic() < end, f"did not end:\n{self.shown}"
            if time.monotonic() - pressed > 5:
                pressed = time.monotonic()
                self.presses_ctrl_c()
        return await self.ends()

    def is_killed(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)

    async def ends(self) -> int:
        """The exit code, when all is shown."""
        await asyncio.to_thread(self._to_the_end)
        return await asyncio.to_thread(self._process.wait, PATIENCE_S)

    def close(self) -> None:
        if self._process.poll() is None:
            self.is_killed()
            self._process.wait(PATIENCE_S)
        os.close(self._leader)

    def _until(self, text: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while (at := self.shown.find(text, self._read_until)) < 0:
            assert time.monotonic() < end, f"never shown: {text}\n{self.shown}"
            assert self._read(), f"ended before it was shown: {text}\n{self.shown}"
        self._read_until = at + len(text)

    def _to_the_end(self) -> None:
        end = time.monotonic() + PATIENCE_S
        while self._read():
            assert time.monotonic() < end, f"did not end:\n{self.shown}"

    def _read(self) -> bool:
        """A little more, if there is any; False at the end."""
        ready, _, _ = select.select([self._leader], [], [], 0.2)
        if not ready:
            return True
        try:
            read = os.read(self._leader, 65_536)
        except OSError:  # Linux says so when nobody has the other end any more
            return False
        self._shown += read.decode(errors="replace")
        return bool(read)
