"""Run the desk of a team, as desk.yaml and the settings say."""

import asyncio
import sys
import webbrowser

import structlog

from bot.bootstrap.process import DeskProcess
from bot.bootstrap.tokens import web_token_file
from bot.cli.actions.database import only_desk
from bot.cli.actions.environment import load_settings
from bot.cli.actions.running_desk import ready_settings, running_desk
from bot.cli.terminal import say
from bot.config import Configuration, check_desk
from bot.domain.findings import Severity
from bot.domain.sentence import sentence
from bot.settings import Settings, variable_for
from bot.text.error_text import english

log = structlog.get_logger(__name__)


def run_desk(port: int | None, *, is_opened: bool = False) -> None:
    """`port` instead of the configured one. `is_opened`: the browser workspace is opened in a browser."""
    given = load_settings()
    settings = ready_settings(given, port)
    with only_desk(settings):
        asyncio.run(_run(settings, is_token_given=given.web_token is not None, is_opened=is_opened))


async def _run(settings: Settings, *, is_token_given: bool, is_opened: bool) -> None:
    """`is_token_given`: the settings named one, so that none was made or read from a file."""
    desk = DeskProcess(settings)
    async with running_desk(desk):
        _point_at_findings(desk.in_force.configuration, platforms=frozenset(desk.platforms))
        log.info("the desk is running", address=desk.http.url, database=settings.database_place)
        if desk.web is not None:
            _show_entrance(desk, is_token_given=is_token_given)
            if is_opened:
                await asyncio.to_thread(webbrowser.open, desk.entrance)
        await desk.wait()


def _point_at_findings(configuration: Configuration, *, platforms: frozenset[str]) -> None:
    """What `check` would say, for a person who started without it."""
    for finding in check_desk(configuration, platforms=platforms):
        if finding.severity is not Severity.HINT:
            log.warning(english(finding.sentence), file=str(configuration.path), line=finding.line)


def _show_entrance(desk: DeskProcess, *, is_token_given: bool) -> None:
    """The link holds a secret: a person at a terminal sees it, a log only where to find it."""
    if desk.web is not None and not desk.web.pretends:
        if sys.stderr.isatty():
            say(sentence("terminal.workspace_sign_in", address=desk.entrance), is_error=True)
        log.info("the browser workspace is open; people sign in", address=desk.entrance)
        return
    if sys.stderr.isatty():
        say(sentence("terminal.workspace", address=desk.entrance), is_error=True)
    else:
        place = variable_for("web_token") if is_token_given else str(web_token_file(desk.settings))
        log.info("the browser workspace is open", secret_in=place)
