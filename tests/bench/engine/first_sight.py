"""From a message sent by one person's page to its card on an agent's: what people feel of the desk.

The whole of it runs: page → workspace → intake → delivery → workspace → page, over HTTP on this machine. The
raw limit is a message that is none of the desk's business, from the one page to the other.
"""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from adapters.web.visitor import Visitor
from bot.bootstrap.process import DeskProcess
from bot.demo import DESK_FILE
from bot.settings import Settings
from storage import migrate
from tests.bench.figures import Figure, Raw

MESSAGES = 200
PER_SECOND = 10
ASKS, ANSWERS = "ana", "cleo"
TOKEN = "a-token-for-benchmarks"


def measure(folder: Path) -> Iterator[Figure]:
    talk, cards = asyncio.run(_measure(folder))
    settings = (
        f"SQLite, WAL, synchronous=FULL; {MESSAGES} messages, {PER_SECOND} a second, a page that writes and "
        "one that watches, HTTP on loopback, all in one process"
    )
    for name, place in (("half of them within", 50), ("99 of 100 within", 99)):
        yield Figure(
            what=f"from a message to its card, {name}",
            value=_percentile(cards, place),
            unit="ms",
            raw=Raw(value=_percentile(talk, place), what="a message from page to page that opens no ticket"),
            settings=settings,
        )


async def _measure(folder: Path) -> tuple[list[float], list[float]]:
    settings = Settings.from_environ(
        {
            "DESKBELL_DATA_DIR": str(folder),
            "DESKBELL_CONFIG": str(DESK_FILE),
            "DESKBELL_HTTP_PORT": "0",
            "DESKBELL_WEB_TOKEN": TOKEN,
        }
    )
    await asyncio.to_thread(migrate, settings.database_url.get_secret_value())
    desk = DeskProcess(settings)
    await desk.start()
    try:
        async with desk.visitor() as visitor, _watching(desk) as page:
            talk = await _seen(visitor, page, channel="lounge", seen_in="lounge", what="text")
            cards = await _seen(visitor, page, channel="help-it", seen_in="team-it", what="excerpt")
            return talk, cards
    finally:
        await desk.stop()


async def _seen(
    visitor: Visitor, page: aiohttp.ClientWebSocketResponse, *, channel: str, seen_in: str, what: str
) -> list[float]:
    """Milliseconds until each message is seen, sent at an even rate whatever happened to those before."""
    sent: dict[str, float] = {}
    watching = asyncio.create_task(_watch(page, sent, channel=seen_in, what=what))
    saying = []
    for number in range(MESSAGES):
        text = f"My keyboard number {number} does not work any more, please send me another."
        sent[text] = time.perf_counter()
        saying.append(asyncio.create_task(visitor.say(ASKS, channel, text)))
        await asyncio.sleep(1 / PER_SECOND)
    await asyncio.gather(*saying)
    async with asyncio.timeout(30):
        return await watching


async def _watch(
    page: aiohttp.ClientWebSocketResponse, sent: dict[str, float], *, channel: str, what: str
) -> list[float]:
    seen: dict[str, float] = {}
    while len(seen) < MESSAGES:
        event = await page.receive_json()
        if event["type"] != "message" or event["message"]["channel"] != channel:
            continue
        text = _text(event["message"], what)
        if text in sent and text not in seen:
            seen[text] = (time.perf_counter() - sent[text]) * 1e3
    return list(seen.values())


def _text(message: dict[str, Any], what: str) -> str | None:
    shown = message if what == "text" else message["content"] or {}
    text: str | None = shown.get(what)
    return text


@asynccontextmanager
async def _watching(desk: DeskProcess) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """An agent's page, live."""
    cookies = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(desk.http.url, cookie_jar=cookies) as session:
        async with session.get("/", params={"token": TOKEN}) as answer:
            answer.raise_for_status()
        async with session.ws_connect("/api/live", params={"person": ANSWERS}) as page:
            yield page


def _percentile(times: list[float], place: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[place - 1]
