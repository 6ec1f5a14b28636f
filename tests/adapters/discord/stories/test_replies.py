"""Replies in Discord: taken back before they leave, and two agents who answer at once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.discord.office import DESK, Office, open_office
from tests.said import said

TAKE_BACK = said("answers.button_take_back")
TEXT = said("commands.desk_reply_text_label")


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = DESK.replace(", threads: private", "")
    desk = desk.replace("    title: Helpers\n", "    title: Helpers\n    undo_send: 10 s\n")
    async with open_office(tmp_path, sqlite_template, desk=desk) as office:
        yield office


async def passes(office: Office, seconds: int) -> None:
    office.clock.move(timedelta(seconds=seconds))
    await office.desk.workers["replies"].tick()
    await office.settle()


async def test_a_reply_is_taken_back_and_changed(office: Office) -> None:
    ana, bo = office.ana, office.bo
    request = await ana.says("help", "My VPN is dead")
    await office.settle()
    shown = await bo.presses(office.card("IT-1"), "Reply")
    shown = await bo.submits(shown, {TEXT: "Buy another one"})
    assert said("answers.reply_held", reference="**IT-1**", wait="10 s") in shown.text
    assert shown.reply is not None
    assert shown.reply.buttons == (TAKE_BACK,)

    shown = await bo.presses(shown.reply, TAKE_BACK)
    assert shown.modal is not None
    assert shown.modal.values == {TEXT: "Buy another one"}
    assert said("answers.taken_back") in shown.modal
    await passes(office, 20)
    assert not any("Buy" in line for line in office.talk(ana, request))

    await bo.submits(shown, {TEXT: "Which client do you use?"})
    await passes(office, 10)
    assert "Bo: Which client do you use?\n@Ana" in office.talk(ana, request)


async def test_it_is_taken_back_by_command(office: Office) -> None:
    await office.ana.says("help", "My VPN is dead")
    await office.settle()
    await office.bo.types_command("/desk reply", "team", ticket="IT-1", text="Buy another one")
    shown = await office.bo.types_command("/desk ticket unsend", "team")
    assert shown.modal is not None
    assert shown.modal.values == {TEXT: "Buy another one"}


async def test_two_who_answer_at_once_hear_of_one_another(office: Office) -> None:
    ana, bo, cleo = office.ana, office.bo, office.cleo
    request = await ana.says("help", "My VPN is dead")
    await office.settle()
    bos = await bo.presses(office.card("IT-1"), "Reply")
    await office.settle()
    cleos = await cleo.presses(office.card("IT-1"), "Reply")
    assert cleos.modal is not None
    assert said("answers.writes_reply_now", name="Bo") in cleos.modal
    await passes(office, 60)

    await bo.submits(bos, {TEXT: "We are replacing it"})
    await passes(office, 10)
    asked = await cleo.submits(cleos, {TEXT: "Which client do you use?"})
    assert said("answers.answered_meanwhile", name="Bo") in asked.text
    assert "We are replacing it" in asked.text
    assert asked.reply is not None
    again = await cleo.presses(asked.reply, said("platforms.form_continue"))
    assert again.modal is not None
    assert again.modal.values == {TEXT: "Which client do you use?"}
    await cleo.submits(again)
    await passes(office, 10)
    words = "\n".join(office.talk(ana, request))
    assert words.index("We are replacing it") < words.index("Which client do you use?")


async def test_a_form_confirms_to_its_sender_with_ways_to_change_it(office: Office) -> None:
    await office.ana.says("help", "My VPN is dead")
    await office.settle()
    shown = await office.bo.presses(office.card("IT-1"), "Note")
    shown = await office.bo.submits(shown, {said("commands.desk_note_text_label"): "Looks like the router"})
    assert said("answers.note_added", reference="**IT-1**") in shown.text
    assert shown.reply is not None
    assert shown.reply.buttons == (said("answers.button_edit"), said("answers.button_recall"))


async def test_a_colleague_is_told_whose_reply_is_about_to_go_out(office: Office) -> None:
    await office.ana.says("help", "My VPN is dead")
    await office.settle()
    shown = await office.bo.presses(office.card("IT-1"), "Reply")
    await office.bo.submits(shown, {TEXT: "We are replacing it"})
    shown = await office.cleo.presses(office.card("IT-1"), "Reply")
    assert shown.modal is not None
    assert said("answers.sends_reply", name="Bo") in shown.modal
