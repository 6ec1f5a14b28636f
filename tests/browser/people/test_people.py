"""Who asks: from the card's menu, and from an address that another program keeps."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.demo_desk import DemoDesk
from tests.said import said

pytestmark = pytest.mark.browser


def test_the_card_says_who_is_asking_and_a_note_on_them_is_read_there_next_time(enter: Enter) -> None:
    reference = enter("ana").asks("help-it", "My keyboard types double letters")
    bo = enter("bo")
    bo.goes_to("team-it")
    bo.chooses(bo.card(reference), said("team.button_who"))
    expect(bo.private_reply).to_contain_text("Ana Alves")
    expect(bo.private_reply).to_contain_text(reference)
    bo.private_reply.get_by_role("button", name=said("people.button_note")).click()
    bo.fills_in(text="works from Porto on Fridays")
    expect(bo.private_reply.last).to_have_text(
        re.compile(re.escape(said("people.note_added", name="Ana Alves")))
    )
    bo.chooses(bo.card(reference), said("team.button_who"))
    expect(bo.private_reply.last).to_contain_text("works from Porto on Fridays")


def test_an_address_that_another_program_keeps_leads_to_the_persons_tickets(
    enter: Enter, desk: DemoDesk
) -> None:
    reference = enter("ana").asks("help-it", "My second screen stays black")
    bo = enter("bo")
    bo.goes_to("team-it")
    address = urlsplit(desk.link)
    elsewhere = f"<a id=crm href='{address.scheme}://{address.netloc}/people/web:ana'>Ana in the CRM</a>"
    bo.page.route(
        "http://crm.example/", lambda route: route.fulfill(body=elsewhere, content_type="text/html")
    )
    bo.page.goto("http://crm.example/")
    bo.page.locator("#crm").click()
    expect(bo.page.get_by_test_id("person-switcher")).to_have_attribute("data-person", "bo")
    expect(bo.private_reply).to_contain_text("Ana Alves")
    expect(bo.private_reply).to_contain_text(reference)
    expect(bo.page).not_to_have_url(re.compile("about"))


def test_who_is_no_agent_is_told_nothing_at_that_address(enter: Enter, desk: DemoDesk) -> None:
    dora = enter("dora")
    expect(dora.page.get_by_test_id("channel-title")).to_be_visible()
    address = urlsplit(desk.link)
    dora.page.goto(f"{address.scheme}://{address.netloc}/people/web:ana")
    refused = said("commands.agents_only", command="/desk who", ask="/ticket open")
    expect(dora.private_reply).to_contain_text(refused)
    expect(dora.private_reply).to_have_attribute("data-error", "true")
