"""Ana without a mouse: finds an article, asks with a file, reads the answer, writes, opens again, and rates."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.camera import Camera
from tests.browser.conftest import Enter
from tests.browser.demo_desk import DemoDesk
from tests.browser.keyboard.conftest import Signed
from tests.browser.keyboard.keys import Look
from tests.browser.person import Person
from tests.said import said

pytestmark = pytest.mark.browser

QUESTIONS = {
    "light": ("How do I set up the VPN at home?", "Set up the VPN"),
    "dark": ("How do I reset my password?", "Reset your password"),
}
"""Each is answered once a day."""


def types(person: Person, command: str) -> None:
    replies = person.page.get_by_test_id("private-reply")
    before = replies.count()
    person.composer.fill(command)
    person.composer.press("Enter")
    expect(replies).to_have_count(before + 1)


def judged(page: Page, choice: str) -> Locator:
    """What is said of the articles that were shown first."""
    return page.locator(f"form[action='/requests/answers']:has(input[value={choice}]) button")


def test_ana(signed: Signed, enter: Enter, desk: DemoDesk, look: Look, picture: Path, camera: Camera) -> None:
    ana, bo = signed("ana", "/ticket web"), enter("bo")
    page = ana.page
    subject = f"My monitor flickers, {look.name}"
    ana.skips()
    ana.walks()
    ana.follows(page.get_by_role("link", name=said("portal.new")))
    ana.walks()
    ana.follows(page.locator("a[href='/requests/new?in=help-it']"))
    ana.reaches(page.get_by_role("textbox").first)
    question, title = QUESTIONS[look.scheme]
    ana.types(question)
    ana.follows(page.locator("form button.main"))
    ana.shows(camera, "answered", look)
    ana.walks()
    ana.follows(page.locator("a[href^='/kb/']").first)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()  # a key of the browser, not of the page
    ana.follows(judged(page, "solved"))

    page.on("filechooser", lambda _: None)  # the first listener is told to the browser without waiting for it
    page.goto(f"{desk.url}/requests/new")
    ana.follows(page.get_by_role("link", name=said("portal.any_place")))
    ana.reaches(page.get_by_role("textbox").first)
    ana.types(subject)
    files = page.get_by_label(said("portal.files_label"))
    ana.reaches(files)
    with page.expect_file_chooser() as chosen:
        ana.press("Space")
    chosen.value.set_files(picture)
    ana.follows(page.locator("form button.main"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(subject)
    reference = heading.locator(".number").inner_text()
    ana.shows(camera, "request", look)
    ana.walks()

    types(bo, f"/desk reply {reference} Which cable is it?")
    page.reload()
    expect(page.get_by_text("Which cable is it?")).to_be_visible()
    ana.reaches(page.get_by_label(said("portal.write_label")))
    ana.types("The black one")
    ana.follows(page.get_by_role("button", name=said("portal.send"), exact=True))
    expect(page.get_by_text("The black one")).to_be_visible()
    types(bo, f"/desk resolve {reference} A new cable")
    page.reload()
    ana.follows(page.locator("form[action$='/reopen'] button"))
    types(bo, f"/desk resolve {reference} Another cable")
    enter("lee").forwards_the_clock("tomorrow")  # nobody is asked at night
    ana = signed("ana", "/ticket web")
    page = ana.page
    page.goto(f"{desk.url}/requests/{reference}")
    ana.reaches(page.get_by_role("radio").first)
    ana.press("ArrowDown", "ArrowUp")
    ana.reaches(page.get_by_label(said("portal.rate_comment")))
    ana.types("It took two")
    ana.shows(camera, "rating", look)
    ana.walks()
    ana.follows(page.get_by_role("button", name=said("portal.rate_send")))
    expect(page.get_by_role("status")).to_have_text(said("portal.done_rated"))
