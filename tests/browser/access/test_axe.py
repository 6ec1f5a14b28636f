"""Every page, light and dark, is looked at by axe: nothing that keeps somebody out."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.camera import NARROW, WIDE, Camera
from tests.browser.conftest import Enter
from tests.browser.demo_desk import DemoDesk
from tests.browser.person import Person
from tests.browser.sessions.test_sign_in import RunningDesk, acme, running
from tests.said import said

pytestmark = pytest.mark.browser

__all__ = ["acme", "running"]
GRAVE = {"serious", "critical"}
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
TEXT = "The beamer in room 2 stays dark"


def faults(page: Page) -> list[str]:
    """What axe calls serious or critical, with the rule's name and where it was found."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['target']}"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    chosen: Scheme = request.param
    return chosen


@pytest.fixture
def page(scheme: Scheme, browser: Browser) -> Iterator[Page]:
    with browser.new_context(locale="en-GB", color_scheme=scheme, reduced_motion="reduce") as window:
        yield window.new_page()


def test_the_workspace_keeps_nobody_out(page: Page, desk: DemoDesk, scheme: Scheme) -> None:
    found: dict[str, list[str]] = {}
    page.goto(f"{desk.link}#as=bo")
    bo = Person(page)
    expect(page.get_by_test_id("card").first).to_be_visible()
    found["cards of a team"] = faults(page)
    bo.composer.fill("/desk queue")
    bo.composer.press("Enter")
    expect(bo.private_reply).to_be_visible()
    found["a private reply"] = faults(page)
    bo.composer.fill("/desk show IT-99")
    bo.composer.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    found["a refusal"] = faults(page)
    page.get_by_test_id("card").first.get_by_role("button").first.click()
    page.wait_for_timeout(300)
    found["a menu or a form"] = faults(page)
    page.keyboard.press("Escape")
    bo.goes_to("help-it")
    asked = f"{TEXT}, {scheme}"
    reference = bo.asks("help-it", asked)
    bo.opens_thread_of(bo.message(asked))
    expect(page.get_by_text(reference).first).to_be_visible()
    found["a thread"] = faults(page)
    page.get_by_role("link", name="Home").click()
    found["home"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}


def test_signing_in_and_the_portal_keep_nobody_out(page: Page, running: RunningDesk) -> None:
    found: dict[str, list[str]] = {}
    page.goto(running.url)
    found["how to sign in"] = faults(page)
    page.goto(running.link("ana"))
    found["sign in"] = faults(page)
    page.get_by_role("button", name=said("sign_in.page_button")).click()
    expect(page.get_by_test_id("composer")).to_be_visible()
    for name in ("account", "requests"):
        page.goto(f"{running.url}/{name}")
        found[name] = faults(page)
    page.get_by_role("link", name=said("portal.new")).click()
    found["where to ask"] = faults(page)
    page.get_by_role("link", name=said("portal.any_place")).click()
    found["ask"] = faults(page)
    page.get_by_role("textbox").first.fill(TEXT)
    page.get_by_role("button").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TEXT)
    found["one request"] = faults(page)
    page.goto(f"{running.url}/requests")
    found["requests"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}


def test_the_console_keeps_nobody_out(page: Page, running: RunningDesk, scheme: Scheme) -> None:
    found: dict[str, list[str]] = {}
    asked = f"{TEXT} at the console, {scheme}"
    page.goto(running.link("ana"))
    page.get_by_role("button", name=said("sign_in.page_button")).click()
    page.get_by_role("combobox").first.fill(asked)
    page.keyboard.press("Enter")
    expect(page.get_by_text(asked).first).to_be_visible()
    page.goto(running.link("bo"))
    page.get_by_role("button", name=said("sign_in.page_button")).click()
    page.goto(f"{running.url}/console/tickets")
    found["tickets"] = faults(page)
    page.locator("summary").filter(has_text=said("console.columns")).click()
    found["columns"] = faults(page)
    page.get_by_role("link", name=asked).click()
    expect(page.locator("#panel h1")).to_contain_text(asked)
    found["a ticket beside the table"] = faults(page)
    page.locator("#panel form.note textarea").fill("A note")
    page.locator("#panel form.note button").click()
    expect(page.locator("#panel .line.note")).to_contain_text("A note")
    page.locator(".panel-bar a").click()
    page.locator("summary").filter(has_text=said("console.clocks")).click()
    expect(page.locator(".more[open] .answer")).to_be_visible()
    found["a ticket"] = faults(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    found["keys"] = faults(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option").first).to_be_visible()
    found["all commands"] = faults(page)
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_role("dialog").get_by_role("textbox").first).to_be_focused()
    found["a form"] = faults(page)
    page.goto(f"{running.url}/console/tickets/IT-99")
    found["nothing"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}


def test_the_time_line_of_a_ticket_keeps_nobody_out(enter: Enter, desk: DemoDesk, camera: Camera) -> None:
    """With what waited for others, and with what is late."""
    ana, lee = enter("ana"), enter("lee")
    reference = ana.asks("help-it", "The beamer in room 6 stays dark")
    gives(lee, f"/desk claim {reference}")
    gives(lee, f"/desk wait {reference} Is its lamp on?")
    lee.forwards_the_clock("4h")
    ana.replies("Yes, it is")
    expect(lee.card(reference).get_by_test_id("status")).to_contain_text(said("terms.status_open"))
    lee.forwards_the_clock("4h", "4h", "4h")
    gives(lee, f"/desk hold {reference} The vendor sends a lamp")
    lee.forwards_the_clock("4h")
    page = lee.comes_to_the_console(desk.url)
    page.goto(f"{desk.url}/console/tickets/{reference}")
    clocks = page.get_by_role("region", name=said("console.time_line"))
    for drawn in ("span-requester", "span-held", "span-late", "mark-missed"):
        expect(clocks.locator(f".clock-bar .{drawn}")).not_to_have_count(0)
    clocks.locator("summary").click()
    expect(clocks.get_by_role("table").first).to_be_visible()
    camera.take("console-time-line", page)
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert faults(page) == [], (size, scheme)


def gives(person: Person, command: str) -> None:
    person.composer.fill(command)
    person.composer.press("Enter")
    expect(person.composer).to_have_value("")
    expect(person.page.get_by_role("alert")).to_have_count(0)
