"""The demo's clock and its history, played through the desk's own front door with desk time moving as it did."""

import subprocess
import sys
from datetime import timedelta

import typer

from bot.bootstrap.process import DeskProcess
from bot.clocks import ShiftedClock
from bot.config import Configuration
from bot.demo.history import HISTORY
from bot.settings import Settings
from storage.schema import schema_state


def demo_clock(settings: Settings) -> ShiftedClock:
    """The demo's clock, with its folder and database made ready."""
    settings.make_data_dir()
    if not schema_state(settings.database_url.get_secret_value()).is_current:
        _migrate_apart()
    return ShiftedClock(settings.data_dir / "clock.json")


def first_steps(configuration: Configuration) -> tuple[str, str]:
    """Whom to be at first, to ask and to answer, by their first names; the page's hint names the same."""
    people = configuration.workspace.people
    asker, agent = (
        next((each.name.split()[0] for each in people if each.role == role), f"an {role}")
        for role in ("employee", "agent")
    )
    return asker, agent


async def play_history(desk: DeskProcess, clock: ShiftedClock) -> None:
    """What happened before the visit, once: a desk with tickets has a history of its own."""
    prefix = desk.contexts.desk().prefix
    has_history = await desk.storage.read(lambda uow: uow.tickets.find(prefix, 1) is not None)
    if desk.web is None or has_history:
        return
    said: list[str] = []
    async with desk.visitor() as visitor:
        for line in HISTORY:
            clock.set_shift(-line.before)
            await desk.clock_moved()
            thread = said[line.thread_of] if line.thread_of is not None else None
            said.append(await visitor.say(line.who, line.channel, line.text, thread=thread))
            await desk.settled()
    clock.set_shift(timedelta())
    await desk.clock_moved()


def _migrate_apart() -> None:
    """In a process of its own: what migrating loads would stay in this one's memory as long as it runs."""
    command = [sys.executable, "-m", "bot", "migrate", "--demo"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603  ours, without a shell
    if done.returncode:
        raise typer.Exit(done.returncode)  # it has said why
