"""A reply that can still be taken back, at the page: its notice becomes true, and colleagues know of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from bot.demo import DESK_FILE
from tests.browser.camera import Camera
from tests.browser.conftest import Enter
from tests.browser.demo_desk import DemoDesk, demo_desk
from tests.said import said

pytestmark = pytest.mark.browser

TEAM = "    title: IT Service Desk\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browser: object) -> Iterator[DemoDesk]:
    folder = tmp_path_factory.mktemp("holding")
    written = DESK_FILE.read_text(encoding="utf-8")
    assert TEAM in written
    config = folder / "desk.yaml"
    config.write_text(written.replace(TEAM, f"{TEAM}    undo_send: 30 s\n"), encoding="utf-8")
    with demo_desk(folder, config=config) as desk:
        yield desk


def test_the_notice_says_sent_once_the_reply_has_left(enter: Enter, camera: Camera) -> None:
    ana, bo = enter("ana"), enter("bo")
    reference = ana.asks("help-it", "The left speaker crackles")
    bo.goes_to("team-it")
    bo.presses(bo.card(reference), "Reply")
    bo.fills_in(text="Which room is it in?")
    held = bo.private_reply
    expect(held).to_contain_text(said("answers.reply_held", reference=reference, wait="30 s"))
    camera.take("held-reply", bo.page)
    bo.forwards_the_clock("15m")
    expect(held).to_contain_text(said("answers.reply_sent", reference=reference))
    expect(held.get_by_role("button", name=said("answers.button_take_back"))).to_have_count(0)
    expect(held.get_by_role("button", name=said("answers.button_recall"))).to_be_visible()
    expect(ana.reply("Which room is it in?")).to_be_visible()


def test_a_colleague_reads_in_the_form_who_is_sending(enter: Enter) -> None:
    ana, bo, cleo = enter("ana"), enter("bo"), enter("cleo")
    reference = ana.asks("help-it", "The right speaker is silent")
    bo.goes_to("team-it")
    bo.presses(bo.card(reference), "Reply")
    bo.fills_in(text="Is it plugged in?")
    cleo.goes_to("team-it")
    cleo.presses(cleo.card(reference), "Note")
    notice = cleo.page.get_by_test_id("form-notice")
    expect(notice).to_have_text(said("answers.sends_reply", name="Bo Berg"))
