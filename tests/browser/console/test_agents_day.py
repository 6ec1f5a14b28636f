"""An agent's day at the console: by mouse, by keyboard alone, and on a phone that runs no script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.camera import NARROW, WIDE, Camera
from tests.browser.sessions.test_sign_in import RunningDesk, acme, running
from tests.said import said

pytestmark = pytest.mark.browser

__all__ = ["acme", "running"]
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
PAUSE_MS = 800
"""After a dialog that a key sent off, single keys rest until nobody has typed for a moment."""
SUBJECTS = ("My dock is dead", "The beamer in room 4 is dark", "I cannot print", "No sound in calls")


@pytest.fixture(scope="module")
def requests(browser: Browser, running: RunningDesk) -> None:
    """Ana asked for all of these, the first one first."""
    with browser.new_context(locale="en-GB") as window:
        page = window.new_page()
        page.goto(running.link("ana"))
        page.get_by_role("button", name=said("sign_in.page_button")).click()
        for subject in SUBJECTS:
            asks(page, subject)


def asks(page: Page, subject: str) -> None:
    page.get_by_role("combobox").first.fill(subject)
    page.keyboard.press("Enter")
    expect(page.get_by_text(subject).first).to_be_visible()


@pytest.fixture
def page(browser: Browser, running: RunningDesk, requests: None) -> Iterator[Page]:
    """Bo's, at the console; what it asks of other hosts or complains of fails the test."""
    del requests
    with browser.new_context(locale="en-GB", viewport=WIDE) as window:
        page = window.new_page()
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda each: asked.append(each.url))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(running.link("bo"))
        page.get_by_role("button", name=said("sign_in.page_button")).click()
        page.get_by_test_id("console").click()
        expect(page.locator("#rows tr")).to_have_count(len(SUBJECTS))
        expect(page.locator("html.scripted")).to_have_count(1)
        yield page
        assert [each for each in asked if not each.startswith((running.url, "data:"))] == []
        assert [each for each in complaints if not any(code in each for code in ("401", "422"))] == []


def row(page: Page, subject: str) -> str:
    """The reference of the ticket of this subject."""
    found = page.locator("#rows tr").filter(has_text=subject).get_attribute("data-reference")
    assert found is not None
    return found


