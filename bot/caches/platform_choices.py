"""What platforms list by name, for whoever changes `desk.yaml`: asked when it is wanted, and known for a minute."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Final

import structlog

from bot.ports.first_look import FirstLook
from bot.ports.platform import Directory

log = structlog.get_logger(__name__)

KEPT_S: Final = 60.0
RETRY_S: Final = 5.0
"""After so long a platform is asked again that said nothing."""


class PlatformChoices:
    """Used on the event loop alone. However many ask at once, a platform is asked once."""

    def __init__(
        self,
        directories: Callable[[], Mapping[str, Directory]],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._directories = directories
        self._clock = clock
        self._looks: dict[str, asyncio.Task[FirstLook]] = {}
        self._begun: dict[str, float] = {}

    async def looks(self, *, within_s: float) -> Mapping[str, FirstLook | None]:
        """By platform; None for one that has not answered in so many seconds, and goes on being asked."""
        asked = {name: self._asked(name, each) for name, each in self._directories().items()}
        if asked:
            await asyncio.wait(asked.values(), timeout=within_s)
        return {name: _found(task) for name, task in asked.items()}

    async def close(self) -> None:
        for task in self._looks.values():
            task.cancel()
        await asyncio.gather(*self._looks.values(), return_exceptions=True)

    def _asked(self, name: str, directory: Directory) -> "asyncio.Task[FirstLook]":
        known = self._looks.get(name)
        if known is not None and (not known.done() or self._clock() - self._begun[name] < _kept(known)):
            return known
        task = asyncio.create_task(_look(name, directory), name=f"names of {name}")
        self._looks[name], self._begun[name] = task, self._clock()
        return task


def _kept(task: "asyncio.Task[FirstLook]") -> float:
    found = _found(task)
    return RETRY_S if found is None or found.is_refused else KEPT_S


async def _look(name: str, directory: Directory) -> FirstLook:
    try:
        return await directory.look()
    except Exception:
        log.exception("a platform's names could not be read", platform=name)
        return FirstLook()


def _found(task: "asyncio.Task[FirstLook]") -> FirstLook | None:
    if not task.done() or task.cancelled():
        return None
    return task.result()
