"""Open a desk to play with in the browser: three teams, a little history, and a clock to put forward."""

import asyncio
import shutil

import typer

from bot.bootstrap.process import DeskProcess
from bot.cli.actions.database import only_desk
from bot.cli.actions.demo_history import demo_clock, first_steps, play_history
from bot.cli.actions.environment import load_settings
from bot.cli.actions.running_desk import ready_settings, running_desk
from bot.cli.terminal import for_terminal
from bot.clocks import ShiftedClock
from bot.demo import DESK_FILE, copy_to
from bot.domain.sentence import sentence
from bot.settings import Settings


def run_demo(port: int | None, *, is_fresh: bool) -> None:
    """`is_fresh` forgets what was tried before."""
    settings = ready_settings(load_settings(is_demo=True), port)
    with only_desk(settings):
        if is_fresh:
            shutil.rmtree(settings.data_dir, ignore_errors=True)
    clock = demo_clock(settings)
    if settings.config in (DESK_FILE, settings.data_dir / DESK_FILE.name):
        settings = settings.model_copy(update={"config": copy_to(settings.data_dir)})
    with only_desk(settings):
        asyncio.run(_run(settings, clock))


async def _run(settings: Settings, clock: ShiftedClock) -> None:
    desk = DeskProcess(settings, clock=clock)
    async with running_desk(desk):
        await play_history(desk, clock)
        typer.secho(f"\n  {for_terminal(sentence('terminal.demo_open'))}\n", bold=True)
        typer.secho(f"    {desk.entrance}\n", fg=typer.colors.CYAN, bold=True)
        asker, agent = first_steps(desk.in_force.configuration)
        typer.echo(f"  {for_terminal(sentence('terminal.demo_steps', asker=asker, agent=agent))}")
        typer.echo(f"  {for_terminal(sentence('terminal.demo_stop'))}\n")
        await desk.wait()
