"""Telling other replicas, and hearing from them, that there is something to deliver.

NOTIFY goes out after the commit, many commits in one: inside the transaction it would make every commit
wait for every other. A notice may be lost with a connection; the loops' ticks are the net.
"""

import contextlib
from collections.abc import Callable
from threading import Event, Thread
from typing import Any, Final

import psycopg

CHANNEL: Final = "deskbell_outbox"
COALESCED_WITHIN_S: Final = 0.02
LOOK_UP_S: Final = 0.5
"""How often the listener looks whether it is to stop."""
RECONNECT_S: Final = 2.0

Connect = Callable[[], "psycopg.Connection[tuple[Any, ...]]"]


class Notices:
    """Two threads, each with a connection of its own, opened again when it is lost."""

    def __init__(self, connect: Connect, *, wake: Callable[[], None]) -> None:
        self._connect = connect
        self._wake = wake
        self._due = Event()
        self._closing = Event()
        self._threads = [
            Thread(target=self._keep, args=(loop,), name=f"deskbell-{name}", daemon=True)
            for name, loop in (("listen", self._listen), ("notify", self._notify))
        ]
        for thread in self._threads:
            thread.start()

    def announce(self) -> None:
        self._due.set()

    def close(self) -> None:
        self._closing.set()
        self._due.set()
        for thread in self._threads:
            thread.join()

    def _keep(self, loop: Callable[["psycopg.Connection[tuple[Any, ...]]"], None]) -> None:
        while not self._closing.is_set():
            with contextlib.suppress(psycopg.Error), self._connect() as connection:
                loop(connection)
            self._closing.wait(RECONNECT_S)

    def _listen(self, connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        self._wake()  # something may have been committed while nobody listened
        while not self._closing.is_set():
            if any(True for _ in connection.notifies(timeout=LOOK_UP_S, stop_after=1)):
                self._wake()

    def _notify(self, connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
        while not self._closing.is_set():
            self._due.wait()
            self._due.clear()
            connection.execute(f"NOTIFY {CHANNEL}")
            self._closing.wait(COALESCED_WITHIN_S)
        connection.execute(f"NOTIFY {CHANNEL}")  # so that our own listener sees at once that it is to stop
