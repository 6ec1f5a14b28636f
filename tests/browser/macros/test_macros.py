"""Macros at the page: completed while they are typed, looked at before they are sent, and changed in a form."""

import pytest
from playwright.sync_api import expect

from tests.browser.camera import Camera
from tests.browser.conftest import Enter
from tests.said import said

pytestmark = pytest.mark.browser

QUESTION = "The VPN drops every ten minutes since this morning. Can somebody look?"


def test_a_macro_is_completed_previewed_changed_and_sent(enter: Enter, camera: Camera) -> None:
    ana, cleo = enter("ana"), enter("cleo")
    reference = ana.asks("help-it", QUESTION)
    cleo.goes_to("team-network")
    expect(cleo.card(reference)).to_be_visible()

    cleo.composer.press_sequentially(f"/desk macro {reference} rest")
    option = cleo.page.get_by_test_id("completion-option").first
    expect(option).to_have_attribute("data-value", f"/desk macro {reference} restart")
    camera.take("completion-of-a-macro", cleo.page)
    cleo.composer.press("Tab")
    cleo.composer.press("Enter")
    expect(cleo.private_reply).to_contain_text("Hi Ana, please turn it off")
    expect(cleo.private_reply).to_contain_text("+restart")
    camera.take("preview-of-a-macro", cleo.page)

    cleo.private_reply.get_by_role("button", name=said("macros.button_edit")).click()
    expect(cleo.field_of_form("text")).to_have_value(
        "Hi Ana, please turn it off, wait for ten seconds and turn it on again. Does it work now?"
    )
    cleo.fills_in(text="Hi Ana, please restart the VPN client.")
    expect(ana.reply("Hi Ana, please restart the VPN client.")).to_contain_text("Cleo Chen")
    expect(cleo.card(reference).get_by_test_id("status")).to_contain_text("pending")


def test_a_text_that_was_left_is_no_draft_of_another_macro(enter: Enter) -> None:
    ana, cleo = enter("ana"), enter("cleo")
    reference = ana.asks("help-it", "The VPN asks for my password again and again.")
    cleo.goes_to("team-network")
    for macro, begins in (("restart", "Hi Ana, please turn"), ("details", "Hi Ana, thank you")):
        cleo.composer.fill(f"/desk macro {reference} {macro}")
        cleo.composer.press("Enter")
        expect(cleo.private_reply.last).to_contain_text(begins)
        cleo.private_reply.last.get_by_role("button", name=said("macros.button_edit")).click()
        assert cleo.field_of_form("text").input_value().startswith(begins)
        cleo.field_of_form("text").fill("Something else")
        cleo.page.keyboard.press("Escape")
        expect(cleo.page.get_by_test_id("form-dialog")).to_be_hidden()
