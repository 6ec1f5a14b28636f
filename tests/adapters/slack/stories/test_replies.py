"""Replies in Slack: taken back before they leave, and two agents who answer at once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.slack.office import DESK, Office, open_office
from tests.fakes.slack.people.screen import SeenView
from tests.said import said

TAKE_BACK = said("answers.button_take_back")


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = DESK.replace("    title: Service Desk\n", "    title: Service Desk\n    undo_send: 10 s\n")
    async with open_office(tmp_path, sqlite_template, desk=desk) as office:
        yield office


async def passes(office: Office, seconds: int) -> None:
    office.clock.move(timedelta(seconds=seconds))
    await office.desk.workers["replies"].tick()
    await office.settle()


def typed(form: SeenView) -> str:
    """What the form's first field holds when it opens."""
    first = next(block for block in form.blocks if block["type"] == "input")
    return str(first["element"].get("initial_value", ""))


async def test_a_reply_is_taken_back_and_changed(office: Office) -> None:
    ana, bo = office.ana, office.bo
    request = await ana.says("help-it", "My VPN is dead")
    await office.settle()
    await bo.presses(await office.card("IT-1"), "Reply")
    form = await bo.sees_modal()
    await bo.submits(form, {form.fields[0]: "Buy another one"})
    held = await bo.sees("team-it", said("answers.reply_held", reference="IT-1", wait="10 s"))
    assert held.is_ephemeral
    assert held.buttons == (TAKE_BACK,)

    await bo.presses(held, TAKE_BACK)
    form = await bo.sees_modal()
    assert typed(form) == "Buy another one"
    assert said("answers.taken_back") in form.words
    await passes(office, 20)
    assert not any("Buy" in line for line in office.thread(ana, request))

    await bo.submits(form, {form.fields[0]: "Which client do you use?"})
    await passes(office, 10)
    assert "Bo Berg: Bo Berg: Which client do you use?" in office.thread(ana, request)
    await bo.presses(held, TAKE_BACK)
    form = await bo.sees_modal()
    assert typed(form) == "Buy another one", "what was taken back is still there"


async def test_it_is_taken_back_by_command(office: Office) -> None:
    await office.ana.says("help-it", "My VPN is dead")
    await office.settle()
    await office.bo.types("/desk reply IT-1 Buy another one", "team-it")
    await office.bo.types("/desk unsend", "team-it")
    form = await office.bo.sees_modal()
    assert typed(form) == "Buy another one"


async def test_two_who_answer_at_once_hear_of_one_another(office: Office) -> None:
    ana, bo, cleo = office.ana, office.bo, office.cleo
    request = await ana.says("help-it", "My VPN is dead")
    await office.settle()
    card = await office.card("IT-1")
    await bo.presses(card, "Reply")
    bos = await bo.sees_modal()
    await office.settle()
    await cleo.presses(card, "Reply")
    form = await cleo.sees_modal()
    assert said("answers.writes_reply_now", name="Bo Berg") in form.words
    await passes(office, 60)

    await bo.submits(bos, {bos.fields[0]: "We are replacing it"})
    await passes(office, 10)
    await cleo.submits(form, {form.fields[0]: "Which client do you use?"})
    again = await cleo.sees_modal()
    assert said("answers.answered_meanwhile", name="Bo Berg") in again.words
    assert "We are replacing it" in again.words
    assert typed(again) == "Which client do you use?"
    await cleo.submits(again)
    await passes(office, 10)
    assert office.thread(ana, request)[1:] == [
        "Bo Berg: Bo Berg: We are replacing it",
        "Cleo Chen: Cleo Chen: Which client do you use?",
    ]


async def test_whoever_closes_the_form_is_answering_no_more(office: Office) -> None:
    await office.ana.says("help-it", "My VPN is dead")
    await office.settle()
    card = await office.card("IT-1")
    await office.bo.presses(card, "Reply")
    await office.bo.closes(await office.bo.sees_modal())
    await office.settle()
    await office.cleo.presses(card, "Reply")
    form = await office.cleo.sees_modal()
    assert "Bo Berg" not in form.words


async def test_a_form_confirms_to_its_sender_with_ways_to_change_it(office: Office) -> None:
    await office.ana.says("help-it", "My VPN is dead")
    await office.settle()
    await office.bo.presses(await office.card("IT-1"), "Note")
    form = await office.bo.sees_modal()
    await office.bo.submits(form, {form.fields[0]: "Looks like the router"})
    added = await office.bo.sees("team-it", said("answers.note_added", reference="IT-1"))
    assert added.is_ephemeral
    assert added.buttons == (said("answers.button_edit"), said("answers.button_recall"))


async def test_a_colleague_is_told_whose_reply_is_about_to_go_out(office: Office) -> None:
    await office.ana.says("help-it", "My VPN is dead")
    await office.settle()
    await office.bo.types("/desk reply IT-1 We are replacing it", "team-it")
    await office.cleo.presses(await office.card("IT-1"), "Reply")
    form = await office.cleo.sees_modal()
    assert said("answers.sends_reply", name="Bo Berg") in form.words


async def test_a_reply_to_a_request_that_was_closed_meanwhile_comes_back(office: Office) -> None:
    request = await office.ana.says("help-it", "My VPN is dead")
    await office.settle()
    await office.bo.types("/desk reply IT-1 We are replacing it", "team-it")
    await office.ana.types("/ticket close IT-1", "help-it")
    await passes(office, 10)
    assert not any("replacing" in line for line in office.thread(office.ana, request))
    await office.bo.sees("@deskbell", "We are replacing it")
