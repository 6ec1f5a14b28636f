"""A process of its own that answers questions, one at a time: who asks has a pipe, who answers a running loop.

Started anew rather than forked, so that it inherits neither threads nor what was imported.
"""

import asyncio
import multiprocessing
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from multiprocessing.connection import Connection
from typing import Any

Answer = Callable[..., Awaitable[Any]]
Side = Callable[..., AbstractAsyncContextManager[Mapping[str, Answer]]]
"""What the process is while it runs: the questions it answers, by their names. It is given what `Child` was given."""


class Failed(Exception):
    """What the other process could not do, with its traceback."""


class Child:
    def __init__(self, side: Side, *given: object) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, side, *given), daemon=True)
        self._process.start()

    async def ask(self, question: str, **facts: object) -> Any:
        self._pipe.send((question, facts))
        answer = await asyncio.to_thread(self._pipe.recv)
        if isinstance(answer, Failed):
            raise answer
        return answer

    async def end(self) -> None:
        self._pipe.send(("end", {}))
        await asyncio.to_thread(self._process.join)


@asynccontextmanager
async def apart(side: Side, *given: object) -> AsyncIterator[Child]:
    child = Child(side, *given)
    try:
        await child.ask("cpu_s")
        yield child
    finally:
        await child.end()


def serve(pipe: Connection, side: Side, *given: object) -> None:
    asyncio.run(_serve(pipe, side, *given))


async def _serve(pipe: Connection, side: Side, *given: object) -> None:
    async with side(*given) as answers:
        while True:
            question, facts = await asyncio.to_thread(pipe.recv)
            if question == "end":
                return
            try:
                told = time.process_time() if question == "cpu_s" else await answers[question](**facts)
            except Exception:  # noqa: BLE001  whoever asked is told
                told = Failed(traceback.format_exc())
            pipe.send(told)
