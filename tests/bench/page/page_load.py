"""How long somebody waits for the page: from its address, in a browser that was never there, to a place to write.

Each round has a new browser profile, so nothing is kept from the one before. In turns with it the same page is
loaded in pieces, as its sources are written, which is what a page costs that nobody puts together.
"""

import asyncio
import re
import shutil
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Response, Route, sync_playwright

from adapters.web.page.assets import STATIC
from adapters.web.store.messages import NewMessage, insert
from adapters.web.store.store import Store
from tests.bench.figures import Figure, Raw
from tests.bench.page.running_desk import TOKEN, the_running_desk

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHANNEL = "lounge"
ROUNDS = 5
FULL = 10_000
"""Messages in a channel that has been used for years."""
GOAL_S = 1.0


@dataclass(slots=True)
class _Load:
    seconds: float
    answers: list[Response] = field(default_factory=list)

    @property
    def requests(self) -> int:
        return len(self.answers)

    @property
    def kilobytes(self) -> float:
        return sum(int(each.headers.get("content-length", 0)) for each in self.answers) / 1000


def measure(folder: Path) -> Iterator[Figure]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise FileNotFoundError("there is no chromium here")
    for count in (0, FULL):
        asyncio.run(_fill(folder / "workspace.db", count))
        with the_running_desk(folder) as desk, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            yield from _measured(browser, desk.url, count)
            browser.close()


def _measured(browser: Browser, url: str, count: int) -> Iterator[Figure]:
    rounds = [
        (_load(browser, url, is_in_pieces=True), _load(browser, url, is_in_pieces=False))
        for _ in range(ROUNDS)
    ]
    pieces, sent = [each for each, _ in rounds], [each for _, each in rounds]
    settings = f"median of {ROUNDS}, new profile each, {count:,} messages in the channel, HTTP on loopback"
    yield Figure(
        what=f"seconds to a composer, {count:,} messages",
        value=statistics.median(each.seconds for each in sent),
        unit="s",
        goal=GOAL_S,
        raw=Raw(value=statistics.median(each.seconds for each in pieces), what="the same page in pieces"),
        settings=settings,
    )
    yield Figure(
        what=f"requests until then, {count:,} messages",
        value=max(each.requests for each in sent),
        unit="",
        raw=Raw(value=max(each.requests for each in pieces), what="the same page in pieces"),
        settings=settings,
    )
    yield Figure(
        what=f"kilobytes until then, {count:,} messages",
        value=max(each.kilobytes for each in sent),
        unit="kB",
        raw=Raw(value=max(each.kilobytes for each in pieces), what="the same page in pieces"),
        settings=settings,
    )


def _load(browser: Browser, url: str, *, is_in_pieces: bool) -> _Load:
    with browser.new_context(locale="en-GB") as window:
        page = window.new_page()
        window.request.get(f"{url}/?token={TOKEN}")
        if is_in_pieces:
            page.route(re.compile(r"https?://[^/]+/(#.*)?$"), _in_pieces)
        load = _Load(0.0)
        page.on("response", lambda answer: load.answers.extend([answer]))
        began = time.perf_counter()
        page.goto(f"{url}/#as=dan", wait_until="commit")
        page.get_by_test_id("composer").fill("Here I am")
        load.seconds = time.perf_counter() - began
        load.answers = list(load.answers)
        return load


def _in_pieces(route: Route) -> None:
    answer = route.fetch()
    source = (STATIC / "index.html").read_text(encoding="utf-8")
    tags = re.findall(r'<link rel="stylesheet"[^>]*>|<script type="module".*?</script>', source)
    page = re.sub(r'<link rel="stylesheet"[^>]*>', "", answer.text())
    page = re.sub(r'<script type="module".*?</script>', "".join(tags), page)
    route.fulfill(response=answer, body=page)


async def _fill(path: Path, count: int) -> None:
    store = Store(path, is_durable=False)
    try:
        await store.run(
            lambda database: [
                insert(
                    database,
                    NewMessage(
                        post_key=f"bench-{number}",
                        channel=CHANNEL if number % 2 else "help-it",
                        thread=None,
                        author="ana",
                        author_name="Ana Alves",
                        at=datetime.now(UTC),
                        text=f"Message {number}: my keyboard does not work any more, please send me another.",
                    ),
                )
                for number in range(2 * count)
            ]
        )
    finally:
        await store.close()
