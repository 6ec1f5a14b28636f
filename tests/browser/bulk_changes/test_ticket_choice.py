"""Choosing among the tickets of a change: boxes to tick, with the mouse, by keyboard and with a thumb."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.camera import Camera
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.browser.test_phone import fits_the_screen
from tests.page_words import ENGLISH
from tests.said import said

pytestmark = pytest.mark.browser

PROBLEMS = (
    "The left screen flickers",
    "The right screen stays black",
    "The dock hums",
)


@pytest.fixture
def references(enter: Enter, request: pytest.FixtureRequest) -> list[str]:
    """Each test has tickets of its own, at one desk."""
    ana = enter("ana")
    return [ana.asks("help-it", f"{problem} ({request.node.name})") for problem in PROBLEMS]


def opens_the_boxes(bo: Person, references: list[str]) -> Locator:
    bo.goes_to("team-it")
    bo.composer.fill(f"/desk bulk {' '.join(references)}")
    bo.composer.press("Enter")
    bo.presses(bo.private_reply, said("bulk.button_choose"))
    boxes = bo.field_of_form("tickets")
    expect(boxes).to_be_visible()
    return boxes


def ticked(boxes: Locator) -> list[bool]:
    found = boxes.get_by_role("checkbox")
    return [found.nth(each).is_checked() for each in range(found.count())]


def count_said(boxes: Locator, chosen: int, total: int) -> None:
    wanted = str(ENGLISH["form.ticked"]).format(chosen=chosen, total=total)
    expect(boxes.get_by_role("status")).to_have_text(wanted)


def sends(person: Person) -> None:
    person.page.get_by_test_id("form-submit").click()
    expect(person.page.get_by_test_id("form-dialog")).to_be_hidden()


def test_an_agent_ticks_the_tickets_to_change(enter: Enter, references: list[str], camera: Camera) -> None:
    bo = enter("bo")
    boxes = opens_the_boxes(bo, references)
    assert ticked(boxes) == [True, True, True]
    expect(boxes.locator("li").filter(has_text=references[0])).to_contain_text("The left screen flickers")
    count_said(boxes, 3, 3)
    camera.take("tick-boxes", bo.page)
    boxes.get_by_test_id("form.none").click()
    count_said(boxes, 0, 3)
    boxes.get_by_text("The dock hums").click()
    count_said(boxes, 1, 3)
    sends(bo)
    expect(bo.private_reply.last).to_contain_text(said("bulk.selected", count=1))


def test_all_and_none_are_a_press_away_and_a_draft_is_kept(enter: Enter, references: list[str]) -> None:
    bo = enter("bo")
    boxes = opens_the_boxes(bo, references)
    boxes.get_by_test_id("form.none").click()
    boxes.get_by_test_id("form.all").click()
    assert ticked(boxes) == [True, True, True]
    boxes.get_by_test_id("form.none").click()
    sends(bo)
    expect(bo.private_reply.last).to_contain_text(said("bulk.choose_some"))


def test_the_boxes_are_ticked_by_keyboard(enter: Enter, references: list[str]) -> None:
    bo = enter("bo")
    boxes = opens_the_boxes(bo, references)
    keys = bo.page.keyboard
    expect(boxes.get_by_role("checkbox").first).to_be_focused()
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("Space")
    assert ticked(boxes) == [False, False, True]
    keys.press("End")
    expect(boxes.get_by_role("checkbox").last).to_be_focused()
    keys.press("Tab")
    expect(boxes.get_by_role("checkbox").last).not_to_be_focused()
    keys.press("Shift+Tab")
    expect(boxes.get_by_role("checkbox").last).to_be_focused()
    keys.press("Control+Enter")
    expect(bo.private_reply.last).to_contain_text(said("bulk.selected", count=1))


def test_the_boxes_are_ticked_on_a_phone(enter: Enter, references: list[str]) -> None:
    bo = enter("bo", is_on_phone=True)
    bo.page.get_by_test_id("open-sidebar").tap()
    boxes = opens_the_boxes(bo, references)
    boxes.get_by_text("The right screen stays black").tap()
    assert ticked(boxes) == [True, False, True]
    line = boxes.locator("label").first.bounding_box()
    assert line is not None
    assert line["height"] >= 44
    assert fits_the_screen(bo)
