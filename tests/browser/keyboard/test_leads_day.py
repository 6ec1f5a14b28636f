"""Lee without a mouse: the team, what is overdue, figures to their tickets, cover, and several tickets and back."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.camera import Camera
from tests.browser.conftest import Enter
from tests.browser.keyboard.conftest import Signed
from tests.browser.keyboard.keys import Look, section
from tests.said import said

pytestmark = pytest.mark.browser
IT = "IT Service Desk"


def test_from_the_team_and_from_figures_to_tickets(
    signed: Signed, enter: Enter, look: Look, camera: Camera
) -> None:
    enter("lee").forwards_the_clock("4h")
    lee = signed("lee", "/desk web")
    page = lee.page
    lee.skips()
    lee.follows(section(page, "team"))
    lee.walks()
    it = page.get_by_role("region", name=IT, exact=True)
    overdue = said("overview.of_number", what=said("overview.overdue"), name=IT)
    lee.follows(it.get_by_role("link", name=overdue).first)
    expect(page.locator("#q")).to_have_value(re.compile("sla:overdue"))
    expect(page.locator("#rows tr").first).to_be_visible()
    lee.walks()
    lee.shows(camera, "overdue", look)

    lee.follows(section(page, "figures"))
    lee.walks()
    report = page.get_by_label(said("overview.report"))
    lee.reaches(report)
    lee.press("Home")
    for _ in report.locator("option").all():
        if report.input_value() != "inboxes":
            lee.press("ArrowDown")
    expect(report).to_have_value("inboxes")
    lee.reaches(page.get_by_label(said("overview.period")))
    lee.press("Control+a")
    lee.types("1 week")
    lee.follows(page.get_by_role("button", name=said("overview.show")))
    lee.follows(page.get_by_role("rowheader").get_by_role("link").first)
    expect(page.locator("#rows tr").first).to_be_visible()


def soon() -> str:
    """A day that is the same whichever of day and month comes first."""
    today = datetime.now(UTC).date()
    later = (date(year, each, each) for year in (today.year, today.year + 1) for each in range(1, 13))
    chosen = next(each for each in later if each > today + timedelta(days=2))
    return f"{chosen.day:02}{chosen.month:02}{chosen.year}"


def test_somebody_covers(signed: Signed, look: Look, camera: Camera) -> None:
    lee = signed("lee", "/desk web")
    page = lee.page
    lee.follows(section(page, "team"))
    it = page.get_by_role("region", name=IT, exact=True)
    lee.enters(it.locator("summary").filter(has_text=said("overview.set_cover")))
    lee.reaches(it.get_by_role("combobox", name=said("overview.person")).first)
    lee.types("Bo")
    lee.reaches(it.get_by_label(said("overview.until")).first)
    lee.types(soon())
    lee.press("Tab")
    lee.types("0900A")
    lee.shows(camera, "cover", look)
    lee.enters(it.get_by_role("button", name=said("overview.set_cover")))
    ends = it.get_by_role("button", name=said("overview.end_cover"))
    expect(ends).to_be_visible()
    lee.enters(ends)
    expect(ends).to_have_count(0)


def test_several_tickets_change_and_back(signed: Signed, look: Look, camera: Camera) -> None:
    lee = signed("lee", "/desk web")
    page = lee.page
    expect(page.locator("#rows tr").first).to_be_visible()
    lee.press("j", "x", "j", "x")
    expect(page.locator("input[name=pick]:checked")).to_have_count(2)
    lee.enters(page.get_by_role("button", name=said("console.bulk_picked")))
    dialog = page.get_by_role("dialog")
    lee.enters(dialog.get_by_text(said("bulk.do_tag")))
    field = dialog.get_by_role("textbox")
    lee.reaches(field)
    lee.types(f"keys-{look.name}")
    lee.enters(dialog.locator("button.main"))
    run = dialog.locator("[data-verb='desk bulk-run']")
    lee.shows(camera, "bulk", look)
    lee.enters(run)
    expect(dialog).to_have_count(0)
    told = page.locator("#said")
    lee.enters(told.locator("[data-verb='desk bulk-undo']"))
    expect(told).to_contain_text(said("bulk.undone", count=2))
