"""What an empty channel says is true there: where messages become tickets, and where they do not."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.page_words import on_page

pytestmark = pytest.mark.browser


def test_an_empty_channel_promises_only_what_happens_there(enter: Enter) -> None:
    lee = enter("lee")
    empty = lee.page.get_by_test_id("empty")
    lee.goes_to("lounge")
    expect(empty).to_contain_text("Mention the desk to make a ticket of it.")
    expect(empty).not_to_contain_text(on_page("empty.requests.what", channel="lounge"))
    lee.goes_to("team-people")
    expect(empty).to_contain_text(on_page("empty.cards.title"))
    topic = lee.page.locator(".pane__topic")
    expect(topic).to_have_text(on_page("purpose.team", team="People & HR"))


def test_the_page_says_that_time_runs_while_it_is_put_forward(enter: Enter) -> None:
    lee = enter("lee")
    why = lee.page.get_by_test_id("forward-why")
    expect(why).to_have_text(on_page("clock.why"))
    lee.page.evaluate(
        """() => {
            const why = document.querySelector("[data-testid=forward-why]");
            window.said = [];
            new MutationObserver(() => window.said.push(why.textContent)).observe(why, {childList: true});
        }"""
    )
    lee.forwards_the_clock("1h")
    expect(why).to_have_text(on_page("clock.why"))
    assert on_page("clock.forwarding") in lee.page.evaluate("window.said")
