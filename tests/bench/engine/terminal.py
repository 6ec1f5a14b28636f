"""How long people wait at the terminal: for help, for completion, and until a desk is ready.

Each is a real process, the shortest of several, taken in turns with a Python that does nothing, so that what else the
machine does falls on both.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench.desk import DESK, ROOT
from tests.bench.figures import Figure, Raw
from tests.bench.processes import desk_environ, plain_environ, running

ROUNDS = 9
STARTS = 3
AT_MOST_RAW = 12
"""What help may cost, in starts of a Python that does nothing."""
COMMAND = (sys.executable, "-m", "bot")
NOTHING = (sys.executable, "-c", "pass")
COMPLETION = {"_DESKBELL_COMPLETE": "complete_bash", "COMP_WORDS": "deskbell ch", "COMP_CWORD": "1"}
COMPLETE = (
    sys.executable,
    "-c",
    "import sys; sys.argv = ['deskbell']; from bot.__main__ import main; main()",
)
ANSWERS: Mapping[str, tuple[Sequence[str], Mapping[str, str]]] = {
    "--help": ((*COMMAND, "--help"), {}),
    "--version": ((*COMMAND, "--version"), {}),
    "check --help": ((*COMMAND, "check", "--help"), {}),
    "route --help": ((*COMMAND, "route", "--help"), {}),
    "completion": (COMPLETE, COMPLETION),
}


def measure(folder: Path) -> Iterator[Figure]:
    for what, (command, environ) in ANSWERS.items():
        asked, nothing = zip(*(_in_turn(command, environ) for _ in range(ROUNDS)), strict=True)
        raw = Raw(value=min(nothing), what="the same Python, doing nothing")
        yield _figure(f"`deskbell {what}`", min(asked), raw, f"shortest of {ROUNDS}", AT_MOST_RAW * raw.value)
    raw = Raw(value=min(_seconds(NOTHING, {}) for _ in range(ROUNDS)), what="the same Python, doing nothing")
    demo = desk_environ(folder / "demo")
    first = _seconds_to_ready("demo", demo, folder / "out")
    yield _figure(
        "until the demo's first start is ready", first, raw, "makes its database, plays its history"
    )
    again = min(_seconds_to_ready("demo", demo, folder / "out") for _ in range(STARTS))
    yield _figure("until the demo is ready again", again, raw, f"shortest of {STARTS}")
    environ = {**desk_environ(folder / "run"), "DESKBELL_CONFIG": str(DESK)}
    subprocess.run([*COMMAND, "migrate"], cwd=ROOT, env=environ, check=True, capture_output=True)
    ready = min(_seconds_to_ready("run", environ, folder / "out") for _ in range(STARTS))
    yield _figure("until `run` is ready", ready, raw, f"shortest of {STARTS}; the example, SQLite, no chat")


def _figure(what: str, value: float, raw: Raw, settings: str, goal: float | None = None) -> Figure:
    return Figure(what=f"seconds: {what}", value=value, unit="s", raw=raw, settings=settings, goal=goal)


def _in_turn(command: Sequence[str], environ: Mapping[str, str]) -> tuple[float, float]:
    return _seconds(command, environ), _seconds(NOTHING, {})


def _seconds(command: Sequence[str], environ: Mapping[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env={**plain_environ(), **environ}, check=True, capture_output=True)
    return time.perf_counter() - start


def _seconds_to_ready(command: str, environ: Mapping[str, str], output: Path) -> float:
    start = time.perf_counter()
    with running([*COMMAND, command], environ, output):
        return time.perf_counter() - start
