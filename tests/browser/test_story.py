"""The whole story as people live it at the page: asked, claimed, answered, nearly forgotten, solved, reopened."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.camera import Camera
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.page_words import on_page
from tests.said import said

pytestmark = pytest.mark.browser

QUESTION = "The VPN drops every ten minutes since this morning. Can somebody look?"
NOTE = "Gateway 3 is flapping again; I have told the carrier."
ANSWER = "Hello Ana, please connect through gateway 2 until noon."
SOLUTION = "The carrier replaced the line of gateway 3."
NOT_YET = "It is still dropping, on the train as well."


def test_a_request_is_asked_claimed_answered_warned_about_resolved_and_reopened(
    enter: Enter, camera: Camera
) -> None:
    ana, cleo = enter("ana"), enter("cleo")

    dismiss_the_hint(cleo)
    reference = ask(ana)
    claim_by_slash_command(cleo, reference, camera)
    talk_inside_and_outside(cleo, ana, reference, camera)
    let_promises_break(cleo, reference, camera)
    resolve_by_the_form(cleo, ana, reference, camera)
    reopen_by_replying(ana, cleo, reference, camera)

    assert nowhere_on_the_page(ana, NOTE)


def dismiss_the_hint(cleo: Person) -> None:
    hint = cleo.page.get_by_test_id("welcome")
    expect(hint).to_contain_text(on_page("welcome.answer.do", claim=on_page("welcome.answer.claim")))
    hint.get_by_test_id("welcome-dismiss").click()
    cleo.goes_to("help-it")
    expect(hint).to_have_count(0)


def ask(ana: Person) -> str:
    reference = ana.asks("help-it", QUESTION)
    expect(ana.acknowledgement).to_contain_text(
        said("requester.received", reference=reference, team="Network")
    )
    return reference


def claim_by_slash_command(cleo: Person, reference: str, camera: Camera) -> None:
    cleo.goes_to("team-it")
    expect(cleo.card("IT-3")).to_be_visible()
    expect(cleo.card(reference)).to_have_count(0)
    cleo.goes_to("team-network")
    card = cleo.card(reference)
    expect(card.get_by_test_id("status")).to_contain_text("new")
    expect(card.get_by_test_id("assignee")).to_have_text(on_page("card.unassigned"))

    cleo.composer.press_sequentially("/de")
    expect(cleo.page.get_by_test_id("completion-option").first).to_have_attribute("data-value", "/desk")
    camera.take("completion-of-a-group", cleo.page)
    cleo.composer.press("Tab")
    camera.take("completion-of-a-verb", cleo.page)
    cleo.composer.press_sequentially("cl")
    expect(cleo.page.get_by_test_id("completion-option").first).to_have_attribute("data-value", "/desk claim")
    cleo.composer.press("Tab")
    expect(cleo.page.get_by_test_id("usage")).to_contain_text(said("commands.desk_claim_summary"))
    cleo.composer.press_sequentially(reference)
    cleo.composer.press("Enter")

    expect(cleo.private_reply).to_contain_text(said("answers.claimed", reference=reference))
    expect(cleo.page.get_by_test_id("usage")).to_be_hidden()
    expect(card.get_by_test_id("status")).to_contain_text("open")
    expect(card.get_by_test_id("assignee")).to_have_text("Cleo Chen")
    camera.take("claimed", cleo.page)


def talk_inside_and_outside(cleo: Person, ana: Person, reference: str, camera: Camera) -> None:
    """The note is written before the answer: when the answer has arrived, a note would have too."""
    card = cleo.card(reference)
    cleo.presses(card, "Note")
    cleo.fills_in(text=NOTE)
    cleo.opens_thread_of(cleo.message_with_card(reference))
    expect(cleo.reply(NOTE)).to_contain_text(said("team.label_note"))

    cleo.presses(card, "Reply")
    cleo.field_of_form("text").fill(ANSWER)
    camera.take("form", cleo.page)
    cleo.fills_in(text=ANSWER)

    expect(ana.reply(ANSWER)).to_contain_text("Cleo Chen")
    expect(cleo.reply(ANSWER)).to_be_visible()
    assert nowhere_on_the_page(ana, NOTE)
    camera.take("requester", ana.page)
    camera.take("team", cleo.page)
    camera.take_for_papers("desk", cleo.page)


def let_promises_break(cleo: Person, reference: str, camera: Camera) -> None:
    """Resolution is promised within six hours: at five it is close, at six it is broken."""
    cleo.goes_to("escalations-network")
    expect(cleo.notices("good")).to_have_text(said("team.board_calm"))
    camera.take("escalations-quiet", cleo.page)

    cleo.forwards_the_clock("4h", "1h")
    for title in (said("team.at_risk_title"), "1 at risk"):
        told = re.compile(rf"{title}.*{reference}.*Cleo Chen", re.DOTALL)
        expect(cleo.notices("warning").filter(has_text=told)).to_have_count(1)
    cleo.forwards_the_clock("1h", "15m")
    for title in ("Breached", "1 breached"):
        told = re.compile(rf"{title}.*{reference}.*Cleo Chen", re.DOTALL)
        expect(cleo.notices("alarm").filter(has_text=told)).to_have_count(1)
    expect(cleo.notices("warning")).to_have_count(0)  # the alert before it is gone
    camera.take("escalations", cleo.page)

    cleo.goes_to("team-network")
    overdue = cleo.card(reference).locator("[data-testid=due][data-stage=alarm]")
    expect(overdue).to_contain_text("Resolution")
    camera.take("team-overdue", cleo.page)


def resolve_by_the_form(cleo: Person, ana: Person, reference: str, camera: Camera) -> None:
    card = cleo.card(reference)
    cleo.presses(card, "Resolve")
    cleo.fills_in(resolution=SOLUTION)
    expect(card.get_by_test_id("status")).to_contain_text("resolved")
    expect(ana.reply(SOLUTION)).to_contain_text(f"Cleo Chen resolved {reference}")
    camera.take("requester-resolved", ana.page)


def reopen_by_replying(ana: Person, cleo: Person, reference: str, camera: Camera) -> None:
    ana.replies(NOT_YET)
    expect(cleo.card(reference).get_by_test_id("status")).to_contain_text("open")
    cleo.opens_thread_of(cleo.message_with_card(reference))
    expect(cleo.reply(NOT_YET)).to_contain_text("Ana Alves")
    expect(cleo.reply(f"reopened {reference}")).to_be_visible()
    expect(ana.reply(said("requester.reopened", reference=reference))).to_be_visible()
    camera.take("team-reopened", cleo.page)


def nowhere_on_the_page(person: Person, text: str) -> bool:
    """Not in the open thread, nor in any channel, nor in what the page has kept out of sight."""
    seen = person.page.content()
    here = person.page.url
    for link in person.page.get_by_test_id("channel-link").all():
        link.click()
        expect(person.channel_feed).to_have_attribute("aria-busy", "false")
        seen += person.page.content()
    person.page.goto(here)
    expect(person.thread).to_be_visible()
    return text not in seen
