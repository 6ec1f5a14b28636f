"""Who is let in, as a browser sees it: not without the link, not from another site, not in a frame."""

from typing import Any

import pytest
from playwright.sync_api import APIResponse, Browser, WebSocketRoute, expect

from tests.browser.conftest import Enter
from tests.browser.demo_desk import DemoDesk
from tests.page_words import on_page
from tests.said import said

pytestmark = pytest.mark.browser

ELSEWHERE = "http://elsewhere.example"


def test_without_the_link_there_is_only_a_sentence(browser: Browser, desk: DemoDesk) -> None:
    with browser.new_context() as window:
        page = window.new_page()
        answer = page.goto(desk.url)
        assert answer is not None
        assert answer.status == 403
        expect(page.locator("body")).to_have_text(said("platforms.link_needed", link=f"{desk.url}/?token=…"))
        told = said("platforms.link_needed", link=f"{desk.url}/?token=…").partition(":")[0]
        assert refused(window.request.get(f"{desk.url}/api/state"), told)
        assert refused(window.request.get(f"{desk.url}/static/main.js"), told)


def test_a_wrong_token_opens_nothing(browser: Browser, desk: DemoDesk) -> None:
    with browser.new_context() as window:
        assert refused(window.request.get(f"{desk.url}/?token=guessed"), said("platforms.link_expired"))


def test_another_sites_page_is_refused_although_the_browser_has_the_cookie(
    enter: Enter, desk: DemoDesk
) -> None:
    ana = enter("ana")
    ana.goes_to("lounge")
    asking = ana.page.context.request
    post: dict[str, Any] = {
        "text": "Sent from elsewhere",
        "thread": None,
        "files": [],
        "client_key": "elsewhere-1",
    }
    for origin in (ELSEWHERE, "null"):
        answer = asking.post(
            f"{desk.url}/api/channels/lounge/messages",
            data=post,
            headers={"Origin": origin, "X-Person": "ana"},
        )
        assert refused(answer, said("platforms.other_site"))
    ana.says("Nothing came from elsewhere")
    expect(ana.message("Sent from elsewhere")).to_have_count(0)


def test_an_open_page_whose_link_holds_no_more_says_how_to_go_on(browser: Browser, desk: DemoDesk) -> None:
    """As after the demo was started again, whose link is another one."""
    lines: list[WebSocketRoute] = []

    def join(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    with browser.new_context(locale="en-GB") as window:
        page = window.new_page()
        page.route_web_socket("**/api/live*", join)
        page.goto(f"{desk.link}#as=ana")
        expect(page.get_by_role("combobox").first).to_be_visible()
        window.clear_cookies()
        lines[-1].close()
        expect(page.get_by_text(on_page("connection.refused"))).to_be_visible()
        expect(page.get_by_text(on_page("connection.lost"))).to_have_count(0)


def test_the_page_cannot_be_put_into_a_frame(enter: Enter, desk: DemoDesk) -> None:
    ana = enter("ana")
    page = ana.page.context.new_page()
    framed = f"<iframe src='{desk.url}/'></iframe>"
    page.route(f"{ELSEWHERE}/**", lambda route: route.fulfill(body=framed, content_type="text/html"))
    page.goto(f"{ELSEWHERE}/")
    expect(page.frame_locator("iframe").get_by_test_id("composer")).to_have_count(0)
    headers = ana.page.context.request.get(f"{desk.url}/").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_page_whose_cookie_is_gone_says_what_to_do(enter: Enter) -> None:
    ana = enter("ana")
    ana.goes_to("help-it")
    ana.page.context.clear_cookies()
    ana.composer.fill("Is anybody there?")
    ana.composer.press("Enter")
    expect(ana.page.get_by_test_id("send-error").first).to_contain_text(
        said("platforms.link_needed", link=f"{ana.page.url.partition('#')[0]}?token=…").partition(":")[0]
    )
    expect(ana.composer).to_have_value("Is anybody there?")
    ana.forgive("403 (Forbidden)")


def refused(answer: APIResponse, sentence: str) -> bool:
    """By JSON for the page's calls, by a page for a person."""
    is_json = "json" in answer.headers["content-type"]
    return answer.status == 403 and sentence in (answer.json()["error"] if is_json else answer.text())
