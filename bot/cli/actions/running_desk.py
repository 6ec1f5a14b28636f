"""A desk that runs until it is told to stop: by SIGTERM, by Ctrl-C, or by a failure of its own."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.bootstrap.process import DeskProcess
from bot.bootstrap.tokens import with_web_token
from bot.cli.actions.environment import keep_private
from bot.domain.errors import DeskbellError
from bot.interpreter import settle_in
from bot.logging_setup import set_up_logging
from bot.settings import Settings
from bot.text.error_text import in_english

log = structlog.get_logger(__name__)


@asynccontextmanager
async def running_desk(desk: DeskProcess) -> AsyncIterator[None]:
    """Started, stopped by SIGTERM and SIGINT, reloaded by SIGHUP."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, desk.ask_to_stop)
    loop.add_signal_handler(signal.SIGHUP, _reload, desk)
    try:
        await desk.start()
        settle_in()
        yield
    finally:
        await desk.stop()
    log.info("the desk has stopped")


def _reload(desk: DeskProcess) -> None:
    try:
        desk.reload()
    except DeskbellError as error:
        log.error(  # noqa: TRY400  the sentence says it all
            "the new configuration was refused; the old one stays in force", error=in_english(error)
        )


def ready_settings(settings: Settings, port: int | None) -> Settings:
    """With the port asked for, and with the workspace's secret, which the log then knows to strike out.

    From here on the process makes files for its own user alone.
    """
    keep_private()
    if port is not None:
        settings = settings.model_copy(update={"http_port": port})
    settings = with_web_token(settings)
    set_up_logging(settings)
    return settings
