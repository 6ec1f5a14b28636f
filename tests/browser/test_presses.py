"""A click counts although something arrives between its press and its release."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter

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
