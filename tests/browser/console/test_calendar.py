"""Covers and absences of the calendar are moved and begun by mouse and by keys, and sent as the forms send them."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.camera import Camera
from tests.browser.conftest import Enter
from tests.browser.console.test_leads_day import fits, lee, section  # noqa: F401  the fixture
from tests.browser.demo_desk import DemoDesk
from tests.said import said

pytestmark = pytest.mark.browser

TEAM = "IT Service Desk"


def region(page: Page) -> Locator:
    return page.get_by_role("region", name=TEAM, exact=True)


def row(page: Page, name: str) -> Locator:
    return region(page).locator("tr[data-person]").filter(has_text=name)


def day_at(page: Page, name: str, number: int) -> tuple[float, float]:
    """The middle of a day of the calendar in somebody's row."""
    row(page, name).scroll_into_view_if_needed()
    head = region(page).locator(".calendar thead th").nth(number).bounding_box()
    line = row(page, name).bounding_box()
    assert head is not None
    assert line is not None
    return head["x"] + head["width"] / 2, line["y"] + line["height"] / 2


def drag(page: Page, begin: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*begin)
    page.mouse.down()
    page.mouse.move((begin[0] + end[0]) / 2, begin[1])
    page.mouse.move(*end)
    page.mouse.up()


def test_an_absence_is_begun_and_moved_by_mouse_and_by_keys(lee: Page, camera: Camera) -> None:  # noqa: F811
    section(lee, "team")
    moved = region(lee).locator("form.moved")
    drag(lee, day_at(lee, "Bo Berg", 6), day_at(lee, "Bo Berg", 8))
    expect(moved).to_be_visible()
    camera.take("console-calendar-drawn", lee)
    moved.get_by_role("button", name=said("overview.cancel_move")).click()
    expect(moved).to_be_hidden()
    expect(lee.locator(".ghost")).to_have_count(0)

    drag(lee, day_at(lee, "Bo Berg", 6), day_at(lee, "Bo Berg", 8))
    moved.get_by_role("button", name=said("overview.set_absence")).click()
    expect(lee.get_by_role("status").first).not_to_be_empty()
    handle = row(lee, "Bo Berg").locator(".handle[data-form=away]")
    expect(handle).to_have_count(1)
    since, until = handle.get_attribute("data-since"), handle.get_attribute("data-until")
    assert since is not None
    assert until is not None

    handle.focus()
    expect(handle).to_be_focused()
    handle.press("ArrowRight")
    expect(moved).to_be_visible()
    expect(lee.locator(".ghost.away")).to_have_count(1)
    handle.press("Escape")
    expect(moved).to_be_hidden()
    expect(handle).to_be_focused()
    handle.press("ArrowRight")
    handle.press("Shift+ArrowDown")
    camera.take("console-calendar-moved", lee)
    handle.press("Enter")
    expect(handle).not_to_have_attribute("data-since", since)
    expect(handle).to_have_count(1)
    later, end = handle.get_attribute("data-since"), handle.get_attribute("data-until")
    assert later is not None
    assert end is not None
    assert (later[11:], end[11:]) == (since[11:], "01:00")

    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wide = day_at(lee, "Bo Berg", 8)[0] - day_at(lee, "Bo Berg", 7)[0]
    drag(lee, middle, (middle[0] + 5 * wide, middle[1]))
    moved.get_by_role("button", name=said("overview.set_absence")).click()
    expect(handle).not_to_have_attribute("data-since", later)
    expect(handle).to_have_count(1)