def test_by_mouse(page: Page, running: RunningDesk, browser: Browser, camera: Camera) -> None:
    camera.take("console-tickets", page)
    assert page.evaluate(FITS)
    page.set_viewport_size(NARROW)
    assert page.evaluate(FITS)
    page.set_viewport_size(WIDE)
    reference = row(page, SUBJECTS[0])
    page.get_by_role("link", name=SUBJECTS[0]).click()
    panel = page.locator("#panel")
    expect(panel.get_by_role("heading", level=1)).to_contain_text(SUBJECTS[0])
    camera.take("console-panel", page)
    page.set_viewport_size(WIDE)
    panel.get_by_role("button", name=said("team.button_claim")).click()
    expect(panel.locator(".heading")).to_contain_text("Bo")
    expect(page.locator(f"#row-{reference} [data-column=assignee]")).to_contain_text("Bo")

    reply = panel.locator("form.reply")
    reply.get_by_role("textbox").fill("Which dock is it?")
    reply.get_by_role("button", name=said("console.reply_send")).click()
    expect(panel.locator(".line.team")).to_contain_text("Which dock is it?")
    expect(panel.locator(".clock-bar .mark-met").first).to_be_attached()
    note = panel.locator("form.note")
    note.get_by_role("textbox").fill("The third this week")
    note.get_by_role("button", name=said("console.note_send")).click()
    expect(panel.locator(".line.note")).to_contain_text("The third this week")
    expect(panel.locator(".line.note .label")).to_contain_text(said("transcripts.label_note"))

    page.goto(f"{running.url}/console/tickets/{reference}")
    page.locator("summary").filter(has_text=said("console.clocks")).click()
    expect(page.locator(".more[open] .more-body")).not_to_be_empty()
    camera.take("console-ticket", page)
    page.set_viewport_size(WIDE)
    assert page.evaluate(FITS)
    page.get_by_role("link", name=said("team.button_resolve")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    camera.take("console-resolve", page)
    page.set_viewport_size(WIDE)
    dialog.get_by_role("textbox").first.fill("A new dock")
    dialog.locator("button.main").click()
    expect(page.locator(".heading .state")).to_have_text("resolved", ignore_case=True)

    page.locator("form.note textarea").fill("Begun and not sent")
    page.goto(f"{running.url}/console/tickets")
    page.goto(f"{running.url}/console/tickets/{reference}")
    expect(page.locator("form.note textarea")).to_have_value("Begun and not sent")
    page.locator("form.note textarea").fill("")
    finds_what_is_new(page, running, browser, camera)


def finds_what_is_new(page: Page, running: RunningDesk, browser: Browser, camera: Camera) -> None:
    """It is announced while Bo looks at the table; then several change at once."""
    page.goto(f"{running.url}/console/tickets")
    with browser.new_context(locale="en-GB") as window:
        other = window.new_page()
        other.goto(running.link("ana"))
        other.get_by_role("button", name=said("sign_in.page_button")).click()
        asks(other, "One more thing is broken")
        expect(page.locator("#fresh")).to_have_text(said("console.fresh", count=1))
        expect(page.locator("#range")).to_have_text(said("console.found", total=len(SUBJECTS)))
        expect(page.locator(".tabs [aria-current] .count")).to_have_text(str(len(SUBJECTS)))
    page.locator("#fresh").click()
    expect(page.get_by_role("link", name="One more thing is broken")).to_be_visible()

    for box in page.locator("input[name=pick]").all()[:2]:
        box.check()
    expect(page.locator("#picked")).to_have_text("2")
    page.get_by_role("button", name=said("console.bulk_picked")).click()
    expect(page.get_by_role("dialog")).to_contain_text(said("bulk.do_tag"))
    camera.take("console-bulk", page)
    page.set_viewport_size(WIDE)


def test_what_was_sent_anyway_is_in_the_box_no_more(
    page: Page, running: RunningDesk, browser: Browser
) -> None:
    reference = row(page, SUBJECTS[2])
    page.goto(f"{running.url}/console/tickets/{reference}")
    box = page.locator("#reply-text")
    with browser.new_context(locale="en-GB") as window:
        other = window.new_page()
        other.goto(running.link("lee"))
        other.get_by_role("button", name=said("sign_in.page_button")).click()
        other.goto(f"{running.url}/console/tickets/{reference}")
        other.locator("#reply-text").press_sequentially("Is it out of paper?")
        expect(page.locator("#writers")).to_contain_text("Lee")
        box.press_sequentially("Which printer is it?")
        line = page.locator("form.reply .meanwhile")
        expect(line).to_contain_text("Lee")
        other.keyboard.press("Control+Enter")
        expect(page.locator(".line.team")).to_contain_text("Is it out of paper?")
        expect(line).to_be_hidden()
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("button.main")).to_have_text(said("answers.send_anyway"))
    dialog.locator("button.main").click()
    expect(page.locator(".line.team").last).to_contain_text("Which printer is it?")
    expect(box).to_have_value("")
    page.reload()
    expect(box).to_have_value("")


