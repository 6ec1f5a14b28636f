"""Forms per category: first what it is about, then what that category asks."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, shown

FORMS = """
forms:
  Hardware:
    - {name: asset_tag, label: Asset tag, required: true, hint: On the sticker below}
    - {name: since, label: Since when, kind: date}
    - {name: building, label: Building, kind: choice, choices: [Main, Annex]}
    - {name: others, label: Who else, kind: people}
"""


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    config = tmp_path / "forms.yaml"
    config.write_text(DESK.read_text(encoding="utf-8") + FORMS, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        yield office


async def chooses(office: Office, category: str) -> dict[str, Any]:
    """The form that comes after the category was chosen."""
    first = (await office.types_for_reply("ana", "/ticket open"))["reply"]
    assert [field["name"] for field in first["fields"]] == ["category"]
    reply = await office.submits_for_reply("ana", first, channel="help-it", category=category)
    assert reply is not None
    return reply


async def test_choosing_a_category_shows_what_it_asks(office: Office) -> None:
    form = await chooses(office, "Hardware")
    assert form["title"] == "Ask for help · Hardware"
    assert [(field["name"], field["kind"], field["required"]) for field in form["fields"]] == [
        ("text", "long_text", True),
        ("asset_tag", "text", True),
        ("since", "date", False),
        ("building", "choice", False),
        ("others", "people", False),
        ("private", "choice", False),
    ]
    assert await office.reads("bo", "team-it") == []


async def test_the_answers_stand_under_the_request(office: Office) -> None:
    form = await chooses(office, "Hardware")
    await office.submits(
        "ana",
        form,
        channel="help-it",
        text="My laptop is dead\nIt fell",
        asset_tag="L-204",
        since="2026-03-01",
        building="Annex",
        others="web:dan,web:bo",
    )
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["subject"] == "My laptop is dead"
    assert card["content"]["excerpt"] == (
        "My laptop is dead\nIt fell\n\nAsset tag: L-204\nSince when: 1 Mar 2026\nBuilding: Annex\n"
        "Who else: Dan Dietz and Bo Berg"
    )


def facts(card: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["label"], each["answer"]) for each in card["content"]["answers"]]


async def test_the_category_is_on_the_card_in_show_and_in_the_transcript(office: Office) -> None:
    form = await chooses(office, "Hardware")
    await office.submits("ana", form, channel="help-it", text="My laptop is dead", asset_tag="L-204")
    assert facts(await office.card("bo", "team-it", "IT-1")) == [("Category", "Hardware")]
    for who in ("ana", "bo"):
        told = await office.types(who, "/ticket show IT-1")
        assert "\nCategory: Hardware\n" in told
        assert told.splitlines().count("Asset tag: L-204") == 1
    await office.types("bo", "/desk transcript IT-1")
    (text,) = [each for each in await transcripts(office, "bo") if each.startswith("IT-1  ")]
    assert "\nCategory: Hardware\n" in text
    assert text.count("    Asset tag: L-204") == 1


async def test_an_answer_that_the_card_cuts_off_is_shown_beside_it(office: Office) -> None:
    form = await chooses(office, "Hardware")
    long = "My laptop is dead. " * 50
    await office.submits(
        "ana", form, channel="help-it", text=long, asset_tag="L-204", others="web:dan,web:bo"
    )
    assert facts(await office.card("bo", "team-it", "IT-1")) == [
        ("Category", "Hardware"),
        ("Asset tag", "L-204"),
        ("Who else", "Dan Dietz and Bo Berg"),
    ]


async def test_a_request_without_a_form_has_no_answers(office: Office) -> None:
    await office.says("ana", "help-it", "My laptop is dead")
    assert facts(await office.card("bo", "team-it", "IT-1")) == []
    assert "Category" not in await office.types("bo", "/ticket show IT-1")


async def transcripts(office: Office, who: str) -> list[str]:
    """The text files that came in direct messages."""
    session = office._visitor._session
    assert session is not None
    texts = []
    for message in await office.sees(who, f"@{who}"):
        for file in message["content"].get("files") or []:
            async with session.get(f"/api/files/{file['id']}", headers={"X-Person": who}) as response:
                texts.append((await response.read()).decode("utf-8", "replace"))
    return texts


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_opened(office: Office) -> None:
    form = await chooses(office, "Hardware")
    refused = await office.submits_for_reply(
        "ana", form, channel="help-it", text="My laptop is dead", since="yesterday", building="Moon"
    )
    wrong = {
        "asset_tag": said("refusals.missing", label="Asset tag"),
        "since": said("refusals.field_date", label="Since when", text="yesterday", example="24/12/2026"),
        "building": said("refusals.field_choice", label="Building", text="Moon", choices="Main or Annex"),
    }
    assert refused == {"type": "form_refused", "reason": " ".join(wrong.values()), "fields": wrong}
    assert await office.reads("bo", "team-it") == []


async def test_a_category_without_questions_asks_for_the_request_alone(office: Office) -> None:
    form = await chooses(office, "Network")
    assert [field["name"] for field in form["fields"]] == ["text", "private"]
    answer = await office.submits("ana", form, channel="help-it", text="No wifi here")
    assert answer == said("answers.created_in_thread", reference="IT-1", team="Network")


async def test_a_category_that_does_not_exist_is_refused(office: Office) -> None:
    form = await chooses(office, "Hardware")
    form["fixed"] = {"category": "Gardening"}
    refused = await office.submits_for_reply("ana", form, channel="help-it", text="My roses")
    assert shown(refused) == said(
        "refusals.choose", label=said("commands.topic"), choices="Hardware or Network"
    )


async def test_words_after_the_command_open_at_once_as_ever(office: Office) -> None:
    answer = await office.types("ana", "/ticket open my mouse is dead")
    assert answer == said("answers.created_in_thread", reference="IT-1", team="Service Desk")