def test_a_cover_is_begun_and_moved_by_keys_alone(lee: Page) -> None:  # noqa: F811
    section(lee, "team")
    moved = region(lee).locator("form.moved")
    begin = row(lee, "Bo Berg").get_by_role("button", name=said("overview.plan_for", name="Bo Berg"))
    begin.focus()
    expect(begin).to_be_focused()
    begin.press("Enter")
    expect(moved).to_be_visible()
    for _ in range(9):
        begin.press("ArrowRight")
    begin.press("Shift+ArrowRight")
    begin.press("Enter")
    cover = moved.get_by_role("button", name=said("overview.set_cover"))
    expect(cover).to_be_focused()
    until = moved.locator("[name=f-until]")
    earlier = until.input_value()
    cover.press("Shift+ArrowUp")
    expect(until).not_to_have_value(earlier)
    cover.press("Shift+ArrowDown")
    expect(until).to_have_value(earlier)
    cover.press("Enter")
    expect(lee.get_by_role("status").first).not_to_be_empty()
    handle = row(lee, "Bo Berg").locator(".handle[data-form=cover]").first
    expect(handle).to_be_visible()
    handle.focus()
    expect(handle).to_be_focused()
    handle.press("Shift+ArrowDown")
    handle.press("Enter")
    expect(handle).to_have_attribute("data-until", re.compile("T01:00$"))
    handles = row(lee, "Bo Berg").locator(".handle[data-form=cover]").all()
    assert len({each.get_attribute("data-instead") for each in handles}) == 1


def tap(page: Page, name: str, number: int) -> None:
    """A day of somebody's row, scrolled to as a finger does."""
    row(page, name).locator("th").scroll_into_view_if_needed()
    region(page).locator(".calendar thead th").nth(number).scroll_into_view_if_needed()
    page.touchscreen.tap(*day_in_sight(page, name, number))


def day_in_sight(page: Page, name: str, number: int) -> tuple[float, float]:
    head = region(page).locator(".calendar thead th").nth(number).bounding_box()
    line = row(page, name).bounding_box()
    assert head is not None
    assert line is not None
    return head["x"] + head["width"] / 2, line["y"] + line["height"] / 2


def swipe(page: Page, begin: tuple[float, float], *, by: int) -> None:
    """With one finger, sideways."""
    finger, (x, y) = page.context.new_cdp_session(page), begin
    places = [(x + by * step / 10, y) for step in range(11)]
    for at, (left, top) in enumerate(places):
        said_so = {"type": "touchMove" if at else "touchStart", "touchPoints": [{"x": left, "y": top}]}
        finger.send("Input.dispatchTouchEvent", said_so)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_an_absence_is_begun_by_touch_and_a_finger_that_scrolls_begins_none(
    enter: Enter, desk: DemoDesk, camera: Camera
) -> None:
    page = enter("lee", is_on_phone=True).comes_to_the_console(desk.url)
    page.goto(f"{desk.url}/console/team")
    moved = region(page).locator("form.moved")
    scrolled = region(page).locator(".scroll").filter(has=page.locator(".calendar"))

    row(page, "Cleo Chen").locator("th").scroll_into_view_if_needed()
    x, y = day_in_sight(page, "Cleo Chen", 2)
    swipe(page, (x + 120, y), by=-100)
    page.wait_for_function("each => each.scrollLeft > 0", arg=scrolled.element_handle())
    expect(moved).to_be_hidden()
    expect(page.locator(".ghost")).to_have_count(0)

    tap(page, "Cleo Chen", 9)
    expect(moved).to_be_visible()
    expect(moved.get_by_role("button", name=said("overview.set_absence"))).to_be_in_viewport()
    since, until = (moved.locator(f"[name=f-{each}]") for each in ("since", "until"))
    begun, ended = since.input_value(), until.input_value()
    tap(page, "Cleo Chen", 12)
    expect(until).not_to_have_value(ended)
    assert since.input_value() == begun
    fits(page)
    camera.take("console-calendar-touched", page)
    tap(page, "Cleo Chen", 10)
    expect(since).not_to_have_value(begun)
    tap(page, "Cleo Chen", 11)
    moved.get_by_role("button", name=said("overview.set_absence")).tap()
    expect(page.get_by_role("status").first).not_to_be_empty()
    expect(row(page, "Cleo Chen").locator(".handle[data-form=away]")).not_to_have_count(0)
