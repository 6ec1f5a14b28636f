"""A lead asks for the report at the page: a table that fits a phone, and charts in direct messages."""

import pytest
from playwright.sync_api import expect

from tests.browser.camera import NARROW, Camera
from tests.browser.conftest import Enter
from tests.said import said

pytestmark = pytest.mark.browser


def test_a_lead_reads_the_report_and_gets_its_charts(enter: Enter, camera: Camera) -> None:
    lee = enter("lee")
    lee.goes_to("help-it")
    lee.composer.fill("/desk report sla")
    lee.composer.press("Enter")
    table = lee.private_reply.locator("pre")
    expect(table).to_contain_text("met miss")
    expect(lee.private_reply).to_contain_text(said("reports.read_weeks"))
    camera.take("report", lee.page)
    lee.page.set_viewport_size(NARROW)
    assert table.evaluate("element => element.scrollWidth <= element.clientWidth")

    lee.page.set_viewport_size({"width": 1400, "height": 900})
    lee.private_reply.get_by_role("button", name=said("answers.button_charts")).click()
    expect(lee.page.get_by_text(said("answers.report_charts"))).to_be_visible()
    lee.channel_link("@lee").click()
    pictures = lee.channel_feed.locator("img[alt*='sla-']")
    expect(pictures).to_have_count(3)
    for picture in pictures.all():
        expect(picture).to_have_js_property("naturalWidth", 1440)
    camera.take("report-charts", lee.page)
