"""`demo` and `run`: a desk that runs until it is told to stop."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import structlog
import typer

from bot.bootstrap.process import DeskProcess
from bot.bootstrap.tokens import web_token_file, with_web_token
from bot.cli.terminal import load_settings, said_plainly
from bot.config import Configuration, check_desk
from bot.domain.errors import DeskbellError
from bot.domain.findings import Severity
from bot.logging_setup import set_up_logging
from bot.settings import Settings

log = structlog.get_logger(__name__)

Port = Annotated[int | None, typer.Option(help="The HTTP port; 0 takes any free one.", show_default=False)]
Fresh = Annotated[bool, typer.Option("--fresh", help="Forget what was tried before.")]


def demo(port: Port = None, *, fresh: Fresh = False) -> None:
    """Open a desk to play with in the browser: three teams, a little history, and a clock to put forward."""
    with said_plainly():
        asyncio.run(_run_demo(_ready(load_settings(is_demo=True), port), is_fresh=fresh))


def run(port: Port = None) -> None:
    """Run the desk for your team, as desk.yaml and the settings say."""
    with said_plainly():
        asyncio.run(_run_desk(_ready(load_settings(), port)))


async def _run_demo(settings: Settings, *, is_fresh: bool) -> None:
    from bot.cli.demo_history import demo_clock, first_steps, play_history

    clock = demo_clock(settings, is_fresh=is_fresh)
    desk = DeskProcess(settings, clock=clock)
    async with _running(desk):
        await play_history(desk, clock)
        typer.secho("\n  Your desk is open. In a browser, go to:\n", bold=True)
        typer.secho(f"    {desk.entrance}\n", fg=typer.colors.CYAN, bold=True)
        asker, agent = first_steps(desk.in_force.configuration)
        typer.echo(
            f"  Ask for help as {asker}, answer as {agent}, and put the clock forward to see a warning."
        )
        typer.echo("  Ctrl-C stops it.\n")
        await desk.wait()


async def _run_desk(settings: Settings) -> None:
    desk = DeskProcess(settings)
    async with _running(desk):
        _point_at_findings(desk.in_force.configuration, platforms=frozenset(desk.platforms))
        log.info("the desk is running", address=desk.http.url, database=settings.database_place)
        if desk.web is not None:
            _show_entrance(desk)
        await desk.wait()


def _point_at_findings(configuration: Configuration, *, platforms: frozenset[str]) -> None:
    """What `check` would say, for whoever started without it."""
    for finding in check_desk(configuration, platforms=platforms):
        if finding.severity is not Severity.HINT:
            log.warning(finding.sentence, file=str(configuration.path), line=finding.line)


def _show_entrance(desk: DeskProcess) -> None:
    """The link holds a secret: a person at a terminal sees it, a log only where to find it."""
    if sys.stderr.isatty():
        typer.echo(f"The browser workspace: {desk.entrance}", err=True)
    else:
        log.info("the browser workspace is open", secret_in=str(web_token_file(desk.settings)))


@asynccontextmanager
async def _running(desk: DeskProcess) -> AsyncIterator[None]:
    """Started, stopped by SIGTERM and SIGINT, reloaded by SIGHUP."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, desk.ask_to_stop)
    loop.add_signal_handler(signal.SIGHUP, _reload, desk)
    try:
        await desk.start()
        yield
    finally:
        await desk.stop()
    log.info("the desk has stopped")


def _reload(desk: DeskProcess) -> None:
    try:
        desk.reload()
    except DeskbellError as error:
        log.error(  # noqa: TRY400  the sentence says it all
            "the new configuration was refused; the old one stays in force", error=error.sentence
        )


def _ready(settings: Settings, port: int | None) -> Settings:
    """With the port asked for, and with the workspace's secret, which the log then knows to strike out."""
    if port is not None:
        settings = settings.model_copy(update={"http_port": port})
    settings = with_web_token(settings)
    set_up_logging(settings)
    return settings
