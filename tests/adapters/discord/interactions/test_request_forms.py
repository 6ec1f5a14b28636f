"""Asking by form with the whole desk: a category's questions, pages, refusals; and words that wait for a ticket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.office import DESK, Office, open_office
from tests.fakes.discord import Shown
from tests.said import said

FORMS = """
forms:
  Hardware:
    - {{name: asset_tag, label: Asset tag, required: true}}
    - {{name: needed_by, label: Needed by, kind: date}}
    - {{name: size, label: Size, kind: choice, choices: [small, large]}}
    - {{name: approvers, label: Who agreed, kind: people}}

"""
ASKED = said("commands.ticket_open_text_label")


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = DESK.replace("inboxes:", f"{FORMS.strip()}\n\ninboxes:", 1)
    async with open_office(tmp_path, sqlite_template, desk=desk) as office:
        yield office


async def chooses(office: Office, category: str) -> Shown:
    first = await office.ana.types_command("/ticket open", "help")
    assert first.reply is not None
    return await office.ana.chooses(first.reply, category)


async def test_a_category_asks_its_own_questions_over_two_pages(office: Office) -> None:
    first = await chooses(office, "Hardware")
    assert first.modal is not None
    assert first.modal.labels[:5] == (ASKED, "Asset tag", "Needed by", "Size", "Who agreed")
    page = await office.ana.submits(
        first,
        {
            ASKED: "A new laptop",
            "Asset tag": "L-204",
            "Needed by": "tomorrow",
            "Size": "large",
            "Who agreed": [office.bo, office.lee],
        },
    )
    assert page.reply is not None
    second = await office.ana.presses(page.reply, "Continue")
    refused = await office.ana.submits(second, {"Files": [("quote.pdf", b"1,200")]})
    problem = said("refusals.field_date", label="Needed by", text="tomorrow", example="24/12/2026")
    assert problem in refused.text
    assert refused.reply is not None

    again = await office.ana.presses(refused.reply, "Edit again")
    assert again.modal is not None
    assert again.modal.values["Asset tag"] == "L-204"
    page = await office.ana.submits(again, {"Needed by": "2026-03-09"})
    assert page.reply is not None
    second = await office.ana.presses(page.reply, "Continue")
    assert second.modal is not None
    assert said("platforms.form_files_replaced", names="quote.pdf") in second.modal
    done = await office.ana.submits(second)
    created = said("answers.created_in_thread", reference="IT-1", team="Helpers")
    assert done.text.replace("*", "") == created
    await office.settle()
    card = office.card("IT-1").words
    for answer in ("A new laptop", "Asset tag: L-204", "Needed by: 9 Mar 2026", "Size: large", "Bo and Lee"):
        assert answer in card
    for answer in ("Category", "Hardware"):
        assert answer in card


async def test_a_category_without_questions_asks_for_the_request_alone(office: Office) -> None:
    shown = await chooses(office, "Network")
    assert shown.modal is not None
    assert "Asset tag" not in shown.modal.labels
    done = await office.ana.submits(shown, {ASKED: "No network"})
    assert "IT-1" in done.text


async def test_a_command_that_names_a_category_with_questions_is_asked_them(office: Office) -> None:
    shown = await office.ana.types_command("/ticket open", "help", text="A new laptop", category="Hardware")
    assert shown.modal is not None
    assert shown.modal.values[ASKED] == "A new laptop"
    plain = await office.ana.types_command("/ticket open", "help", text="No network", category="Network")
    assert "IT-1" in plain.text


async def test_long_words_wait_until_it_is_said_which_ticket_they_are_for(office: Office) -> None:
    request = await office.ana.says("help", "My VPN is dead")
    await office.ana.says("help", "And my mouse is gone")
    await office.settle()
    for reference in ("IT-1", "IT-2"):
        await office.bo.types_command("/desk claim", "team", ticket=reference)
    words = "Please restart the machine, then try again. " * 20
    which = await office.bo.types_command("/desk reply", "team", text=words)
    assert which.reply is not None
    (wanted,) = [button for button in which.reply.buttons if "VPN" in button]
    await office.bo.presses(which.reply, wanted)
    await office.settle()
    assert any(words.strip() in line for line in office.talk(office.ana, request))


async def test_a_command_in_the_teams_channel_is_answered_like_anywhere(office: Office) -> None:
    await office.ana.says("help", "My VPN is dead")
    await office.settle()
    queue = await office.bo.types_command("/desk queue", "team")
    assert "My VPN is dead" in queue.text
    claimed = await office.bo.types_command("/desk claim", "team", ticket="IT-1")
    assert "IT-1" in claimed.text
    note = await office.bo.types_command("/desk note", "team", ticket="IT-1")
    sent = await office.bo.submits(note, {"Note": "She has the old model"})
    assert "IT-1" in sent.text


async def test_while_an_agent_types_the_tickets_that_fit_are_offered(office: Office) -> None:
    await office.ana.says("help", "My VPN is dead")
    await office.settle()
    assert await office.bo.autocompletes("/desk claim", "ticket", "vpn", "team") == ["IT-1 · My VPN is dead"]
    assert await office.cleo.autocompletes("/ticket show", "ticket", "", "help") == ["IT-1 · My VPN is dead"]
