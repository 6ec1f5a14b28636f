"""Two agents who answer one request at the page hear of one another, and lose nothing of what they typed."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.page_words import on_page
from tests.said import said

pytestmark = pytest.mark.browser

BO_BEGAN = said("answers.writes_reply_now", name="Bo Berg")


def opens_reply(agent: Person, reference: str) -> Locator:
    agent.presses(agent.card(reference), "Reply")
    form = agent.page.get_by_test_id("form-dialog")
    expect(form).to_be_visible()
    return form


def cancels(form: Locator) -> None:
    form.get_by_role("button", name=on_page("cancel")).click()
    expect(form).to_be_hidden()


def says_who_writes(agent: Person, reference: str) -> bool:
    """Whether the card's reply form, opened and closed again, names somebody."""
    form = opens_reply(agent, reference)
    is_said = form.get_by_test_id("form-notice").count() > 0
    cancels(form)
    return is_said


def test_the_second_form_says_who_is_answering_until_the_first_is_closed(enter: Enter) -> None:
    reference = enter("ana").asks("help-it", "My keyboard types by itself")
    bo, cleo = enter("bo"), enter("cleo")
    bo.goes_to("team-it")
    cleo.goes_to("team-it")
    first = opens_reply(bo, reference)
    expect(first.get_by_test_id("form-notice")).to_have_count(0)

    second = opens_reply(cleo, reference)
    expect(second.get_by_test_id("form-notice")).to_have_text(BO_BEGAN)
    cancels(second)
    with bo.page.expect_response("**/api/forms/closed"):
        cancels(first)
    assert any(not says_who_writes(cleo, reference) for _ in range(10))


def test_whoever_types_in_the_thread_reads_it_and_is_asked_before_theirs_is_sent(enter: Enter) -> None:
    ana = enter("ana")
    reference = ana.asks("help-it", "My tablet is locked")
    bo, cleo = enter("bo"), enter("cleo")
    bo.goes_to("team-it")
    form = opens_reply(bo, reference)
    form.locator("[data-field=text]").fill("Which tablet is it?")

    cleo.goes_to("help-it")
    cleo.opens_thread_of(cleo.message("My tablet is locked"))
    cleo.thread_composer.press_sequentially("I unlocked it")
    who_writes = cleo.thread.get_by_test_id("who-writes")
    expect(who_writes).to_have_text(BO_BEGAN)
    cleo.thread_composer.press("Enter")
    expect(cleo.reply("I unlocked it")).to_be_visible()
    expect(who_writes).to_be_hidden()

    form.get_by_test_id("form-submit").click()
    notice = bo.page.get_by_test_id("form-notice")
    expect(notice).to_contain_text(said("answers.answered_meanwhile", name="Cleo Chen"))
    expect(notice).to_contain_text("I unlocked it")
    expect(bo.field_of_form("text")).to_have_value("Which tablet is it?")
    anyway = bo.page.get_by_test_id("form-submit")
    expect(anyway).to_have_text(said("answers.send_anyway"))
    anyway.click()
    expect(ana.reply("Which tablet is it?")).to_be_visible()
    assert "Bo Berg" not in ana.thread_composer.locator("xpath=ancestor::form").inner_text()
