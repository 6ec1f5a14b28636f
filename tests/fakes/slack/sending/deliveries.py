"""Telling the app: events with Slack's retries, and what people press, once.

https://docs.slack.dev/apis/events-api#retries: at once, after a minute, after five; then never again. Order is
not promised, and a test may ask for the worst: every event several times, or held back and let go shuffled.
"""

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.rules.refusals import Json
from tests.fakes.slack.sending.events import Happening, envelope
from tests.fakes.slack.sending.parcels import Parcel, Retry, Taken, Transport
from tests.fakes.slack.sending.sockets import NO_SOCKET
from tests.fakes.slack.world.workspace import Workspace

RETRIES_AFTER_S = (0, 60, 300)


@dataclass(slots=True)
class Attempt:
    at: float  # Slack's seconds since the server began
    event_id: str
    type: str
    retry: Retry | None
    problem: str | None


@dataclass(slots=True)
class Delivered:
    """What became of the events so far."""

    attempts: list[Attempt] = field(default_factory=list)
    acknowledged: list[Json] = field(default_factory=list)
    given_up: list[Json] = field(default_factory=list)  # not acknowledged by the last retry
    lost: list[Json] = field(
        default_factory=list
    )  # nobody there to hear: no socket open, or events switched off


class Deliveries:
    def __init__(self, workspace: Workspace, *, later: Callable[[Coroutine[Any, Any, None]], object]) -> None:
        self._workspace = workspace
        self._later = later
        self.transport: Transport | None = None
        self.so_far = Delivered()
        self.copies = 1
        self.is_on = True
        self._held: list[Json] | None = None
        self._overhearing: list[Callable[[Json], None]] = []

    def announce(self, happening: Happening) -> None:
        """Send an event to the app, if it asked for it and may hear it."""
        if not self._is_heard(happening):
            return
        event_id = self._workspace.new_id("Ev")
        at = int(self._workspace.pace.wall())
        event = envelope(self._workspace.app, happening, event_id=event_id, at=at)
        for listener in self._overhearing:
            listener(event)
        if self._held is not None:
            self._held.append(event)
        else:
            self._send(event)

    def overhear(self, listener: Callable[[Json], None]) -> None:
        """Tell a test of every event, at once and in order, besides the app."""
        self._overhearing.append(listener)

    def hold(self) -> None:
        """Keep events back until `release`."""
        self._held = self._held or []

    def release(self, *, order: str = "as they came", seed: int = 0) -> None:
        """Let go what was held: "as they came", "backwards" or "shuffled"."""
        held, self._held = self._held or [], None
        if order == "backwards":
            held.reverse()
        elif order == "shuffled":
            random.Random(seed).shuffle(held)
        for event in held:
            self._send(event)

    async def interact(self, parcel: Parcel) -> Taken:
        """What a person did: sent once, never again."""
        if self.transport is None:
            return Taken(problem=NO_SOCKET)
        return await self.transport.send(parcel)

    def _is_heard(self, happening: Happening) -> bool:
        app = self._workspace.app
        if app.out_of_use is not None:
            return False
        if app.events is not None and happening.subscription not in app.events:
            return False
        if happening.scope is not None and happening.scope not in app.scopes:
            return False
        return happening.channel is None or app.user in self._workspace.channels[happening.channel].members

    def _send(self, event: Json) -> None:
        if self.transport is None or not self.is_on:
            self.so_far.lost.append(event)
            return
        for _ in range(self.copies):
            self._later(self._deliver(event))

    async def _deliver(self, event: Json) -> None:
        taken = await self._attempt(event, None)
        if taken.problem == NO_SOCKET:
            self.so_far.lost.append(event)
            return
        for number, wait in enumerate(RETRIES_AFTER_S, start=1):
            if taken.is_ok or taken.no_retry:
                break
            reason = taken.problem or ""
            await self._workspace.pace.pause(wait)
            taken = await self._attempt(event, Retry(number, reason))
        (self.so_far.acknowledged if taken.is_ok else self.so_far.given_up).append(event)

    async def _attempt(self, event: Json, retry: Retry | None) -> Taken:
        at = self._workspace.pace.elapsed()
        assert self.transport is not None
        taken = await self.transport.send(Parcel("events_api", event), retry=retry)
        kind = event["event"]["type"]
        self.so_far.attempts.append(Attempt(at, event["event_id"], kind, retry, taken.problem))
        return taken


class Chores:
    """Work that goes on after an answer; closing waits for none of it."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until nothing is under way any more."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=False)

    async def cancel(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
