"""A desk that runs as a process of its own, and browsers of people who are signed in there."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.sessions.sign_in import link_for
from bot.config import Configuration, load_configuration
from bot.demo import DESK_FILE
from bot.ports.unit_of_work import UnitOfWork
from storage import open_storage
from tests.bench.desk import ROOT
from tests.bench.processes import desk_environ, running

TOKEN = "a-token-for-benchmarks"
PLATFORMS = frozenset({"web"})
TICKS_A_SECOND = 100
"""Of the processor time in /proc: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDesk:
    url: str
    database: str
    configuration: Configuration
    pid: int

    def sessions(self, people: Sequence[str]) -> list[dict[str, str]]:
        """The cookies that the browser of each of them keeps once they are signed in."""
        return asyncio.run(self._sessions(people))

    async def _sessions(self, people: Sequence[str]) -> list[dict[str, str]]:
        storage = open_storage(self.database)
        try:
            secrets = await storage.run(lambda uow: [self._secret(uow, each) for each in people])
        finally:
            await storage.close()
        return [await _signed_in(self.url, each) for each in secrets]

    def _secret(self, uow: UnitOfWork, person: str) -> str:
        return link_for(uow, self.configuration, person, platforms=PLATFORMS)[1]

    def processor_s(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND

    def resident_mib(self) -> float:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8"))
        assert found
        return int(found[1]) / 1024


@contextmanager
def the_running_desk(folder: Path, *, config: Path = DESK_FILE, database: str = "") -> Iterator[RunningDesk]:
    """With a database of its own in the folder where none is named."""
    url = database or f"sqlite:///{folder / 'desk.db'}"
    environ = {
        **desk_environ(folder),
        "DESKBELL_CONFIG": str(config),
        "DESKBELL_DATABASE_URL": url,
        "DESKBELL_WEB_TOKEN": TOKEN,
        "PYTHONPATH": str(ROOT),
    }
    command = (sys.executable, "-m", "bot")
    subprocess.run([*command, "migrate"], cwd=ROOT, env=environ, check=True, capture_output=True)
    output = folder / "out"
    with running((*command, "run"), environ, output) as process:
        address = re.search(r"http://127\.0\.0\.1:\d+", output.read_text(encoding="utf-8"))
        assert address
        yield RunningDesk(
            url=address[0],
            database=url,
            configuration=load_configuration(config, KNOWN_PLATFORMS),
            pid=process.pid,
        )


async def _signed_in(url: str, secret: str) -> dict[str, str]:
    """Opens the link and presses its button, as a person does."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(url, cookie_jar=jar) as browser:
        async with browser.get(f"/sign-in/{secret}") as answer:
            token = re.search(r'name="token" value="([^"]+)"', await answer.text())
        assert token
        async with browser.post("/sign-in", data={"token": token[1]}) as answer:
            answer.raise_for_status()
        return {each.key: each.value for each in jar}
