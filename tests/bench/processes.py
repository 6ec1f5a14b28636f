"""Commands of the desk as real processes, from their start to the moment they are ready."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.desk import ROOT

READY_WITHIN_S = 60
ADDRESS = r"http://\S+?:(\d+)"
"""What a desk prints when people can open it."""


@contextmanager
def running(
    command: Sequence[str], environ: Mapping[str, str], output: Path, *, is_ready: str = ADDRESS
) -> Iterator["subprocess.Popen[bytes]"]:
    """From the moment it is ready, when it has printed this pattern; asked to stop at the end."""
    with (
        output.open("wb") as file,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**plain_environ(), **environ},
            stdin=subprocess.PIPE,
            stdout=file,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _wait_until_ready(process, output, is_ready)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)


def _wait_until_ready(process: "subprocess.Popen[bytes]", output: Path, is_ready: str) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while re.search(is_ready, output.read_text(encoding="utf-8", errors="replace")) is None:
        if process.poll() is not None or time.monotonic() > until:
            raise AssertionError(f"it did not start:\n{output.read_text(encoding='utf-8', errors='replace')}")
        time.sleep(0.01)


def desk_environ(folder: Path) -> dict[str, str]:
    """A desk in this folder, on any free port."""
    return {**plain_environ(), "DESKBELL_DATA_DIR": str(folder), "DESKBELL_HTTP_PORT": "0"}


def plain_environ() -> dict[str, str]:
    """This process's, without settings of a desk."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DESKBELL_")}
