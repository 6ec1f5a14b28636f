"""What discord.py logs of each attempt to connect, with a traceback: the operator hears of the outage instead."""

import contextlib
import logging
import re
from collections.abc import Iterator

import structlog

from adapters.discord.api.errors import reason_of
from bot.outage import Outage

log = structlog.get_logger(__name__)

LOGGER = "discord.shard"
ATTEMPTS = re.compile("Attempting a reconnect|Failed to connect")
"""So begin the library's lines about connecting."""


@contextlib.contextmanager
def told_as(outage: Outage) -> Iterator[None]:
    """While this goes on, failed attempts to connect are told as this outage and not by the library."""
    logger, watch = logging.getLogger(LOGGER), _FailureFilter(outage)
    logger.addFilter(watch)
    try:
        yield
    finally:
        logger.removeFilter(watch)


class _FailureFilter(logging.Filter):
    def __init__(self, outage: Outage) -> None:
        super().__init__()
        self._outage = outage

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is None or not ATTEMPTS.match(record.getMessage()):
            return True
        log.debug("connecting to Discord failed", line=record.getMessage())
        self._outage.failed(reason_of(error))
        return False
