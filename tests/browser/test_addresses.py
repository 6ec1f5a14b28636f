"""Addresses typed or kept: what is not for this person stays closed, and the page says so."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.page_words import on_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("place", ["team-it", "@bo", "no-such-place"])
def test_an_address_that_is_closed_to_this_person_is_corrected_with_a_word(enter: Enter, place: str) -> None:
    ana = enter("ana")
    ana.goes_to("lounge")
    ana.page.evaluate("place => { location.hash = `#/${place}` }", place)
    expect(ana.page.get_by_test_id("toast")).to_have_text(on_page("no_access", name="Ana Alves"))
    expect(ana.page).to_have_url(re.compile("#/lounge$"))
    expect(ana.page.get_by_test_id("channel-title")).to_contain_text("lounge")


def test_a_closed_address_in_a_tab_just_opened_leads_to_where_one_may_ask(enter: Enter) -> None:
    ana = enter("ana")
    ana.goes_to("lounge")
    ana.page.evaluate("history.replaceState(null, '', '#/team-it')")
    ana.page.reload()
    expect(ana.page.get_by_test_id("toast")).to_have_text(on_page("no_access", name="Ana Alves"))
    expect(ana.page).to_have_url(re.compile("#/help"))
