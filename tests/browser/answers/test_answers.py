"""Answering at the page: a form with a file, and what was sent is edited and taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.page_words import on_page
from tests.said import said

pytestmark = pytest.mark.browser


def test_the_reply_form_takes_a_file_and_what_was_sent_is_edited_and_recalled(
    enter: Enter, tmp_path: Path
) -> None:
    ana, bo = enter("ana"), enter("bo")
    reference = ana.asks("help-it", "The scanner on floor 3 eats paper")
    bo.goes_to("team-it")
    guide = tmp_path / "guide.txt"
    guide.write_text("first, restart", encoding="utf-8")

    bo.presses(bo.card(reference), said("team.button_reply"))
    form = bo.page.get_by_test_id("form-dialog")
    form.get_by_test_id("file-input").set_input_files([guide])
    bo.fills_in(text="Use tray three")
    expect(ana.reply("Use tray three")).to_contain_text("guide.txt")

    bo.chooses(bo.card(reference), said("team.button_edit_form"))
    field = bo.field_of_form("text")
    expect(field).to_have_value("Use tray three")
    bo.fills_in(text="Use tray two")
    expect(ana.reply("Use tray two")).to_contain_text("guide.txt")
    expect(ana.reply("Use tray three")).to_have_count(0)

    bo.composer.fill(f"/desk recall {reference}")
    bo.composer.press("Enter")
    expect(ana.reply("Use tray two")).to_have_count(0)
    expect(ana.thread).not_to_contain_text("guide.txt")


def test_a_file_that_is_too_large_is_named_and_the_words_go(enter: Enter, tmp_path: Path) -> None:
    ana, bo = enter("ana"), enter("bo")
    reference = ana.asks("help-it", "The printer on floor 3 eats paper")
    bo.goes_to("team-it")
    large = tmp_path / "large.log"
    with large.open("wb") as file:
        file.truncate(60 * 1024 * 1024)

    bo.presses(bo.card(reference), said("team.button_reply"))
    form = bo.page.get_by_test_id("form-dialog")
    form.get_by_test_id("file-input").set_input_files([large])
    too_large = on_page("files.too_large", size="|", limit="|").partition("|")[0]
    expect(form.locator("[data-testid=attachment][data-state=failed]")).to_contain_text(too_large)
    bo.fills_in(text="See the log")
    expect(ana.reply("See the log")).to_be_visible()


def test_words_with_a_resolution_are_edited_below_the_answer_and_taken_back(enter: Enter) -> None:
    ana, bo = enter("ana"), enter("bo")
    reference = ana.asks("help-it", "The scanner on floor 4 eats paper")
    bo.goes_to("team-it")
    bo.presses(bo.card(reference), said("team.button_resolve"))
    bo.fills_in(resolution="I cleaned the rollex")
    expect(ana.reply("I cleaned the rollex")).to_have_count(1)

    bo.presses(bo.private_reply.last, said("answers.button_edit"))
    expect(bo.field_of_form("text")).to_have_value("I cleaned the rollex")
    bo.fills_in(text="I cleaned the roller")
    bo.opens_thread_of(bo.message_with_card(reference))
    for who in (ana, bo):
        expect(who.reply("I cleaned the roller")).to_have_count(1)
        expect(who.reply("rollex")).to_have_count(0)

    bo.composer.fill(f"/desk recall {reference}")
    bo.composer.press("Enter")
    for who in (ana, bo):
        expect(who.reply("I cleaned")).to_have_count(0)
    resolved = said("requester.resolved", name="Bo Berg", reference=reference)
    expect(ana.reply(resolved)).to_be_visible()
