"""An agent changes several tickets at once in Slack and Discord, ticks some of them, and takes it back."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.stories.platforms import Office, Platform, Read
from tests.said import said

CLAIM, TAG = said("bulk.do_claim"), said("bulk.do_tag")
TAGS = said("commands.desk_bulk_tag_tags_label")


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        for name in ("first", "second", "third"):
            await office.says("ana", "requests", f"My {name} mouse is dead")
        yield office


def answer(office: Office) -> Read:
    return office.reads_privately("bo", "team")[-1]


async def works(office: Office) -> None:
    await office.desk.workers["bulk_changes"].tick()
    await office.settle()


async def test_found_tickets_are_tagged_at_once_and_the_message_says_how_it_went(office: Office) -> None:
    found = await office.types("bo", "team", "/desk views bulk", query="mouse")
    assert said("bulk.selected", count=3) in found.words
    await office.fills("bo", found, TAG, {TAGS: "vpn"})
    preview = answer(office)
    assert said("bulk.will_change", count=3) in preview.words

    await office.presses("bo", preview, said("bulk.button_run", count=3))
    await works(office)
    result = office.reads_directly("bo")[-1]
    assert said("bulk.done", count=3) in result.words
    assert "vpn" in (await office.card("IT-2")).words

    await office.presses("bo", result, said("bulk.button_undo"))
    await works(office)
    assert said("bulk.undone", count=3) in office.reads_directly("bo")[-1].words, "the same message says so"
    assert "vpn" not in (await office.card("IT-2")).words


async def test_single_tickets_are_ticked_in_a_form(office: Office) -> None:
    found = await office.types("bo", "team", "/desk views bulk", query="mouse sort:oldest")
    await office.presses("bo", found, CLAIM)
    ticked: Any = ["IT-1 · My first mouse is dead", "IT-3 · My third mouse is dead"]
    await office.fills("bo", answer(office), said("bulk.button_choose"), {said("bulk.tickets_label"): ticked})

    preview = answer(office)
    assert said("bulk.will_change", count=2) in preview.words
    await office.presses("bo", preview, said("bulk.button_run", count=2))
    await works(office)
    assert office.called("bo") in (await office.card("IT-1")).words
    assert office.called("bo") not in (await office.card("IT-2")).words


async def test_whom_all_of_somebodys_tickets_go_to_hears_of_it_once(office: Office) -> None:
    for number in (1, 2, 3):
        await office.types("bo", "team", "/desk claim", ticket=f"IT-{number}")
    before = len(office.reads_directly("cleo"))
    await office.types("bo", "team", "/desk team hand-over", colleague=office.called("cleo"))
    await office.presses("bo", answer(office), said("bulk.button_run", count=3))
    await works(office)

    told = [each.words for each in office.reads_directly("cleo")[before:]]
    assert len(told) == 1
    assert all(f"IT-{number}" in told[0] for number in (1, 2, 3))
    assert office.called("cleo") in (await office.card("IT-2")).words