def test_by_keyboard_alone(page: Page, camera: Camera) -> None:
    keys = page.keyboard
    keys.press("?")
    expect(page.get_by_role("dialog")).to_contain_text(said("console.key_claim"))
    camera.take("console-keys", page)
    page.set_viewport_size(WIDE)
    keys.press("Escape")
    keys.press("j")
    expect(page.locator("tr.is-focus")).to_have_count(1)
    first = page.locator("tr.is-focus").get_attribute("data-reference")
    keys.press("j")
    expect(page.locator("tr.is-focus")).not_to_have_attribute("data-reference", first or "")
    reference = page.locator("tr.is-focus").get_attribute("data-reference")
    keys.press("c")
    expect(page.locator(f"#row-{reference} [data-column=assignee]")).to_contain_text("Bo")
    keys.press("r")
    expect(page.locator("#reply-text")).to_be_focused()
    keys.type("On my way")
    keys.press("Control+Enter")
    expect(page.locator(".line.team")).to_contain_text("On my way")
    keys.press("Escape")
    expect(page.locator("#reply-text")).not_to_be_focused()
    keys.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()

    keys.press("Control+k")
    expect(page.locator("#verb")).to_be_focused()
    keys.type("priority")
    camera.take("console-palette", page)
    page.set_viewport_size(WIDE)
    keys.press("Enter")
    select = page.get_by_role("dialog").locator("select")
    expect(select).to_be_focused()
    select.select_option("urgent")
    keys.press("Enter")
    page.get_by_role("dialog").locator("button.main").focus()
    keys.press("Enter")
    expect(page.locator(f"#row-{reference} [data-column=priority]")).to_have_text("urgent")

    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_timeout(PAUSE_MS)
    keys.press("x")
    expect(page.locator("input[name=pick]:checked")).to_have_count(1)
    keys.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.locator("#q").fill("assigned:me")
    keys.press("Enter")
    expect(page.locator("#rows tr")).not_to_have_count(0)
    expect(page.locator("#rows [data-column=assignee]").first).to_contain_text("Bo")


def test_on_a_phone_without_scripts(
    browser: Browser, running: RunningDesk, requests: None, camera: Camera
) -> None:
    del requests
    with browser.new_context(
        locale="en-GB", viewport=NARROW, has_touch=True, java_script_enabled=False
    ) as window:
        page = window.new_page()
        page.goto(running.link("bo"))
        page.get_by_role("button", name=said("sign_in.page_button")).click()
        page.goto(f"{running.url}/console/tickets?q=sound")
        changed = page.locator("#rows [data-column=updated]").first
        assert changed.evaluate("it => getComputedStyle(it, '::before').content") != "none"
        page.get_by_role("link", name=SUBJECTS[3]).click()
        page.locator("summary").filter(has_text=said("console.more_verbs")).click()
        camera.take("console-without-scripts", page)
        page.set_viewport_size(NARROW)
        assert page.evaluate(FITS)
        page.locator(".menu-body").get_by_role("link", name=said("team.button_priority_form")).click()
        page.get_by_role("combobox").select_option("high")
        page.locator("button.main").click()
        expect(page.locator("#said")).not_to_be_empty()
        expect(page.locator(".priority-high")).to_have_text("high")
        page.locator("form.note textarea").fill("Headset, probably")
        page.get_by_role("button", name=said("console.note_send")).click()
        expect(page.locator(".line.note")).to_contain_text("Headset, probably")
        page.locator("form.reply textarea").fill(" ")
        page.get_by_role("button", name=said("console.reply_send")).click()
        expect(page.get_by_role("alert")).to_contain_text(said("portal.refused_title"))


def test_signed_out_while_writing_loses_nothing(page: Page, running: RunningDesk) -> None:
    page.goto(f"{running.url}/console/tickets?q=sound")
    page.locator("#rows tr").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill("Turn it up, please")
    page.context.clear_cookies()
    dialog.locator("button.main").click()
    expect(dialog.get_by_role("alert")).to_have_text(said("sign_in.signed_out"))
    expect(dialog.get_by_role("textbox").first).to_have_value("Turn it up, please")


