"""Slack as a process: people ask there, and it notes how long the app takes to acknowledge and to answer.

Its rate limits are off, since what is measured is the app. It is answered when both posts are in: the card and the
reply in the requester's thread.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.adapters.slack.office import DESK, shipped_manifest
from tests.bench.platforms.apart.child import Answer
from tests.bench.platforms.slack_rush import Stopwatch
from tests.bench.requests import text
from tests.fakes.slack import SlackServer

PEOPLE = 50
POSTS_A_TICKET = 2
PATIENCE_S = 300
PATIENCE_TIMES = 10
"""So many times Slack's three seconds: on a busy machine nothing is sent again, which would count twice."""
LOOKS_AGAIN_S = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an app must know of the workspace."""

    api_url: str
    bot_token: str
    signing_secret: str
    team_channel: str
    configuration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """`acknowledgements` in milliseconds; `slack_cpu_s` is what this side itself cost."""

    count: int
    seconds: float
    acknowledgements: list[float]
    slack_cpu_s: float


@asynccontextmanager
async def slack_side() -> AsyncIterator[Mapping[str, Answer]]:
    async with SlackServer.running(deadline_scale=PATIENCE_TIMES) as slack:
        slack.limiter.is_on = False
        side = _SlackSide(slack)
        yield {"open": side.open, "send_to": side.send_to, "burst": side.burst, "rush": side.rush}


class _SlackSide:
    def __init__(self, slack: SlackServer) -> None:
        self._slack = slack
        self._people = [slack.person(f"asker{number}") for number in range(PEOPLE)]
        self._chance = random.Random(7)
        self._asked = 0
        self._looked_at = 0
        self._posted = 0
        self._stopwatch: Stopwatch | None = None

    async def open(self) -> Told:
        slack = self._slack
        slack.install(shipped_manifest())
        team = [slack.person("bo"), slack.person("lee")]
        channels = {
            name.replace("-", "_"): slack.channel(name, people).id
            for name, people in (
                ("help-it", self._people),
                ("team-it", team),
                ("escalations", team),
                ("operators", team),
            )
        }
        slack.user_group("netops", [team[0]])
        return Told(
            api_url=slack.api_url,
            bot_token=slack.app.bot_token,
            signing_secret=slack.app.signing_secret,
            team_channel=channels["team_it"],
            configuration=DESK.format(**channels),
        )

    async def send_to(self, address: str) -> None:
        self._stopwatch = Stopwatch(self._slack.sends_to(address))
        self._slack.deliveries.transport = self._stopwatch

    async def burst(self, *, count: int, at_once: int) -> Burst:
        """So many requests, `at_once` unanswered at any time."""
        return await self._measured(count, self._ask_by_answers(count, at_once))

    async def rush(self, *, count: int, per_second: float) -> Burst:
        """So many requests at an even rate, whatever becomes of those before."""
        return await self._measured(count, self._ask_by_clock(count, per_second))

    async def _measured(self, count: int, asking: "asyncio.Future[None] | object") -> Burst:
        assert self._stopwatch is not None
        self._stopwatch.events.clear()
        cpu, start, failed = time.process_time(), time.perf_counter(), self._stopwatch.failed
        await asking  # type: ignore[misc]
        await self._until_answered(within=0)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        await self._slack.settled()
        if self._stopwatch.failed > failed or len(self._stopwatch.events) != count:
            told = {each.problem for each in self._slack.delivered.attempts}
            raise AssertionError(f"{count} requests were sent {len(self._stopwatch.events)} times: {told}")
        return Burst(
            count=count, seconds=seconds, acknowledgements=[*self._stopwatch.events], slack_cpu_s=cpu
        )

    async def _ask_by_answers(self, count: int, at_once: int) -> None:
        for _ in range(count):
            await self._until_answered(within=at_once - 1)
            await self._ask()

    async def _ask_by_clock(self, count: int, per_second: float) -> None:
        start = time.perf_counter()
        for number in range(count):
            await self._ask()
            await asyncio.sleep(max(0.0, start + (number + 1) / per_second - time.perf_counter()))

    async def _ask(self) -> None:
        person = self._people[self._asked % PEOPLE]
        self._asked += 1
        await person.says("help-it", text(self._chance))

    async def _until_answered(self, *, within: int) -> None:
        """Until no more than so many requests still lack a post."""
        async with asyncio.timeout(PATIENCE_S):
            while self._asked * POSTS_A_TICKET - self._count() > within * POSTS_A_TICKET:  # noqa: ASYNC110
                await asyncio.sleep(LOOKS_AGAIN_S)

    def _count(self) -> int:
        calls = self._slack.calls
        while self._looked_at < len(calls) and calls[self._looked_at].answer != "unanswered":
            call = calls[self._looked_at]
            self._posted += call.method == "chat.postMessage" and call.is_ok
            self._looked_at += 1
        return self._posted
