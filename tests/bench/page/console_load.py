"""What opening the console and the portal costs a browser: requests, kilobytes, time until something is seen.

Each page is opened by a browser that was never there, and once more by the same: what it kept is not sent again. The
raw limit of the kilobytes is the same without packing, that of the time a page of one word from the same desk. That
each page can be read without scripts is tried as well.
"""

import asyncio
import shutil
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from adapters.web.visitor import Visitor
from tests.bench.figures import Figure, Raw
from tests.bench.page.page_load import BROWSERS
from tests.bench.page.running_desk import TOKEN, RunningDesk, the_running_desk

ROUNDS = 5
TICKETS = 110
"""More than a page lists."""
SAID = "The screen in room {} flickers"
GOAL_KB = 150.0
GOAL_S = 1.0
LEAD, ASKER = "lee", "ana"
PAGES: Mapping[str, tuple[str, str, str]] = {
    "tickets": (LEAD, "/console/tickets", "tr[data-reference]"),
    "a ticket": (LEAD, "/console/tickets/IT-1", "article.ticket .line"),
    "team": (LEAD, "/console/team", "main h1"),
    "figures": (LEAD, "/console/figures", "main h1"),
    "knowledge": (LEAD, "/console/knowledge", "main h1"),
    "health": (LEAD, "/console/health", "main h1"),
    "settings": (LEAD, "/console/settings", "main textarea"),
    "portal": (ASKER, "/requests", "main a[href^='/requests/IT-']"),
    "portal, a request": (ASKER, "/requests/IT-1", "main h1"),
    "portal, a new request": (ASKER, "/requests/new?in=help-it", "main textarea"),
}
"""Who opens them, where, and what there is to be read."""
BLANK = "/healthz"
_TOLD = """() => new Promise(tell => {
  const seen = (list) => {
    const paint = list.find(each => each.name === "first-contentful-paint")
    if (!paint) return false
    const loads = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    const sum = name => loads.reduce((all, each) => all + each[name], 0)
    tell({
      paint: paint.startTime / 1000,
      requests: loads.filter(each => each.transferSize > 0).length,
      sent: sum("transferSize") / 1000,
      plain: sum("decodedBodySize") / 1000,
      nodes: document.getElementsByTagName("*").length,
    })
    return true
  }
  if (!seen(performance.getEntriesByType("paint"))) {
    new PerformanceObserver(more => seen(more.getEntries())).observe({type: "paint", buffered: true})
  }
})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Load:
    """`sent` are kilobytes over the wire with their headers, `plain` the same content unpacked."""

    paint: float
    requests: int
    sent: float
    plain: float
    nodes: int


def measure(folder: Path) -> Iterator[Figure]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise FileNotFoundError("there is no chromium here")
    with the_running_desk(folder) as desk:
        asyncio.run(_ask(desk.url))
        sessions = dict(zip((LEAD, ASKER), desk.sessions([f"web:{LEAD}", f"web:{ASKER}"]), strict=True))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            blank = statistics.median(_visits(browser, desk, {}, BLANK)[0].paint for _ in range(ROUNDS))
            for name, (who, address, seen) in PAGES.items():
                _read_without_scripts(browser, desk, sessions[who], address, seen)
                rounds = [_visits(browser, desk, sessions[who], address) for _ in range(ROUNDS)]
                yield from _figures(name, rounds, blank)
            browser.close()


def _figures(name: str, rounds: Sequence[tuple[_Load, _Load]], blank: float) -> Iterator[Figure]:
    first, again = [each for each, _ in rounds], [each for _, each in rounds]
    one, other = first[0], again[0]
    yield Figure(
        what=f"kilobytes of {name}, first visit",
        value=max(each.sent for each in first),
        unit="kB",
        goal=GOAL_KB,
        raw=Raw(value=one.plain, what="not packed"),
        settings=f"{one.requests} requests, {one.nodes:,} elements; "
        f"second visit {other.sent:.1f} kB in {other.requests} requests",
    )
    yield Figure(
        what=f"first paint of {name}, first visit",
        value=statistics.median(each.paint for each in first),
        unit="s",
        goal=GOAL_S,
        raw=Raw(value=blank, what="a page of one word"),
        settings=f"median of {ROUNDS}, new profile each, Chromium, HTTP on loopback; "
        f"second visit {statistics.median(each.paint for each in again):.3f} s",
    )


def _visits(
    browser: Browser, desk: RunningDesk, session: Mapping[str, str], address: str
) -> tuple[_Load, _Load]:
    """The first one, and the second of the same browser."""
    with browser.new_context(locale="en-GB") as window:
        _let_in(window, desk, session)
        loads = [_load(window.new_page(), f"{desk.url}{address}") for _ in range(2)]
        return loads[0], loads[1]


def _load(page: Page, url: str) -> _Load:
    answer = page.goto(url, wait_until="load")
    assert answer is not None
    assert answer.ok, f"{url} cannot be opened"
    load = _Load(**page.evaluate(_TOLD))
    page.close()
    return load


def _read_without_scripts(
    browser: Browser, desk: RunningDesk, session: Mapping[str, str], address: str, seen: str
) -> None:
    """Raises a time-out where there is nothing to be read."""
    with browser.new_context(locale="en-GB", java_script_enabled=False) as window:
        _let_in(window, desk, session)
        page = window.new_page()
        page.goto(f"{desk.url}{address}")
        page.locator(seen).first.wait_for()


def _let_in(window: BrowserContext, desk: RunningDesk, session: Mapping[str, str]) -> None:
    host = urlsplit(desk.url).hostname
    window.add_cookies(
        [{"name": key, "value": value, "domain": host, "path": "/"} for key, value in session.items()]
    )


async def _ask(url: str) -> None:
    async with Visitor(url, token=TOKEN) as people:
        for number in range(TICKETS):
            await people.say(ASKER, "help-it", SAID.format(number))
