"""A lead's morning at the console: the team, what is overdue, figures, the way to their tickets, and a file."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access.test_axe import SCHEMES, faults
from tests.browser.camera import NARROW, WIDE, Camera
from tests.browser.conftest import Enter
from tests.browser.demo_desk import DemoDesk
from tests.said import said

pytestmark = pytest.mark.browser

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
SUBJECT = "The beamer in room 4 is dark again"


@pytest.fixture
def lee(enter: Enter, desk: DemoDesk) -> Page:
    """Signed in, with something overdue."""
    person = enter("lee")
    person.forgive("422 (Unprocessable Entity)")
    person.forwards_the_clock("4h", "4h")
    return person.comes_to_the_console(desk.url)


def section(page: Page, name: str) -> None:
    page.get_by_role("link", name=said(f"console.section_{name}"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def fits(page: Page) -> None:
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert page.evaluate(FITS)


def test_from_the_team_to_what_is_overdue_and_from_figures_to_tickets(
    lee: Page, enter: Enter, camera: Camera, tmp_path: Path
) -> None:
    section(lee, "team")
    camera.take("console-team", lee)
    fits(lee)
    it = lee.get_by_role("region", name="IT Service Desk", exact=True)
    opened = it.get_by_role(
        "link", name=said("overview.of_number", what=said("overview.open"), name="IT Service Desk")
    )
    before = int(opened.inner_text())
    ana = enter("ana")
    ana.asks("help-it", SUBJECT)
    expect(opened).to_have_text(str(before + 1))

    it.get_by_role(
        "link", name=said("overview.of_number", what=said("overview.overdue"), name="IT Service Desk")
    ).click()
    expect(lee.locator("#rows tr").first).to_be_visible()
    expect(lee.locator("#q")).to_have_value(re.compile("sla:overdue"))

    section(lee, "figures")
    camera.take("console-figures", lee)
    fits(lee)
    lee.get_by_label(said("overview.report")).select_option("inboxes")
    lee.get_by_label(said("overview.period"), exact=True).fill("1 week")
    lee.get_by_role("button", name=said("overview.show")).click()
    expect(lee.locator("svg.chart")).to_be_visible()
    bar = lee.locator("svg.chart a").first
    bar.focus()
    expect(bar).to_be_focused()
    bar.press("Enter")
    expect(lee.locator("#q")).to_have_value(re.compile("inbox:"))
    expect(lee.locator("#rows")).to_contain_text(SUBJECT)
    lee.go_back()
    with lee.expect_download() as saved:
        lee.get_by_role("link", name=said("overview.export")).click()
    kept = tmp_path / saved.value.suggested_filename
    saved.value.save_as(kept)
    assert kept.read_text(encoding="utf-8").startswith("inbox,label,opened")
    lee.get_by_role("rowheader").get_by_role("link", name="help-it").first.click()
    expect(lee.locator("#rows")).to_contain_text(SUBJECT)

    for name in ("knowledge", "health"):
        section(lee, name)
        camera.take(f"console-{name}", lee)
        fits(lee)


def test_somebody_covers_by_the_form_of_the_team(lee: Page, camera: Camera) -> None:
    section(lee, "team")
    it = lee.get_by_role("region", name="IT Service Desk", exact=True)
    it.locator("summary").filter(has_text=said("overview.set_cover")).click()
    it.get_by_role("combobox", name=said("overview.person")).first.select_option(label="Bo Berg")
    ends = it.get_by_label(said("overview.until")).first
    ends.fill("2020-01-01T09:00")
    it.get_by_role("button", name=said("overview.set_cover")).click()
    expect(it.get_by_role("alert")).to_be_visible()
    expect(ends).to_have_value("2020-01-01T09:00")
    camera.take("console-team-refused", lee)
    lee.set_viewport_size(WIDE)
    ends.fill("2027-01-15T09:00")
    it.get_by_role("button", name=said("overview.set_cover")).click()
    expect(lee.get_by_role("status")).not_to_be_empty()
    expect(it.get_by_role("button", name=said("overview.end_cover"))).to_be_visible()


def test_the_overviews_keep_nobody_out(lee: Page, desk: DemoDesk) -> None:
    found: dict[str, list[str]] = {}
    for scheme in SCHEMES:
        lee.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for place in ("team", "figures", "figures?report=sla", "figures?report=hours", "knowledge", "health"):
            lee.goto(f"{desk.url}/console/{place}")
            for each in lee.locator("details:has(> summary)").all():
                each.evaluate("details => { details.open = true; }")
            found[f"{place}, {scheme}"] = faults(lee)
    assert {name: each for name, each in found.items() if each} == {}
