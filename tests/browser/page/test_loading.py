"""How the page comes: in few pieces, at once, from the browser's own store the next time."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, Response, WebSocketRoute, expect

from tests.browser.conftest import Enter
from tests.browser.demo_desk import DemoDesk
from tests.browser.person import Person
from tests.page_words import STATIC

pytestmark = pytest.mark.browser

FEW = 8
STILL_S = 2.0
PATIENCE_S = 60.0
SMALL_BYTES = 100_000
SCRIPTS = re.compile(r"\.(js|css)$")


def test_a_page_that_was_never_seen_comes_in_few_small_pieces(browser: Browser, desk: DemoDesk) -> None:
    _wait_until_still(browser, desk)
    with browser.new_context(locale="en-GB") as window:
        page = window.new_page()
        answers: list[Response] = []
        page.on("response", lambda answer: answers.extend([answer]))
        page.goto(f"{desk.link}#as=bo")
        expect(page.get_by_test_id("composer")).to_be_visible()
        expect(page.get_by_test_id("card").first).to_be_visible()
        page.wait_for_timeout(500)
    assert len({answer.url for answer in answers}) <= FEW
    assert sum(int(answer.headers.get("content-length", 0)) for answer in answers) < SMALL_BYTES
    assert len([answer for answer in answers if SCRIPTS.search(answer.url)]) == 2
    assert not [answer for answer in answers if "/words/" in answer.url]


def test_a_second_tab_has_its_scripts_already_and_shows_what_the_first_says(
    browser: Browser, desk: DemoDesk
) -> None:
    with browser.new_context(locale="en-GB") as window:
        first, second = Person(window.new_page()), Person(window.new_page())
        first.page.goto(f"{desk.link}#as=ana")
        first.goes_to("lounge")
        asked: list[str] = []
        second.page.on("response", lambda answer: _note_unless_kept(answer, asked))
        second.page.goto(f"{desk.url}/#as=ana")
        second.goes_to("lounge")
        first.says("Said in the first tab")
        expect(second.message("Said in the first tab")).to_be_visible()
        second.says("Said in the second tab")
        expect(first.message("Said in the second tab")).to_be_visible()
    assert [url for url in asked if SCRIPTS.search(url)] == []
    assert [*first.complaints, *second.complaints] == []


def _wait_until_still(browser: Browser, desk: DemoDesk) -> None:
    """A page reads again what changed between its opening and its live connection, as it should."""
    with browser.new_context(locale="en-GB") as window:
        page = window.new_page()
        heard: list[float] = []

        def hear(_: str | bytes) -> None:
            heard.append(time.monotonic())

        page.on("websocket", lambda socket: socket.on("framereceived", hear))
        page.goto(f"{desk.link}#as=bo")
        until = time.monotonic() + PATIENCE_S
        while not heard or time.monotonic() - heard[-1] < STILL_S:
            assert time.monotonic() < until, "the desk is never still"
            page.wait_for_timeout(100)


def _note_unless_kept(answer: Response, asked: list[str]) -> None:
    """What came over the wire; a kept file has no size of its own there."""
    if not answer.request.timing["responseStart"] < 0 and answer.request.sizes()["responseBodySize"] > 0:
        asked.append(answer.url)


def test_whoever_reads_german_gets_the_words_of_the_page_in_german_alone(
    browser: Browser, desk: DemoDesk
) -> None:
    with browser.new_context(locale="de-AT") as window:
        page = window.new_page()
        page.goto(f"{desk.link}#as=ana")
        expect(page.get_by_test_id("composer")).to_be_visible()
        assert page.locator("html").get_attribute("lang") == "de"
        spoken = page.locator("#words").text_content()
    german = (STATIC / "words" / "de.json").read_text(encoding="utf-8")
    assert spoken is not None
    assert '"language": "de"' in spoken
    assert len(spoken) < 1.2 * len(german), "one language and no second one beside it"


def test_what_is_said_while_a_page_connects_is_shown(enter: Enter, desk: DemoDesk) -> None:
    dan, ana = enter("dan"), enter("ana")
    dan.goes_to("lounge")
    ana.goes_to("lounge")
    waiting: list[WebSocketRoute] = []
    ana.page.route_web_socket("**/api/live**", lambda page: waiting.extend([page]))
    ana.page.reload()
    expect(ana.page.get_by_test_id("channel-title")).to_contain_text("lounge")
    expect(ana.composer).to_be_visible()
    dan.says("Said in between")
    assert waiting
    expect(ana.message("Said in between")).to_have_count(0)
    waiting[0].connect_to_server()
    expect(ana.message("Said in between")).to_be_visible()


def test_a_page_that_lost_its_connection_shows_what_it_missed_and_keeps_what_is_typed(enter: Enter) -> None:
    dan, ana = enter("dan"), enter("ana")
    dan.goes_to("lounge")
    servers: list[WebSocketRoute] = []
    ana.page.route_web_socket("**/api/live**", lambda page: servers.append(page.connect_to_server()))
    ana.page.reload()
    ana.goes_to("lounge")
    ana.composer.fill("Half a sent")
    for server in servers:
        server.close()
    dan.says("Said while Ana was away")
    expect(ana.message("Said while Ana was away")).to_be_visible()
    expect(ana.composer).to_have_value("Half a sent")
    ana.forgive("WebSocket")


def test_older_messages_come_as_one_scrolls_up(enter: Enter) -> None:
    ana = enter("ana")
    ana.goes_to("lounge")
    ana.page.evaluate(MANY_MESSAGES, 70)
    ana.page.reload()
    expect(ana.message("Line 70 of many")).to_be_visible()
    expect(ana.message("Line 5 of many")).to_have_count(0)
    ana.channel_feed.evaluate("feed => (feed.scrollTop = 0)")
    expect(ana.message("Line 5 of many")).to_have_count(1)


MANY_MESSAGES = """
async (count) => {
  for (let number = 1; number <= count; number += 1)
    await fetch("/api/channels/lounge/messages", {
      method: "POST",
      headers: { "X-Person": "ana", "Content-Type": "application/json" },
      body: JSON.stringify({ text: `Line ${number} of many`, client_key: crypto.randomUUID() }),
    });
}
"""


class NewerDesk:
    """A desk that has another page than the one that is open: each connection is told of it, until it is loaded."""

    def __init__(self, person: Person) -> None:
        self.loads = 0
        person.page.route_web_socket("**/api/live**", self._connect)
        person.page.on("load", self._loaded)

    def _loaded(self, _: Page) -> None:
        self.loads += 1

    def _connect(self, page: WebSocketRoute) -> None:
        is_old = self.loads < 2
        server = page.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            told = str(message)
            page.send(re.sub(r'"version": "\w+"', '"version": "newer"', told) if is_old else told)

        server.on_message(pass_on)


def test_a_newer_page_comes_by_itself_and_nothing_typed_is_lost(enter: Enter) -> None:
    ana = enter("ana")
    ana.goes_to("lounge")
    newer = NewerDesk(ana)
    ana.page.reload()
    ana.composer.fill("/ticket list")
    ana.composer.press("Enter")
    expect(ana.private_reply).to_be_visible()
    ana.composer.fill("What I am about to say")
    ana.composer.press("ArrowLeft")

    ana.page.wait_for_event("load")
    assert newer.loads == 2
    expect(ana.page.get_by_test_id("channel-title")).to_contain_text("lounge")
    expect(ana.composer).to_have_value("What I am about to say")
    expect(ana.composer).to_be_focused()
    expect(ana.private_reply).to_be_visible()
    ana.page.keyboard.type("!")
    expect(ana.composer).to_have_value("What I am about to sa!y")
    ana.page.wait_for_timeout(1500)
    assert newer.loads == 2, "once is enough"


def test_a_newer_page_waits_for_a_message_that_is_being_changed(enter: Enter) -> None:
    ana = enter("ana")
    ana.goes_to("lounge")
    ana.says("To be changed")
    newer = NewerDesk(ana)
    ana.page.reload()
    ana.uses(ana.message("To be changed"), "edit")
    field = ana.channel_feed.get_by_test_id("edit-field")
    field.fill("It has been changed")
    waits = ana.page.get_by_test_id("version")
    expect(waits).to_be_visible()
    ana.page.wait_for_timeout(5000)
    expect(field).to_have_value("It has been changed")
    assert newer.loads == 1
    ana.channel_feed.get_by_test_id("edit-save").click()
    expect(ana.message("It has been changed")).to_be_visible()
    ana.page.wait_for_event("load")
    expect(ana.message("It has been changed")).to_be_visible()
