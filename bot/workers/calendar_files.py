"""Holidays and iCalendar files that desk.yaml names, read again every day: they go on while the desk runs."""

import asyncio
from collections.abc import Callable


class CalendarFiles:
    """`read_again` puts what the files say today in force."""

    def __init__(self, read_again: Callable[[], None]) -> None:
        self._read_again = read_again

    async def tick(self) -> None:
        await asyncio.to_thread(self._read_again)
