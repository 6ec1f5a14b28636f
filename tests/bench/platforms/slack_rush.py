"""Fifty messages a second for a minute over HTTP: how soon Slack is answered, and whether forms open meanwhile.

Slack waits three seconds for its acknowledgement, which the desk gives after its commit, and a form must open
within three seconds of the press. The raw limit is a Bolt app that does nothing, in the same rush. Slack, the
desk and whoever measures share one process, so the figures are higher than a desk's own would be.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.adapters.slack.office import Office
from tests.bench.figures import Figure, Raw
from tests.bench.platforms.slack_office import new_office
from tests.fakes.selftests.slack.bolt_app import bolt_app, serving
from tests.fakes.slack import SlackServer, Taken
from tests.fakes.slack.sending.parcels import Parcel, Retry, Transport

PER_SECOND = 50
ASKERS = 200
FORM_EVERY_S = 0.5
RAW_S = 10.0
RUSH_S = 60.0


@dataclass(slots=True)
class Stopwatch:
    """A way to the app that notes how long each message took to be acknowledged, in milliseconds.

    What the desk says itself comes back to it as events, too, and does not count.
    """

    way: Transport
    events: list[float] = field(default_factory=list)
    failed: int = 0

    async def send(self, parcel: Parcel, *, retry: Retry | None = None) -> Taken:
        start = time.perf_counter()
        taken = await self.way.send(parcel, retry=retry)
        if parcel.kind == "events_api" and not {"bot_id", "subtype"} & parcel.payload["event"].keys():
            self.events.append((time.perf_counter() - start) * 1_000)
            self.failed += not taken.is_ok
        return taken


@dataclass(slots=True)
class Rush:
    """What a rush showed: acknowledgements in milliseconds, and each form's milliseconds from press to screen."""

    events: list[float]
    unacknowledged: int
    tickets: int = 0
    pressed: int = 0
    forms: list[float] = field(default_factory=list)


def measure(folder: Path) -> Iterator[Figure]:
    raw = asyncio.run(_bare(RAW_S))
    rush = asyncio.run(_desk(folder, RUSH_S))
    if rush.unacknowledged or rush.tickets != len(rush.events):
        raise AssertionError(
            f"{len(rush.events)} messages made {rush.tickets} tickets; {rush.unacknowledged} were not acknowledged"
        )
    settings = (
        f"SQLite, WAL, synchronous=FULL; {PER_SECOND} messages a second for {RUSH_S:g} s, {ASKERS} people, HTTP on "
        f"loopback, all in one process; each of {rush.tickets:,} messages became a ticket"
    )
    for name, place, goal in (("half of them", 50, None), ("99 of 100", 99, 100.0)):
        yield Figure(
            what=f"an acknowledgement to Slack, {name} within",
            value=percentile(rush.events, place),
            unit="ms",
            goal=goal,
            raw=Raw(value=percentile(raw.events, place), what="a Bolt app that does nothing"),
            settings=settings,
        )
    yield Figure(
        what="a form in that rush, from press to screen, slowest",
        value=max(rush.forms),
        unit="ms",
        goal=3_000,
        settings=f"{len(rush.forms)} of {rush.pressed} forms opened",
    )


async def _desk(folder: Path, seconds: float) -> Rush:
    async with new_office(folder, scale=1) as office:
        return await rushed(office, seconds=seconds)


async def rushed(office: Office, *, seconds: float) -> Rush:
    """The rush at the desk; what it has to show is left waiting for Slack's rate limits."""
    assert office.slack.deliveries.transport is not None
    stopwatch = Stopwatch(office.slack.deliveries.transport)
    office.slack.deliveries.transport = stopwatch
    rush = Rush(events=stopwatch.events, unacknowledged=0)
    is_over = asyncio.Event()
    pressing = asyncio.create_task(_press(office, rush, is_over))
    await _say(office.slack, "help-it", seconds=seconds)
    is_over.set()
    await pressing
    await office.slack.settled()
    rush.unacknowledged = stopwatch.failed
    counts = await office.desk.storage.read(lambda uow: uow.tickets.count_by_status())
    rush.tickets = sum(counts.values())
    return rush


async def _bare(seconds: float) -> Rush:
    """The same with an app that only acknowledges."""
    async with SlackServer.running() as slack:
        app = bolt_app(slack)

        @app.event("message")
        async def on_message() -> None:
            """Nothing is done."""

        async with serving(app) as address:
            stopwatch = Stopwatch(slack.sends_to(address))
            slack.deliveries.transport = stopwatch
            slack.channel("help-it")
            await slack.person("first").says("help-it", "The app asks once who it is")
            await slack.settled()
            stopwatch.events.clear()
            await _say(slack, "help-it", seconds=seconds)
            await slack.settled()
        return Rush(events=stopwatch.events, unacknowledged=stopwatch.failed)


async def _say(slack: SlackServer, channel: str, *, seconds: float) -> None:
    """At an even rate, whatever becomes of the messages before."""
    people = [slack.person(f"asker{number}") for number in range(ASKERS)]
    start = time.perf_counter()
    for number in range(int(seconds * PER_SECOND)):
        text = f"Can you replace keyboard number {number} for me?"
        await people[number % ASKERS].says(channel, text)
        await asyncio.sleep(max(0.0, start + (number + 1) / PER_SECOND - time.perf_counter()))


async def _press(office: Office, rush: Rush, is_over: asyncio.Event) -> None:
    """Somebody asks for a form again and again, and closes it."""
    while not is_over.is_set():
        rush.pressed += 1
        start = time.perf_counter()
        await office.ana.uses_shortcut("ticket open")
        if office.ana.modal is not None:
            rush.forms.append((time.perf_counter() - start) * 1_000)
            await office.ana.closes(office.ana.modal)
        await asyncio.sleep(FORM_EVERY_S)


def percentile(values: list[float], place: int) -> float:
    return statistics.quantiles(values, n=100)[place - 1]
