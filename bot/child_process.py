"""Short-lived processes that each do one heavy thing for the desk (`bot.charts`, `bot.learner`).

The desk never loads what they load, and they get nothing of its environment, so none of its secrets.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

CODE: Final = Path(__file__).parents[1]


@asynccontextmanager
async def child_process(module: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m MODULE` with pipes; killed where it still runs at the end. Raises OSError where none starts."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={
            "OPENBLAS_NUM_THREADS": "1",  # one core is left to the desk
            "PYTHONPATH": str(CODE),  # also where the desk runs from its sources
            **environment,
        },
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
