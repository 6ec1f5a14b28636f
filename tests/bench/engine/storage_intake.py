"""How fast storage takes requests in: all rows of a new ticket, from the event loop to the commit and back.

No routing, no sentences: what is left is the database, the statements and the hop to its thread.
"""

import asyncio
import itertools
import time

from storage import open_storage
from tests.storage.sample_rows import take_in

WARM_UP = 100


async def intake_rate(url: str, *, requests: int, tasks: int) -> float:
    """Tickets a second with this many requests under way at once."""
    storage = open_storage(url)
    storage.on_commit(lambda: None)
    numbers = itertools.count()

    async def take(many: int) -> None:
        for _ in range(many):
            message = f"m{next(numbers)}"
            await storage.run(lambda uow: take_in(uow, message))  # noqa: B023

    try:
        await take(WARM_UP)
        started = time.perf_counter()
        await asyncio.gather(*(take(requests // tasks) for _ in range(tasks)))
        return requests // tasks * tasks / (time.perf_counter() - started)
    finally:
        await storage.close()
