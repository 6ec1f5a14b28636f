"""A chromium, a demo desk for each file of tests, and people who open its page.

Whoever opened the page must have seen no error in the browser's console when the test ends. Where there
is no browser the tests are skipped, except that REQUIRE_BROWSER=1 makes that a failure.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.camera import NARROW, WIDE, Camera
from tests.browser.demo_desk import DemoDesk, demo_desk
from tests.browser.person import Person

PHONE = {"viewport": NARROW, "is_mobile": True, "has_touch": True}
PATIENCE_MS = 15_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
RED_SQUARE = (
    "89504e470d0a1a0a0000000d49484452000000080000000808020000004b6d29dc00000011"
    "49444154789c633860a08015310c2d0900ba4e4401e91e47180000000049454e44ae426082"
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Enter(Protocol):
    """Open the desk's link, as somebody."""

    def __call__(self, who: str, *, is_on_phone: bool = False) -> Person: ...


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        say_why = pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip
        say_why("No chromium here: install Debian's package chromium to run the tests in a browser.")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[DemoDesk]:
    with demo_desk(tmp_path_factory.mktemp("demo")) as desk:
        yield desk


@pytest.fixture
def enter(browser: Browser, desk: DemoDesk) -> Iterator[Enter]:
    """Each person has a window of their own: in tabs that are out of sight the browser takes its time."""
    people: list[Person] = []
    with ExitStack() as windows:

        def enter(who: str, *, is_on_phone: bool = False) -> Person:
            device: Any = PHONE if is_on_phone else {"viewport": WIDE}
            context = browser.new_context(**device, locale="en-GB", reduced_motion="reduce")
            window = windows.enter_context(context)
            window.set_default_timeout(PATIENCE_MS)
            person = Person(window.new_page())
            people.append(person)
            person.page.goto(f"{desk.link}#as={who}")
            return person

        yield enter
    assert [person.complaints for person in people if person.complaints] == []


@pytest.fixture
def camera() -> Camera:
    return Camera.from_environ()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small photograph, as good as any: 8 × 8 red pixels in a PNG."""
    path = tmp_path / "printer.png"
    path.write_bytes(bytes.fromhex(RED_SQUARE))
    return path
