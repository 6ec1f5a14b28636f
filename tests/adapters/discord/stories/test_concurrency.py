"""The same thing at once, twice or five times: one winner, one ticket, one effect."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.office import Office, open_office
from tests.said import said


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sqlite_template) as office:
        yield office


async def test_two_agents_press_claim_in_the_same_instant_and_one_is_told_who_won(office: Office) -> None:
    await office.ana.says("help", "My VPN is dead")
    await office.settle()
    card = office.card("IT-1")
    shown = await asyncio.gather(office.bo.presses(card, "Claim"), office.cleo.presses(card, "Claim"))
    await office.settle()
    told = [each.text for each in shown if "already" in each.text]
    assert len(told) == 1
    winner = "Cleo" if "Cleo" in office.card("IT-1").words else "Bo"
    assert said("refusals.already_assigned_to", reference="IT-1", name=winner) in told[0]


async def test_a_panels_button_pressed_five_times_opens_one_ticket(office: Office) -> None:
    await office.bo.types_command("/ticket panel", "help")
    await office.settle()
    (panel,) = [each for each in office.ana.reads("help") if each.buttons]
    assert panel.buttons == ("Hardware", "Network")
    forms = await asyncio.gather(*(office.ana.presses(panel, "Hardware") for _ in range(5)))
    label = said("commands.ticket_open_text_label")
    for form in forms:
        await office.ana.submits(form, {label: "My mouse is gone"})
    await office.settle()
    assert [each.words.count("IT-1") for each in office.bo.reads("team") if each.buttons] == [1]


async def test_an_interaction_that_arrives_twice_has_one_effect(office: Office) -> None:
    shown = await office.ana.types_command("/ticket open", "help", text="My mouse is gone", twice=True)
    assert "IT-1" in shown.text
    await office.settle()
    assert len([each for each in office.bo.reads("team") if each.buttons]) == 1


async def test_a_form_sent_twice_is_one_answer(office: Office) -> None:
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    shown = await office.bo.presses(office.card("IT-1"), "Reply")
    await office.bo.submits(shown, {said("commands.desk_reply_text_label"): "Which client?"}, twice=True)
    await office.settle()
    assert len([line for line in office.talk(office.ana, request) if "Which client?" in line]) == 1
