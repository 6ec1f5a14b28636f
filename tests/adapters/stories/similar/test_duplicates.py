"""On every platform a requester is asked alone, adds theirs to the open ticket, and reads its answer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said

INTO = said("commands.desk_merge_into_label")
FIRST = "Docking station flickers and both monitors stay black"
SECOND = "Both monitors stay black, the docking station flickers"
OTHERS = ("My badge does not open the garage", "Please order toner for printer four", "Excel crashes at noon")


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def compared(office: Office) -> None:
    await office.desk.workers["similar_requests"].tick()
    await office.settle()


async def test_a_duplicate_is_added_with_a_button_and_its_requester_reads_the_answer(office: Office) -> None:
    for text in OTHERS:
        await office.says("ana", "requests", text)
    first = await office.says("ana", "requests", FIRST)
    second = await office.says("cleo", "requests", SECOND)
    await compared(office)
    assert "IT-4" in (await office.card("IT-5")).words
    question = office.reads_directly("cleo")[-1]
    add, keep = said("requester.button_similar_add", other="IT-4"), said("requester.button_similar_keep")
    assert question.buttons == (add, keep)
    assert office.reads_directly("ana") == []
    await office.presses("cleo", question, add)
    assert office.reads_directly("cleo")[-1].buttons == ()
    also = said("answers.also_sent", people=f"{office.called('cleo')} (IT-5)")
    sent = await office.types("bo", "team", "/desk reply", ticket="IT-4", text="New firmware is coming")
    assert also in sent.words
    reply = said("team.button_reply")
    await office.fills(
        "bo", await office.card("IT-4"), reply, {said("commands.desk_reply_text_label"): "Soon"}
    )
    for who, asked in (("ana", first), ("cleo", second)):
        assert any("New firmware is coming" in each.words for each in office.reads_thread(who, asked))
    await office.answers("cleo", second, "It smells burnt")
    team = [each.words for each in office.reads_thread("bo", await office.card("IT-4"))]
    assert any("It smells burnt" in each for each in team)
    assert not any("burnt" in each.words for each in office.reads_thread("ana", first))


async def test_the_team_merges_from_the_card_and_takes_it_apart_again(office: Office) -> None:
    for text in OTHERS:
        await office.says("ana", "requests", text)
    await office.says("ana", "requests", FIRST)
    second = await office.says("ana", "requests", SECOND)
    await compared(office)
    card = await office.card("IT-5")
    await office.fills_chosen("bo", card, said("team.button_merge_form", other="IT-4"), {INTO: "IT-4"})
    assert said("team.label_duplicates") in (await office.card("IT-4")).words
    assert said("terms.status_closed") in (await office.card("IT-5")).words.casefold()
    told = office.reads_thread("ana", second)[-1].words
    assert "IT-4" in told
    await office.types("bo", "team", "/desk ticket unmerge", ticket="IT-5")
    assert said("team.label_duplicates") not in (await office.card("IT-4")).words
