"""Idle memory of a desk's process, as `make demo` and `deskbell run` start it: ten seconds after it is ready.

RSS counts pages shared with other programs whole, PSS by share, USS not at all. The demo starts twice in one
folder: the first start makes the database and plays the history, the second finds both.
"""

import asyncio
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.desk import DESK, ROOT
from tests.bench.figures import Figure, Raw
from tests.bench.processes import ADDRESS, READY_WITHIN_S, desk_environ, running
from tests.fakes.discord import DiscordServer
from tests.fakes.slack import SlackServer

IDLE_S = 10
GOAL_MIB = 90
GOAL_IN_BOTH_MIB = 130


def measure(folder: Path) -> Iterator[Figure]:
    bare = memory_of([sys.executable, "-c", "print('http://x:1', flush=True); input()"], {}, folder / "out")
    raw = Raw(value=bare["Rss"], what="the same Python, doing nothing")
    demo = [sys.executable, "-m", "bot", "demo"]
    for start in ("first", "second"):
        memory = memory_of(demo, desk_environ(folder / "demo"), folder / "out")
        yield _figure(f"`demo`, {start} start", memory, raw, goal=GOAL_MIB)
    environ = {**desk_environ(folder / "run"), "DESKBELL_CONFIG": str(DESK)}
    subprocess.run(
        [sys.executable, "-m", "bot", "migrate"], cwd=ROOT, env=environ, check=True, capture_output=True
    )
    run = [sys.executable, "-m", "bot", "run"]
    # Without a goal of its own: its calendar names a country, and the library of holidays takes 12 MiB.
    yield _figure("`run` with the example", memory_of(run, environ, folder / "out"), raw)
    with _chat_servers() as addresses:
        both = {**environ, **addresses, "DESKBELL_WEB_ENABLED": "false"}
        memory = memory_of(run, both, folder / "out", is_ready="the desk is in Discord")
    yield _figure("`run` in Slack and Discord", memory, raw, goal=GOAL_IN_BOTH_MIB)


def _figure(what: str, memory: Mapping[str, float], raw: Raw, *, goal: float | None = None) -> Figure:
    uss = memory["Private_Clean"] + memory["Private_Dirty"]
    return Figure(
        what=f"idle memory of {what}, RSS",
        value=memory["Rss"],
        unit="MiB",
        goal=goal,
        raw=raw,
        settings=f"PSS {memory['Pss']:.1f}, USS {uss:.1f} MiB; "
        f"{IDLE_S} s after it was ready, browser workspace, SQLite",
    )


def memory_of(
    command: Sequence[str], environ: Mapping[str, str], output: Path, *, is_ready: str = ADDRESS
) -> dict[str, float]:
    """MiB by kind, as the kernel counts them in `smaps_rollup`; `is_ready` is the pattern of what it then prints."""
    with running(command, environ, output, is_ready=is_ready) as process:
        time.sleep(IDLE_S)
        rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="utf-8")
    lines = (line.split() for line in rollup.splitlines()[1:])
    return {name.rstrip(":"): int(size) / 1024 for name, size, *_ in lines}


@contextmanager
def _chat_servers() -> Iterator[dict[str, str]]:
    """A Slack and a Discord in a thread of their own, and the settings that lead to them."""
    started: queue.Queue[dict[str, str]] = queue.Queue()
    is_over = threading.Event()

    async def serve() -> None:
        async with SlackServer.running() as slack, DiscordServer.running() as discord:
            started.put(
                {
                    "DISCORD_BOT_TOKEN": discord.token,
                    "DISCORD_API_URL": discord.api_url,
                    "SLACK_BOT_TOKEN": slack.app.bot_token,
                    "SLACK_APP_TOKEN": slack.app.app_token,
                    "SLACK_API_URL": slack.api_url,
                }
            )
            while not is_over.is_set():  # noqa: ASYNC110  another thread says so
                await asyncio.sleep(0.1)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        yield started.get(timeout=READY_WITHIN_S)
    finally:
        is_over.set()
        thread.join()
