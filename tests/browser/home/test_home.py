"""The home page in the browser: an agent sees what waits and acts there, a requester follows what they asked."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.camera import Camera
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.browser.test_phone import fits_the_screen
from tests.page_words import ENGLISH
from tests.said import said

pytestmark = pytest.mark.browser


def goes_home(person: Person) -> Locator:
    person.page.get_by_test_id("home-link").click()
    home = person.page.get_by_test_id("home")
    expect(home.get_by_test_id("home-section").first).to_be_visible()
    return home


def section(home: Locator, key: str) -> Locator:
    title = home.page.get_by_role("heading", name=said(key), exact=True)
    return home.get_by_test_id("home-section").filter(has=title)


def line(home: Locator, key: str, words: str) -> Locator:
    return section(home, key).get_by_test_id("home-line").filter(has_text=words)


def test_an_agent_claims_from_the_home_page_and_sees_it_move(enter: Enter, camera: Camera) -> None:
    ana, bo = enter("ana"), enter("bo")
    home = goes_home(bo)
    expect(bo.page.get_by_test_id("channel-title")).to_have_text(ENGLISH["home"])
    expect(section(home, "home.views")).to_be_visible()
    camera.take("home-agent", bo.page)
    reference = ana.asks("help-it", "The beamer in room 4 stays dark")
    waiting = line(home, "home.unassigned", "The beamer in room 4")
    expect(waiting).to_contain_text(reference)
    bo.presses(waiting, said("team.button_claim"))
    expect(line(home, "home.assigned", "The beamer in room 4")).to_be_visible()
    expect(waiting).to_have_count(0)


def test_a_number_leads_to_the_card_and_back_to_the_home_page(enter: Enter) -> None:
    reference = enter("ana").asks("help-it", "The badge reader of gate 2 beeps all night")
    bo = enter("bo")
    home = goes_home(bo)
    line(home, "home.unassigned", "badge reader").get_by_role("link", name=reference).click()
    expect(bo.card(reference)).to_be_in_viewport()
    bo.page.go_back()
    expect(section(bo.page.get_by_test_id("home"), "home.views")).to_be_visible()


def test_a_view_opens_below_and_stays_in_direct_messages(enter: Enter, camera: Camera) -> None:
    enter("ana").asks("help-it", "The scanner smells of burnt toast")
    bo = enter("bo")
    home = goes_home(bo)
    section(home, "home.views").get_by_test_id("card-button").first.click()
    expect(bo.private_reply).to_be_in_viewport()
    camera.take("home-view", bo.page)
    bo.page.get_by_test_id("private-dismiss").click()
    expect(bo.private_reply).to_have_count(0)
    section(home, "home.views").get_by_test_id("card-button").nth(1).click()
    expect(bo.private_reply).to_have_count(1)
    bo.page.get_by_role("button", name=ENGLISH["home.open_direct"]).click()
    expect(bo.page.get_by_test_id("channel-title")).to_have_text("Deskbell")
    expect(bo.channel_feed.get_by_test_id("private-reply")).to_have_count(1)


def test_a_requester_asks_and_follows_their_request_there(enter: Enter, camera: Camera) -> None:
    ana, bo = enter("ana"), enter("bo")
    home = goes_home(ana)
    expect(section(home, "home.load")).to_have_count(0)
    ana.presses(home, said("home.ask"))
    ana.fills_in(text="My keyboard types everything twice")
    asked = line(home, "home.requests", "My keyboard types everything twice")
    expect(asked).to_be_visible()
    expect(ana.private_reply).to_be_visible()
    expect(asked.get_by_role("link")).to_be_visible()
    camera.take("home-requester", ana.page)
    theirs = line(goes_home(bo), "home.unassigned", "My keyboard types everything twice")
    bo.presses(theirs, said("team.button_claim"))
    expect(asked).to_contain_text("Bo")


def test_the_keyboard_keeps_its_place_when_the_page_is_drawn_anew(enter: Enter) -> None:
    ana, bo = enter("ana"), enter("bo")
    home = goes_home(bo)
    view = section(home, "home.views").get_by_test_id("card-button").last
    view.focus()
    ana.asks("help-it", "The lift plays music at night")
    expect(line(home, "home.unassigned", "The lift plays music")).to_be_visible()
    expect(view).to_be_focused()


def test_the_home_page_fits_a_phone(enter: Enter) -> None:
    enter("ana").asks("help-it", "The coffee machine in the corridor is out of milk")
    bo = enter("bo", is_on_phone=True)
    bo.page.get_by_test_id("open-sidebar").tap()
    bo.page.get_by_test_id("home-link").tap()
    home = bo.page.get_by_test_id("home")
    waiting = line(home, "home.unassigned", "out of milk")
    waiting.get_by_test_id("card-button").tap()
    expect(line(home, "home.assigned", "out of milk")).to_be_visible()
    assert fits_the_screen(bo)
    section(home, "home.views").get_by_test_id("card-button").first.tap()
    expect(bo.private_reply).to_be_in_viewport()
    assert fits_the_screen(bo)


def test_an_address_leads_to_the_home_page(enter: Enter) -> None:
    bo = enter("bo")
    goes_home(bo)
    assert bo.page.url.endswith("#home")
    bo.page.reload()
    expect(section(bo.page.get_by_test_id("home"), "home.views")).to_be_visible()
