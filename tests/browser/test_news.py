"""What somebody has not read yet: the way to it, and private answers that stay where they were given."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.page_words import on_page

pytestmark = pytest.mark.browser

ORDER_OF_AN_ARRIVAL = """
async () => {
  const { unlessPressed } = await import("/static/press.js");
  const order = [];
  window.dispatchEvent(new Event("pointerdown"));
  unlessPressed(() => order.push("arrival"));
  window.dispatchEvent(new Event("pointerup"));
  order.push("click");
  await new Promise((done) => setTimeout(done, 20));
  unlessPressed(() => order.push("next arrival"));
  return order;
}
"""
PRINTER = "The printer on the second floor"
ARTICLE = "The printer does not print"


def test_the_badge_leads_to_the_answer_in_its_thread(enter: Enter) -> None:
    ana, bo = enter("ana"), enter("bo")
    reads_what_was_found(ana)
    ana.asks("help-it", "The stapler on floor 3 is jammed for good")
    expect(ana.acknowledgement).to_be_visible()
    ana.goes_to("lounge")
    answer(bo, "The stapler on floor 3", "A new stapler is on your desk")

    expect(ana.channel_link("help-it").get_by_test_id("unread")).to_be_visible()
    ana.goes_to("help-it")
    expect(ana.reply("A new stapler is on your desk")).to_be_in_viewport()
    expect(ana.thread.get_by_test_id("new-divider")).to_be_visible()
    expect(ana.channel_link("help-it").get_by_test_id("unread")).to_have_count(0)


def test_an_answer_in_a_thread_of_the_open_channel_is_unread_until_that_is_opened(enter: Enter) -> None:
    ana, bo = enter("ana"), enter("bo")
    reads_what_was_found(ana)
    ana.asks("help-it", "The shredder on floor 3 eats nothing")
    expect(ana.acknowledgement).to_be_visible()
    ana.page.get_by_test_id("close-thread").click()
    with ana.page.expect_response(re.compile("/help-it/read$")):
        answer(bo, "The shredder on floor 3", "It has been emptied")

    badge = ana.channel_link("help-it").get_by_test_id("unread")
    expect(badge).to_contain_text("1")
    ana.opens_thread_of(ana.message("The shredder on floor 3"))
    expect(ana.reply("It has been emptied")).to_be_visible()
    expect(badge).to_have_count(0)


def test_a_message_that_mentions_the_reader_is_marked_for_them_alone(enter: Enter) -> None:
    ana, bo, cleo = enter("ana"), enter("bo"), enter("cleo")
    reference = ana.asks("help-it", "The laminator on floor 3 is cold")
    bo.goes_to("team-it")
    bo.presses(bo.card(reference), "Claim")
    expect(bo.card(reference).get_by_test_id("assignee")).to_have_text("Bo Berg")
    ana.replies("It smells of plastic, too")
    cleo.goes_to("team-it")
    marked = re.compile("message--mentions-me")
    for agent in (bo, cleo):
        agent.opens_thread_of(agent.message_with_card(reference))
        expect(agent.reply("It smells of plastic")).to_be_visible()
    told = bo.reply("It smells of plastic")
    expect(told).to_have_class(marked)
    expect(told).to_contain_text(on_page("message.mentions_you"))
    expect(cleo.reply("It smells of plastic")).not_to_have_class(marked)
    cleo.replies("@bo have you a spare one?")
    expect(bo.reply("have you a spare one?")).to_have_class(marked)
    expect(cleo.reply("have you a spare one?")).not_to_have_class(marked)


def test_the_badge_leads_to_the_first_of_many_new_messages(enter: Enter) -> None:
    dan, bo = enter("dan"), enter("bo")
    for person in (bo, dan):
        person.goes_to("lounge")
    with bo.page.expect_response(re.compile("/lounge/read$")):
        dan.says("Before you were away")
    bo.goes_to("team-it")
    for number in range(1, 31):
        dan.says(f"While you were away, number {number} of thirty")

    bo.goes_to("lounge")
    expect(bo.channel_feed.get_by_test_id("new-divider")).to_be_in_viewport()
    expect(bo.message("number 1 of thirty")).to_be_in_viewport()
    expect(bo.message("number 30 of thirty")).not_to_be_in_viewport()
    pill = bo.page.locator("#channel").get_by_test_id("jump")
    expect(pill).to_contain_text(on_page("jump.new", count=30))
    pill.click()
    expect(bo.message("number 30 of thirty")).to_be_in_viewport()
    expect(pill).to_be_hidden()
    bo.message("number 1 of thirty").scroll_into_view_if_needed()
    expect(pill).to_contain_text(on_page("jump.newest"))


def test_a_private_answer_stays_where_it_was_given(enter: Enter) -> None:
    ana = enter("ana")
    ana.goes_to("lounge")
    ana.says("Said before the answer")
    ana.composer.fill("/ticket list")
    ana.composer.press("Enter")
    expect(ana.private_reply).to_be_visible()
    said = ana.says("Said after the answer")
    expect(ana.private_reply).to_be_visible()
    assert order(ana) == ["Said before the answer", "private", "Said after the answer"]

    ana.goes_to("help-it")
    ana.goes_to("lounge")
    expect(said).to_be_visible()
    assert order(ana) == ["Said before the answer", "private", "Said after the answer"]
    ana.uses(ana.message("Said before the answer"), "delete")
    ana.page.get_by_test_id("confirm-yes").click()
    expect(ana.message("Said before the answer")).to_have_count(0)
    assert order(ana) == ["private", "Said after the answer"]


def test_a_channel_opens_although_its_badge_changes_under_the_press(enter: Enter) -> None:
    bo, dan = enter("bo"), enter("dan")
    dan.goes_to("lounge")
    link = bo.channel_link("lounge")
    link.hover()
    bo.page.mouse.down()
    dan.says("Said while the button is down")
    expect(link.get_by_test_id("unread")).to_be_visible()
    bo.page.mouse.up()
    expect(bo.page.get_by_test_id("channel-title")).to_contain_text("lounge")


def test_what_arrives_during_a_press_is_shown_after_its_click(enter: Enter) -> None:
    ana = enter("ana")
    expect(ana.channel_link("lounge")).to_be_visible()
    assert ana.page.evaluate(ORDER_OF_AN_ARRIVAL) == ["click", "arrival", "next arrival"]


def test_whoever_switches_person_goes_on_as_that_person(enter: Enter) -> None:
    """The channels that both may see are listed anew: they are opened for the person who is here now."""
    ana = enter("ana")
    ana.goes_to("lounge")
    ana.becomes("cleo")
    ana.goes_to("lounge")
    expect(ana.says("Cleo is here now")).to_have_attribute("data-author", re.compile("cleo$"))


def reads_what_was_found(ana: Person) -> None:
    """For her request of earlier, which comes once the desk has read its articles: then it is no news any more."""
    ana.goes_to("help-it")
    ana.opens_thread_of(ana.message(PRINTER))
    expect(ana.thread.get_by_text(ARTICLE).first).to_be_visible()
    expect(ana.channel_link("help-it").get_by_test_id("unread")).to_have_count(0)


def answer(bo: Person, asked: str, text: str) -> None:
    bo.goes_to("help-it")
    bo.opens_thread_of(bo.message(asked))
    bo.replies(text)


def order(person: Person) -> list[str]:
    """What was said about the answer, and the private one, from top to bottom."""
    rows = person.channel_feed.locator("[data-testid=message], [data-testid=private-reply]").all_inner_texts()
    found = []
    for row in rows:
        words = re.search(r"Said (before|after) the answer", row)
        if words is not None or on_page("private.only_you") in row:
            found.append(words[0] if words else "private")
    return found
