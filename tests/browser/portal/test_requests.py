"""Somebody without scripts asks, reads, writes with a file and withdraws, wide and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.camera import NARROW, Camera
from tests.browser.sessions.test_sign_in import RunningDesk, acme, running
from tests.said import said

pytestmark = pytest.mark.browser

__all__ = ["acme", "running"]
TEXT = "My dock is dead <b>again</b>"
LARGEST_PAGE = 30 * 1024
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def page(browser: Browser, running: RunningDesk) -> Iterator[Page]:
    """Signed in, on a phone, in a browser that runs no script; what it asks of other hosts fails the test."""
    with browser.new_context(
        locale="en-GB", viewport=NARROW, has_touch=True, java_script_enabled=False
    ) as window:
        page = window.new_page()
        asked: list[str] = []
        page.on("request", lambda each: asked.append(each.url))
        page.goto(running.link("ana"))
        page.get_by_role("button", name=said("sign_in.page_button")).click()
        yield page
        assert [each for each in asked if not each.startswith((running.url, "data:"))] == []


def test_ana_asks_and_goes_on_with_her_request(
    page: Page,
    running: RunningDesk,
    camera: Camera,
    picture: Path,
) -> None:
    page.goto(f"{running.url}/requests")
    expect(page.get_by_text(said("portal.none_yet"))).to_be_visible()
    camera.take("requests-none", page)
    page.get_by_role("link", name=said("portal.new")).click()
    camera.take("requests-place", page)
    page.get_by_role("link", name=said("portal.any_place")).click()
    camera.take("requests-ask", page)
    page.get_by_role("textbox").first.fill(TEXT)
    page.get_by_role("button").last.click()
    if page.locator(".refused").count():
        camera.take("requests-refused", page)
    expect(page.get_by_role("status")).to_have_text(said("portal.done_created"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(TEXT)
    page.reload()

    page.get_by_label(said("portal.write_label")).fill("It is the one in room 4")
    page.get_by_label(said("portal.files_label")).set_input_files(picture)
    page.get_by_role("button", name=said("portal.send")).click()
    expect(page.get_by_text("It is the one in room 4")).to_be_visible()
    shown = page.get_by_role("link", name="printer.png")
    expect(shown).to_be_visible()
    camera.take("requests-one", page)
    page.set_viewport_size(NARROW)
    assert page.evaluate(FITS)
    address = page.url.partition("?")[0]
    answer = page.request.get(address, headers={"Accept-Encoding": "gzip"})
    style = page.request.get(f"{running.url}/requests/page.css")
    sizes = [int(each.headers.get("content-length", "0")) for each in (answer, style)]
    assert 0 < sum(sizes) < LARGEST_PAGE

    page.locator("summary").click()
    page.locator("details button").click()
    expect(page.locator(".state")).to_have_text(said("portal.state_closed"))
    page.goto(f"{running.url}/requests")
    expect(page.get_by_role("link", name=TEXT)).to_be_visible()
    camera.take("requests-mine", page)
