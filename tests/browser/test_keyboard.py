"""Everything without a mouse: finding a channel, writing, a thread, a command, an agent's form."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.said import said

pytestmark = pytest.mark.browser

FARTHEST = 40
"""Presses of Tab after which something counts as out of reach."""


def test_an_employee_asks_and_follows_up_with_the_keyboard_alone(enter: Enter) -> None:
    ana = enter("ana")
    keyboard = ana.page.keyboard
    expect(ana.channel_link("help-it")).to_have_attribute("aria-current", "page")

    press_until(ana, "Tab", ana.channel_link("help-it"))
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(ana.page.get_by_test_id("channel-title")).to_contain_text("help-hr")
    keyboard.press("Alt+ArrowUp")
    expect(ana.page.get_by_test_id("channel-title")).to_contain_text("help-it")

    keyboard.press("c")
    expect(ana.composer).to_be_focused()
    keyboard.type("The monitor on desk 7 flickers")
    keyboard.press("Enter")
    asked = ana.message("The monitor on desk 7 flickers")
    expect(asked.get_by_test_id("open-thread")).to_be_visible()

    press_until(ana, "Shift+Tab", asked)
    keyboard.press("Enter")
    expect(ana.thread_composer).to_be_focused()
    expect(ana.acknowledgement).to_be_visible()
    keyboard.type("/tic")
    keyboard.press("Tab")
    keyboard.type("li")
    keyboard.press("Enter")
    expect(ana.thread_composer).to_have_value("/ticket list ")
    keyboard.press("Enter")
    expect(ana.thread.get_by_test_id("private-reply")).to_contain_text("The monitor on desk 7 flickers")

    keyboard.press("Escape")
    expect(ana.thread).to_be_hidden()
    expect(asked).to_be_focused()


def test_an_agent_claims_and_answers_with_the_keyboard_alone(enter: Enter) -> None:
    reference = enter("ana").asks("help-it", "My phone has lost its contacts")
    bo = enter("bo")
    keyboard = bo.page.keyboard
    card = bo.card(reference)
    expect(card).to_be_visible()

    press_until(bo, "Tab", button(card, "Claim"))
    keyboard.press("Enter")
    expect(card.get_by_test_id("assignee")).to_have_text("Bo Berg")
    press_until(bo, "Tab", button(card, "Reply"))
    keyboard.press("Enter")
    expect(bo.field_of_form("text")).to_be_focused()
    keyboard.type("They come back when you sign in again.")
    keyboard.press("Control+Enter")
    expect(bo.page.get_by_test_id("form-dialog")).to_be_hidden()
    expect(button(card, "Reply")).to_be_focused()

    press_until(bo, "Tab", button(card, "More…"))
    keyboard.press("Enter")
    expect(bo.page.get_by_test_id("menu-item").first).to_be_focused()
    keyboard.press("Escape")
    expect(button(card, "More…")).to_be_focused()


def test_an_agent_completes_a_search_with_the_keyboard_alone(enter: Enter) -> None:
    reference = enter("ana").asks("help-it", "My keyboard types twice")
    bo = enter("bo")
    bo.composer.press_sequentially("/desk search keyboard types sta")
    completed = bo.page.get_by_test_id("completion-option").nth(1)
    expect(completed).to_have_attribute("data-value", "/desk search keyboard types status:")
    bo.composer.press("Tab")
    bo.composer.press_sequentially("ne")
    expect(completed).to_have_attribute("data-value", "/desk search keyboard types status:new")
    bo.composer.press("Tab")
    expect(bo.composer).to_have_value("/desk search keyboard types status:new")
    bo.composer.press("Enter")
    expect(bo.private_reply).to_contain_text(said("search.found", text="keyboard types status:new"))
    expect(bo.private_reply).to_contain_text(reference)
    expect(bo.private_reply.locator("strong", has_text="types").first).to_be_visible()


def test_a_command_that_others_begin_with_is_run_by_enter(enter: Enter) -> None:
    lee = enter("lee")
    lee.composer.press_sequentially("/desk-admin settings")
    offered = lee.page.get_by_test_id("completion-option")
    expect(offered.nth(1)).to_have_attribute("data-value", "/desk-admin settings versions")
    lee.composer.press("Enter")
    expect(lee.composer).to_have_value("")
    expect(lee.private_reply).to_contain_text("/desk-admin settings diff")

    lee.composer.press_sequentially("/desk-admin settings ver")
    lee.composer.press("Enter")
    expect(lee.composer).to_have_value("/desk-admin settings versions ")


def press_until(person: Person, key: str, place: Locator) -> None:
    """Go on with this key until the focus is there, as somebody does who looks at the page.

    One look is one question to the page: a card that is drawn anew between finding the place and asking for
    the focus would be passed by, and the next chance comes only after a whole round.
    """
    focused = place.and_(person.page.locator(":focus"))
    for _ in range(FARTHEST):
        if focused.count():
            return
        person.page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {place}")


def button(card: Locator, label: str) -> Locator:
    return card.locator(f"[data-testid=card-button][data-label='{label}']")
