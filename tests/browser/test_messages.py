"""What people write: changed, taken back, with pictures, through failures, and with mischief in it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Locator, Route, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.page_words import on_page
from tests.said import said

pytestmark = pytest.mark.browser

SENDING = "**/api/channels/*/messages"
NO_ANSWER = "net::ERR_FAILED"


def test_edits_and_deletions_of_ones_own_messages_reach_the_team(enter: Enter) -> None:
    ana, bo = enter("ana"), enter("bo")
    reference = ana.asks("help-it", "The keyboard on desk 12 types twice")
    ana.replies("It is the letter n")
    bo.goes_to("team-it")
    bo.opens_thread_of(bo.message_with_card(reference))

    ana.changes(ana.reply("It is the letter n"), "It is the letter m")
    expect(ana.reply("It is the letter m")).to_contain_text(on_page("message.edited"))
    expect(bo.reply("It is the letter m")).to_be_visible()
    expect(bo.reply("It is the letter n")).to_have_count(0)

    ana.uses(ana.reply("It is the letter m"), "delete")
    ana.page.get_by_test_id("confirm-yes").click()
    expect(ana.reply("It is the letter m")).to_have_count(0)
    expect(bo.reply("It is the letter m")).to_have_count(0)


def test_pictures_arrive_on_both_sides(enter: Enter, picture: Path) -> None:
    ana, bo = enter("ana"), enter("bo")
    ana.goes_to("help-it")
    ana.attaches(ana.composer, picture)
    reference = ana.asks("help-it", "This is what the printer makes of my letter")
    bo.goes_to("team-it")
    bo.opens_thread_of(bo.message_with_card(reference))
    expect_to_be_shown(bo.thread.get_by_role("img", name="printer.png"))

    bo.goes_to("help-it")
    bo.opens_thread_of(bo.message("This is what the printer makes of my letter"))
    bo.attaches(bo.thread_composer, picture)
    bo.replies("Does the cartridge look like this?")
    answer = ana.reply("Does the cartridge look like this?")
    expect_to_be_shown(answer.get_by_role("img", name="printer.png"))


def test_typed_text_survives_a_send_that_fails_and_goes_out_with_the_next_try(enter: Enter) -> None:
    ana = enter("ana")
    ana.goes_to("help-it")
    ana.page.route(SENDING, lambda route: route.abort() if is_sending(route) else route.continue_())
    try_in_vain(ana, "The badge reader at the side door is dead")

    ana.page.unroute(SENDING)
    ana.page.get_by_test_id("retry").click()
    expect(ana.message("The badge reader at the side door is dead")).to_have_count(1)
    expect(ana.composer).to_have_value("")
    expect(ana.page.get_by_test_id("send-error")).to_be_hidden()
    ana.forgive(NO_ANSWER)


def test_a_private_request_goes_from_its_authors_own_page_although_the_answer_comes_later(
    enter: Enter,
) -> None:
    ana = enter("ana")
    ana.goes_to("help-it")
    with ana.page.expect_websocket() as live:
        ana.page.reload()
    expect(ana.message("The VPN drops every few minutes")).to_be_visible()
    text, answers = (
        "My payslip for October is wrong, I was paid too little",
        list[tuple[Route, APIResponse]](),
    )
    ana.page.route(
        SENDING,
        lambda route: answers.append((route, route.fetch())) if is_sending(route) else route.continue_(),
    )
    with live.value.expect_event("framereceived", lambda frame: '"gone"' in frame):
        ana.composer.fill(text)
        ana.composer.press("Enter")

    for route, answer in answers:
        assert text in answer.text()
        route.fulfill(response=answer)
    expect(ana.composer).to_have_value("")
    expect(ana.private_reply).to_be_visible()
    expect(ana.message(text)).to_have_count(0)


def test_a_message_whose_answer_was_lost_is_not_said_twice(enter: Enter) -> None:
    ana, bo = enter("ana"), enter("bo")
    for person in (ana, bo):
        person.goes_to("lounge")
    ana.page.route(SENDING, deliver_but_lose_the_answer)
    try_in_vain(ana, "Who has the key of the store room?")

    ana.page.unroute(SENDING)
    ana.page.get_by_test_id("retry").click()
    expect(ana.composer).to_have_value("")
    ana.says("Found it")
    expect(bo.message("Found it")).to_be_visible()
    expect(bo.message("Who has the key of the store room?")).to_have_count(1)
    ana.forgive(NO_ANSWER)


def test_a_message_that_begins_with_two_slashes_is_said(enter: Enter) -> None:
    ana = enter("ana")
    ana.goes_to("lounge")
    ana.composer.fill("//not a command")
    expect(ana.page.get_by_test_id("completion")).to_be_hidden()
    ana.composer.press("Enter")
    expect(ana.message("//not a command")).to_be_visible()
    expect(ana.private_reply).to_have_count(0)


def test_an_unsent_draft_is_still_there_after_looking_elsewhere_and_after_a_reload(enter: Enter) -> None:
    ana = enter("ana")
    ana.goes_to("help-it")
    ana.composer.fill("The projector in room 4")
    ana.goes_to("lounge")
    expect(ana.composer).to_have_value("")
    ana.goes_to("help-it")
    expect(ana.composer).to_have_value("The projector in room 4")
    ana.page.reload()
    expect(ana.composer).to_have_value("The projector in room 4")


@pytest.mark.parametrize(
    "mischief",
    ["<img src=x onerror=alert(1)> <b>bold</b>", "<script>alert(1)</script>", "Hello @everyone and <!here>"],
)
def test_what_people_write_is_shown_as_it_was_typed(enter: Enter, mischief: str) -> None:
    ana, bo = enter("ana"), enter("bo")
    for person in (ana, bo):
        person.page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    reference = ana.asks("help-it", f"Laptop: {mischief}")
    ana.replies(f"More: {mischief}")

    bo.goes_to("team-it")
    expect(bo.card(reference)).to_contain_text(f"Laptop: {mischief}")
    bo.opens_thread_of(bo.message_with_card(reference))
    for shown in (ana.message(f"Laptop: {mischief}").last, ana.reply("More:"), bo.reply("More:")):
        expect(shown).to_contain_text(mischief)
        expect(shown.locator("b, script, .mention, img[src=x]")).to_have_count(0)


def test_a_new_requests_optional_choice_may_be_left_without_one(enter: Enter) -> None:
    ana = enter("ana")
    ana.goes_to("help-it")
    ana.composer.fill("/ticket open ")
    ana.composer.press("Enter")
    form = ana.page.get_by_test_id("form-dialog")
    expect(form).to_be_visible()
    expect(form.locator("select").first).to_be_visible()
    expect(form).not_to_contain_text(on_page("form.unchanged"))
    expect(form.locator("select option[value='']").first).to_have_text(
        re.compile("|".join(map(on_page, ("form.no_choice", "form.choose"))))
    )


def expect_to_be_shown(image: Locator) -> None:
    """Loaded, not only named."""
    expect(image).to_be_visible()
    expect(image).to_have_js_property("complete", value=True)
    expect(image).to_have_js_property("naturalWidth", value=8)


def try_in_vain(person: Person, text: str) -> None:
    person.composer.fill(text)
    person.composer.press("Enter")
    expect(person.page.get_by_test_id("send-error")).to_contain_text(
        re.compile(f"{on_page('composer.not_sent')}.*{on_page('composer.kept')}")
    )
    expect(person.composer).to_have_value(text)


def is_sending(route: Route) -> bool:
    return route.request.method == "POST"


def deliver_but_lose_the_answer(route: Route) -> None:
    if is_sending(route):
        route.fetch()
        route.abort()
    else:
        route.continue_()


def test_what_is_written_under_a_card_is_called_an_internal_note(enter: Enter) -> None:
    ana, bo = enter("ana"), enter("bo")
    reference = ana.asks("help-it", "The scanner on floor 3 eats paper")
    ana.replies("And it is loud")
    bo.goes_to("team-it")
    bo.opens_thread_of(bo.message_with_card(reference))
    expect(bo.thread_composer).to_have_attribute("placeholder", said("team.thread_of_notes"))
    bo.replies("She has had three of them")
    expect(bo.reply("She has had three of them")).to_contain_text(said("team.label_note"))
    bo.replies("And broke them all")
    expect(bo.reply("And broke them all")).to_have_class(re.compile(r"\bmessage--note\b"))
    expect(bo.thread.get_by_text(said("team.label_note"), exact=True)).to_have_count(1)


def test_a_time_of_today_is_said_with_its_day(enter: Enter) -> None:
    ana, bo = enter("ana"), enter("bo")
    reference = ana.asks("help-it", "The clock of the lobby is late")
    bo.goes_to("team-it")
    bo.composer.fill(f"/desk remind {reference} 1 min")
    bo.composer.press("Enter")
    expect(bo.private_reply).to_contain_text(re.compile(r"(today|tomorrow|\d) ?(at|,) \d\d:\d\d"))
