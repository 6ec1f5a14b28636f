"""A minute of 500 requests for one team, in a Slack that takes one message a second in each channel.

Every request shows an answer where it was asked and a card in the team's channel, so the channels are full for
minutes. Halfway another ticket nears its promise: its ping goes to a channel of its own and must not wait. This
is a tenth of it, in a Slack that is ten times as fast; `slack_burst_full` is the whole, in real time.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.adapters.slack.office import Office
from tests.bench.figures import Figure, Raw
from tests.bench.platforms.slack_office import new_office

FREE_AT_ONCE = 3
"""Messages the server lets into a channel before it counts the seconds."""
PATIENCE = 4
"""Times what the limit allows, before a burst counts as lost."""
REFUSED = "429"


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """`within_s` in Slack's seconds, each of which lasts `scale` real ones."""

    requests: int
    within_s: float
    scale: float

    @property
    def allowed_s(self) -> float:
        """When the last message can be there at the earliest."""
        return max(self.within_s, float(self.requests - FREE_AT_ONCE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """In Slack's seconds. `waiting_at_ping`: requests without a card when the ping arrived."""

    cards: list[str]
    answers: int
    finished_s: float
    ping_s: float
    waiting_at_ping: int
    refused: int


SMALL = Burst(requests=50, within_s=6, scale=0.1)


def measure(folder: Path) -> Iterator[Figure]:
    yield from figures(folder, SMALL)


def figures(folder: Path, burst: Burst) -> Iterator[Figure]:
    found = asyncio.run(_measure(folder, burst))
    if sorted(found.cards) != sorted(_text(number) for number in range(burst.requests)):
        raise AssertionError(f"{burst.requests} requests should be as many cards, and are {len(found.cards)}")
    if found.answers != burst.requests:
        raise AssertionError(f"{burst.requests} requests should have an answer each; {found.answers} have")
    settings = (
        f"{burst.requests} requests within {burst.within_s:g} s of Slack's, each of which lasts {burst.scale:g} s; "
        f"none lost or doubled, {found.refused} calls answered 429"
    )
    yield Figure(
        what="a burst of requests, until all is shown",
        value=found.finished_s,
        unit="s",
        goal=burst.allowed_s * 1.05,
        raw=Raw(value=burst.allowed_s, what="what the limit of one message a second in a channel allows"),
        settings=settings,
    )
    yield Figure(
        what="an escalation ping in the middle of it",
        value=found.ping_s,
        unit="s",
        goal=5,
        settings=f"{settings}; {found.waiting_at_ping} requests still had no card by then",
    )


async def _measure(folder: Path, burst: Burst) -> Outcome:
    async with new_office(folder, scale=burst.scale) as office:
        return await endured(office, burst)


async def endured(office: Office, burst: Burst) -> Outcome:
    """What becomes of the burst once nothing is left to be shown."""
    await office.ana.says("help-it", "The door to the lab is stuck")
    await office.settle()
    await office.passes(minutes=20)
    before = len(office.slack.calls)
    start = office.slack.pace.elapsed()
    async with _trying(office, every_s=burst.scale):
        asking = asyncio.create_task(_ask(office, burst))
        await _until_cards(office, burst.requests // 2, burst)
        ping_s = await _ping(office)
        waiting = burst.requests + 1 - len(office.bo.reads("team-it"))
        await asking
        await _until_cards(office, burst.requests, burst)
        await _until_answers(office, burst.requests, burst)
    await office.settle()
    calls = office.slack.calls[before:]
    posted = [call.at for call in calls if call.method == "chat.postMessage" and call.is_ok]
    return Outcome(
        cards=[_subject(each.text) for each in office.bo.reads("team-it")[1:]],
        answers=_answers(office),
        finished_s=max(posted) - start,
        ping_s=ping_s,
        waiting_at_ping=waiting,
        refused=sum(call.answer == REFUSED for call in calls),
    )


async def _ask(office: Office, burst: Burst) -> None:
    for number in range(burst.requests):
        await office.ana.says("help-it", _text(number))
        await office.slack.pace.pause(burst.within_s / burst.requests)


async def _ping(office: Office) -> float:
    """Slack's seconds until the ticket from before the burst is in the escalation channel."""
    raised = office.slack.pace.elapsed()
    office.clock.move(timedelta(minutes=5))
    await office.desk.workers["sla_clock"].tick()
    await office.lee.sees("escalations", "IT-1", patience_s=60)
    return office.slack.pace.elapsed() - raised


async def _until_cards(office: Office, count: int, burst: Burst) -> None:
    async with asyncio.timeout(PATIENCE * burst.allowed_s * burst.scale + 30):
        while len(office.bo.reads("team-it")) - 1 < count:  # noqa: ASYNC110
            await asyncio.sleep(burst.scale / 2)


async def _until_answers(office: Office, count: int, burst: Burst) -> None:
    async with asyncio.timeout(PATIENCE * burst.allowed_s * burst.scale + 30):
        while _answers(office) < count:  # noqa: ASYNC110
            await asyncio.sleep(burst.scale)


def _answers(office: Office) -> int:
    """Answers in the threads of this burst's requests."""
    return sum(each.replies for each in office.ana.reads("help-it")[1:] if not each.is_ephemeral)


def _text(number: int) -> str:
    # A question each, so that none joins the one before.
    return f"Can you replace keyboard number {number} for me?"


def _subject(card: str) -> str:
    """What a card's line for notifications says between its number and its status."""
    return card.partition(" ")[2].partition(" · ")[0]


@asynccontextmanager
async def _trying(office: Office, *, every_s: float) -> AsyncIterator[None]:
    """The desk looks for what is due once a second of its own; here once a second of Slack's."""

    async def wake() -> None:
        while True:
            office.desk.delivering.wake()
            await asyncio.sleep(every_s)

    waking = asyncio.create_task(wake())
    try:
        yield
    finally:
        waking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await waking
