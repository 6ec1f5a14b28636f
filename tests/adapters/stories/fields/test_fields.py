"""Custom fields in Slack and Discord: typed, filled in with each platform's own inputs, and needed to resolve."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said

FIELDS = """
fields:
  asset_tag: {{label: Asset tag}}
  seats: {{label: Seats, kind: number}}
  tier: {{label: Tier, kind: choice, choices: [Gold, Silver], for: agents}}
  parts: {{label: Parts, kind: choices, choices: [Screen, Battery], for: agents}}
  due_back: {{label: Due back, kind: date}}
  owner: {{label: Owner, kind: person}}
  insured: {{label: Insured, kind: yes_no}}

inboxes:
"""
PLACED = """    fields: [asset_tag, seats, tier, parts, due_back, owner, insured]
    required_to_resolve: [tier, cause]
"""


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    title = f"    title: {platform.team_title}\n"
    desk = platform.desk_file.replace(title, title + PLACED).replace("\ninboxes:\n", FIELDS, 1)
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        await office.says("ana", "requests", "My laptop is dead")
        yield office


async def test_fields_are_typed_and_shown_on_the_card(office: Office) -> None:
    answer = await office.types(
        "bo", "team", "/desk ticket set", ticket="IT-1", fields='asset_tag="L 204" seats=1,200 tier=gold'
    )
    saved = "Asset tag = L 204, Seats = 1,200 and Tier = Gold"
    assert said("answers.fields_set", reference="IT-1", fields=saved) in answer.words.replace("*", "")
    card = (await office.card("IT-1")).words
    for shown in ("Asset tag", "L 204", "Seats", "1,200", "Tier", "Gold"):
        assert shown in card


async def test_what_cannot_be_set_is_refused(office: Office) -> None:
    answer = await office.types("bo", "team", "/desk ticket set", ticket="IT-1", fields="tier=golden")
    refused = said("refusals.field_choice_nearly", label="Tier", text="golden", choice="Gold")
    assert refused in answer.words
    assert "Tier" not in (await office.card("IT-1")).words


async def test_the_cards_form_has_an_input_for_each_kind(office: Office) -> None:
    answers = {
        "Asset tag": "L-204",
        "Seats": "12.5",
        "Tier": "Silver",
        "Parts": ["Screen", "Battery"],
        "Due back": "2026-12-24",
        "Owner": "cleo",
        "Insured": ["Yes"],
    }
    entry = said("team.button_fields_form")
    await office.fills_chosen("bo", await office.card("IT-1"), entry, answers)
    card = (await office.card("IT-1")).words
    for shown in (
        "L-204",
        "12.5",
        "Silver",
        "Screen and Battery",
        "24 Dec 2026",
        office.called("cleo"),
        "Yes",
    ):
        assert shown in card
    history = (await office.types("bo", "team", "/desk ticket history", ticket="IT-1")).words
    field_set = said("history.field_set", name=office.called("bo"), field="Tier", value="Silver")
    assert field_set in history.replace("*", "")


async def test_agents_fields_are_hidden_from_the_requester(office: Office) -> None:
    await office.types("bo", "team", "/desk ticket set", ticket="IT-1", fields="tier=gold asset_tag=L-204")
    shown = (await office.types("ana", "requests", "/ticket show", ticket="IT-1")).words
    assert "L-204" in shown
    assert "Gold" not in shown
    everything = [*office.reads("ana", "requests"), *office.reads_privately("ana", "requests")]
    assert not any("Gold" in each.words for each in everything)


async def test_resolving_asks_for_what_is_missing_and_keeps_the_words(office: Office) -> None:
    solved = said("commands.desk_resolve_resolution_label")
    await office.fills("bo", await office.card("IT-1"), said("team.button_resolve"), {solved: "new battery"})
    assert "resolved" not in (await office.card("IT-1")).words
    await office.goes_on("bo", {"Tier": "Gold", "Cause": "Age"})
    card = (await office.card("IT-1")).words
    assert "resolved" in card
    assert "Age" in card
    told = office.reads_thread("ana", office.reads("ana", "requests")[0])
    assert any("new battery" in each.words for each in told)
    assert not any("Age" in each.words for each in told)
