"""Saving a view at the page: a search brings its words into the form, whatever was left in it before."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.said import said

pytestmark = pytest.mark.browser


def test_an_older_draft_does_not_hide_the_search_that_is_to_be_saved(enter: Enter) -> None:
    ana, cleo = enter("ana"), enter("cleo")
    ana.asks("help-it", "The VPN asks for my password every minute.")
    cleo.goes_to("team-network")
    cleo.composer.fill("/desk view save")
    cleo.composer.press("Enter")
    cleo.field_of_form("name").fill("Left behind")
    cleo.page.keyboard.press("Escape")
    expect(cleo.page.get_by_test_id("form-dialog")).to_be_hidden()
    cleo.composer.fill("/desk search vpn password")
    cleo.composer.press("Enter")
    cleo.private_reply.get_by_role("button", name=said("lists.save_button")).click()
    expect(cleo.field_of_form("query")).to_have_value("vpn password")