def test_typing_on_when_a_question_opens_presses_nothing(
    page: Page, running: RunningDesk, browser: Browser
) -> None:
    """What Bo means as a note neither takes the ticket over nor becomes a reply."""
    reference = row(page, SUBJECTS[1])
    with browser.new_context(locale="en-GB") as window:
        other = window.new_page()
        other.goto(running.link("lee"))
        other.get_by_role("button", name=said("sign_in.page_button")).click()
        other.goto(f"{running.url}/console/tickets/{reference}")
        claim = other.get_by_role("button", name=said("team.button_claim"))
        claim.click()
        expect(other.locator(".heading")).to_contain_text("Lee")
    page.goto(f"{running.url}/console/tickets")
    page.locator(f"#row-{reference} .number a").focus()
    keys = page.keyboard
    keys.press("c")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading").first).to_be_focused()
    keys.type("nchecked cable. next: order toner")
    keys.press("Control+Enter")
    keys.press("Enter")
    expect(dialog).to_be_visible()

    dialog.locator("form button").first.focus()
    keys.press(" ")
    expect(dialog).to_have_count(0)
    keys.type("xrnceorder toner", delay=20)
    keys.press("Control+Enter")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("input[name=pick]:checked")).to_have_count(0)
    page.goto(f"{running.url}/console/tickets/{reference}")
    expect(page.locator(".heading")).to_contain_text("Bo")
    expect(page.locator(".line:is(.team, .note)")).to_have_count(0)


def test_keys_act_on_the_ticket_that_stands_beside_the_list(page: Page) -> None:
    keys, panel = page.keyboard, page.locator("#panel")
    page.locator("#rows tr").first.get_by_role("link").first.click()
    expect(panel.get_by_role("heading", level=1)).to_be_focused()
    keys.press("j")
    second = page.locator("#rows tr").nth(1)
    reference = second.get_attribute("data-reference") or ""
    expect(panel.locator("h1 .number")).to_have_text(reference)
    expect(page.locator("tr.is-focus")).to_have_attribute("data-reference", reference)
    keys.press("x")
    expect(second.locator("input[name=pick]")).to_be_checked()
    page.locator("#rows tr").nth(2).locator("input[name=pick]").check()
    expect(page.locator("tr.is-focus")).to_have_attribute("data-reference", reference)
    keys.press("e")
    expect(page.get_by_role("dialog")).to_contain_text(reference)
    keys.press("Escape")

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/console/tickets/*?back=*", hold)
    page.wait_for_timeout(PAUSE_MS)
    keys.press("k")
    expect(panel).to_have_attribute("aria-busy", "true")
    keys.press("e")
    expect(page.get_by_role("dialog")).to_have_count(0)
    for each in held:
        each.continue_()
    page.unroute("**/console/tickets/*?back=*")
    first = page.locator("#rows tr").first.get_attribute("data-reference") or ""
    expect(page.get_by_role("dialog")).to_contain_text(first)
    expect(panel.locator("h1 .number")).to_have_text(first)


def test_back_leads_from_a_ticket_beside_the_list_to_the_list(page: Page, running: RunningDesk) -> None:
    page.goto(f"{running.url}/account")
    page.goto(f"{running.url}/console/tickets")
    panel = page.locator("#panel")
    reference = row(page, SUBJECTS[1])
    for subject in (SUBJECTS[3], SUBJECTS[1]):
        page.get_by_role("link", name=subject).click()
        expect(panel.get_by_role("heading", level=1)).to_contain_text(subject)
    expect(page).to_have_url(re.compile(f"#{reference}$"))
    page.reload()
    expect(panel.get_by_role("heading", level=1)).to_contain_text(SUBJECTS[1])
    page.go_back()
    expect(panel).to_be_hidden()
    expect(page.locator("#rows tr")).not_to_have_count(0)
    page.go_forward()
    expect(panel.get_by_role("heading", level=1)).to_contain_text(SUBJECTS[1])
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page).to_have_url(f"{running.url}/console/tickets")
    page.go_back()
    expect(page).to_have_url(f"{running.url}/account")
