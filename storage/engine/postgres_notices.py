"""Telling other replicas, and hearing from them, that there is something to deliver, and what nobody writes down.

NOTIFY goes out after the commit, many commits in one: inside the transaction it would make every commit
wait for every other. A notice may be lost with a connection; the loops' ticks are the net.
"""

import contextlib
import secrets
from collections import deque
from collections.abc import Callable
from threading import Event, Thread
from typing import Any, Final

import psycopg

CHANNEL: Final = "deskbell_outbox"
COALESCED_WITHIN_S: Final = 0.02
TOLD: Final = "deskbell_told"
LONGEST_TOLD: Final = 7_900
"""Bytes: PostgreSQL takes fewer than 8,000 (https://www.postgresql.org/docs/current/sql-notify.html)."""
MOST_TOLD: Final = 1_000
"""What waits to be told; of more, the oldest is lost."""
LOOK_UP_S: Final = 0.5
"""How often the listener looks whether it is to stop."""
RECONNECT_S: Final = 2.0

Connect = Callable[[], "psycopg.Connection[tuple[Any, ...]]"]


class Notices:
    """Two threads, each with a connection of its own, opened again when it is lost."""

    def __init__(
        self, connect: Connect, *, wake: Callable[[], None], hear: Callable[[str, str], None]
    ) -> None:
        self._connect = connect
        self._wake = wake
        self._hear = hear
        self._name = secrets.token_hex(8)
        self._is_announced = False
        self._told: deque[str] = deque(maxlen=MOST_TOLD)
        self._due = Event()
        self._closing = Event()
        self._threads = [
            Thread(target=self._keep, args=(loop,), name=f"deskbell-{name}", daemon=True)
            for name, loop in (("listen", self._listen), ("notify", self._notify))
        ]
        for thread in self._threads:
            thread.start()

    def announce(self) -> None:
        self._is_announced = True
        self._due.set()

    def tell(self, text: str) -> None:
        if len(text.encode()) <= LONGEST_TOLD:
            self._told.append(text)
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
        connection.execute(f"LISTEN {TOLD}")
        self._wake()  # something may have been committed while nobody listened
        while not self._closing.is_set():
            heard = [*connection.notifies(timeout=LOOK_UP_S, stop_after=1)]
            if any(each.channel == CHANNEL for each in heard):
                self._wake()
            for each in heard:
                name, _, text = each.payload.partition(" ")
                if each.channel == TOLD and name != self._name:
                    self._hear(name, text)

    def _notify(self, connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
        while not self._closing.is_set():
            self._due.wait()
            self._due.clear()
            if self._is_announced:
                self._is_announced = False
                connection.execute(f"NOTIFY {CHANNEL}")
            while self._told:
                connection.execute("SELECT pg_notify(%s, %s)", (TOLD, f"{self._name} {self._told.popleft()}"))
            self._closing.wait(COALESCED_WITHIN_S)
        connection.execute(f"NOTIFY {CHANNEL}")  # so that our own listener sees at once that it is to stop
