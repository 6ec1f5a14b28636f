"""On a phone: one thing at a time over the whole width, and everything within reach of a thumb."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.camera import NARROW
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.said import said

pytestmark = pytest.mark.browser

WIDTH = NARROW["width"]


def test_an_employee_asks_on_a_phone(enter: Enter) -> None:
    ana = enter("ana", is_on_phone=True)
    taps_channel(ana, "help-it")
    expect(ana.channel_link("help-it")).not_to_be_in_viewport()

    ana.composer.fill("The coffee machine prints error 8 on the screen")
    ana.page.get_by_test_id("send").tap()
    ana.message("error 8").get_by_test_id("open-thread").tap()
    expect(ana.acknowledgement).to_contain_text(
        re.compile(said("requester.promise", at="")[:-1] + r"(today|tomorrow) at \d\d:\d\d\.")
    )
    assert covers_the_width(ana.thread)
    expect(ana.thread_composer).to_be_in_viewport()
    assert fits_the_screen(ana)

    ana.page.get_by_test_id("close-thread").tap()
    expect(ana.thread).to_be_hidden()
    ana.composer.tap()
    expect(ana.composer).to_be_focused()


def test_an_agent_claims_and_answers_on_a_phone(enter: Enter) -> None:
    reference = enter("ana").asks("help-it", "The mouse of desk 3 double clicks")
    bo = enter("bo", is_on_phone=True)
    taps_channel(bo, "team-it")
    card = bo.card(reference)
    card.locator("[data-testid=card-button][data-label=Claim]").tap()
    expect(card.get_by_test_id("assignee")).to_have_text("Bo Berg")
    assert fits_the_screen(bo)

    card.locator("[data-testid=card-button][data-label=Reply]").tap()
    expect(bo.field_of_form("text")).to_be_in_viewport()
    bo.fills_in(text="A new one is on its way.")
    bo.message_with_card(reference).get_by_test_id("open-thread").tap()
    expect(bo.reply("A new one is on its way.")).to_be_visible()
    assert covers_the_width(bo.thread)


def test_the_drawer_closes_when_one_taps_beside_it(enter: Enter) -> None:
    ana = enter("ana", is_on_phone=True)
    ana.page.get_by_test_id("open-sidebar").tap()
    expect(ana.channel_link("lounge")).to_be_in_viewport()
    ana.page.touchscreen.tap(WIDTH - 10, 400)
    expect(ana.channel_link("lounge")).not_to_be_in_viewport()


def taps_channel(person: Person, channel: str) -> None:
    person.page.get_by_test_id("open-sidebar").tap()
    person.channel_link(channel).tap()
    expect(person.page.get_by_test_id("channel-title")).to_contain_text(channel)


def covers_the_width(panel: Locator) -> bool:
    box = panel.bounding_box()
    return box is not None and (box["x"], box["width"]) == (0, WIDTH)


def fits_the_screen(person: Person) -> bool:
    """Nothing to scroll sideways."""
    width = person.page.evaluate("document.documentElement.scrollWidth")
    return bool(width <= WIDTH)
