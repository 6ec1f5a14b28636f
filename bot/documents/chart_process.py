"""Pictures for people, drawn in a short-lived process, one at a time: the desk itself never loads what draws them.

A picture is plain data, described where it is drawn (`bot.charts`). The process gets nothing of the desk's
environment, so none of its secrets.
"""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

import structlog

from bot.child_process import child_process
from bot.domain.errors import DeskbellError

log = structlog.get_logger(__name__)

PATIENCE_S = 25.0
"""With the wait for pictures before it, well within the lease of the message that brings it."""


class NotDrawn(DeskbellError):
    """The picture could not be drawn; the log says why."""

    default = "reports.not_drawn"


class ChartProcess:
    """`folder` is where the drawing process keeps what it knows of fonts, so that only its first start is slow."""

    def __init__(self, folder: Path, *, within_s: float = PATIENCE_S) -> None:
        self._folder = folder
        self._within_s = within_s
        self._turn = asyncio.Semaphore(1)

    async def draw(self, picture: Mapping[str, object]) -> bytes:
        """The picture as PNG. Raises NotDrawn, with a sentence for whoever asked for it."""
        described = json.dumps(picture).encode()
        try:
            async with asyncio.timeout(self._within_s), self._turn:
                return await self._drawn(described)
        except TimeoutError:
            log.warning("a picture took too long", seconds=self._within_s)
            raise NotDrawn("reports.not_drawn_in_time") from None
        except OSError as error:
            log.exception("the process that draws could not be started")
            raise NotDrawn from error

    async def _drawn(self, described: bytes) -> bytes:
        async with child_process("bot.charts", MPLCONFIGDIR=str(self._folder)) as process:
            png, complaint = await process.communicate(described)
        if process.returncode != 0:
            log.error("a picture could not be drawn", why=complaint.decode(errors="replace")[-2000:])
            raise NotDrawn
        return png
