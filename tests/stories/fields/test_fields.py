"""Custom fields on the page: set by agents, kept from requesters where they are for agents, needed to resolve."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.fields.desk_with_fields import desk_with
from tests.stories.office import Office, open_office, shown

REQUIRED = "    required_to_resolve: [asset_tag, cause, resolution]\n"


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=desk_with(tmp_path)) as office:
        await office.says("ana", "help-it", "My laptop is dead")
        yield office


@pytest.fixture
async def strict(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """An office that resolves nothing without a tag, a cause and words."""
    async with open_office(folder, config=desk_with(tmp_path, more=REQUIRED)) as office:
        await office.says("ana", "help-it", "My laptop is dead")
        yield office


async def facts(office: Office) -> list[tuple[str, str]]:
    card = (await office.card("bo", "team-it", "IT-1"))["content"]
    return [(each["label"], each["answer"]) for each in card["answers"]]


async def sets(office: Office, words: str, *, who: str = "bo") -> str:
    return await office.types(who, f"/desk set IT-1 {words}")


async def test_several_fields_are_set_at_once_and_stand_on_the_card(office: Office) -> None:
    answer = await sets(office, 'asset_tag=4711 tier=gold parts="docking station, screen" seats=1,200')
    saved = "Asset tag = 4711, Tier = Gold, Parts = Screen and Docking station and Seats = 1,200"
    assert answer == said("answers.fields_set", reference="IT-1", fields=saved)
    assert await facts(office) == [
        ("Asset tag", "4711"),
        ("Seats", "1,200"),
        ("Tier", "Gold"),
        ("Parts", "Screen and Docking station"),
    ]


async def test_a_value_goes_on_to_the_next_name_and_an_empty_one_clears(office: Office) -> None:
    await sets(office, "asset_tag=on the lid owner=cleo insured=yes due_back=24 Dec 2026")
    assert await facts(office) == [
        ("Asset tag", "on the lid"),
        ("Due back", "24 Dec 2026"),
        ("Owner", "Cleo Chen"),
        ("Insured", "Yes"),
    ]
    await sets(office, "asset_tag= insured=no")
    assert await facts(office) == [("Due back", "24 Dec 2026"), ("Owner", "Cleo Chen"), ("Insured", "No")]


async def test_long_texts_are_in_show_and_not_on_the_card(office: Office) -> None:
    await sets(office, "diary=called the vendor")
    assert await facts(office) == []
    assert "Diary: called the vendor" in await office.types("bo", "/ticket show IT-1")


async def test_what_agents_set_is_found_by_them_alone(office: Office) -> None:
    await sets(office, "tier=gold diary=Zephyrus")
    for typed in ("gold", "zephyrus"):
        assert "IT-1" in await office.types("bo", f"/desk search {typed}")
        nothing = said("search.nothing_found", text=typed)
        assert await office.types("ana", f"/ticket search {typed}") == nothing
    assert "ephyrus" not in await office.types("ana", "/ticket search laptop")


async def test_what_changed_is_in_the_history(office: Office) -> None:
    await sets(office, "tier=gold")
    await sets(office, "tier=silver")
    await sets(office, "tier=", who="cleo")
    history = await office.types("bo", "/desk history IT-1")
    bo, cleo = "Bo Berg", "Cleo Chen"
    for line in (
        said("history.field_set", name=bo, field="Tier", value="Gold"),
        said("history.field_changed", name=bo, field="Tier", before="Gold", value="Silver"),
        said("history.field_cleared", name=cleo, field="Tier", before="Silver"),
    ):
        assert line in history


@pytest.mark.parametrize(
    ("words", "key", "facts"),
    [
        ("tier=golden", "field_choice_nearly", {"label": "Tier", "text": "golden", "choice": "Gold"}),
        ("tier=x", "field_choice", {"label": "Tier", "text": "x", "choices": "Gold or Silver"}),
        ("seats=many", "field_number", {"label": "Seats", "text": "many", "example": "1,234.5"}),
        ("due_back=soon", "field_date", {"label": "Due back", "text": "soon", "example": "24/12/2026"}),
        ("owner=nobody", "field_person", {"label": "Owner", "text": "nobody"}),
        ("owner=bo,cleo", "field_one_person", {"label": "Owner", "text": "bo,cleo"}),
        (
            "insured=perhaps",
            "field_yes_no",
            {"label": "Insured", "text": "perhaps", "yes": "Yes", "no": "No"},
        ),
        ("tear=gold", "field_unknown_nearly", {"reference": "IT-1", "text": "tear", "word": "tier"}),
        ("gold", "no_assignment", {"text": "gold", "command": "/desk set IT-1 category=…"}),
    ],
)
async def test_what_cannot_be_set_is_refused_and_says_what_can(
    office: Office, words: str, key: str, facts: dict[str, str]
) -> None:
    assert await sets(office, words) == said(f"refusals.{key}", **facts)


async def test_nothing_is_set_where_one_of_several_cannot_be(office: Office) -> None:
    await sets(office, "asset_tag=4711 seats=many")
    assert await facts(office) == []


async def test_agents_fields_are_never_on_the_requesters_side(office: Office) -> None:
    await sets(office, "tier=gold asset_tag=4711")
    told = await office.types("ana", "/ticket show IT-1")
    assert "Asset tag: 4711" in told
    assert "Gold" not in told
    refused = await office.types("ana", "/desk set IT-1 tier=silver")
    assert "Tier" not in refused
    await office.types("bo", "/desk resolve IT-1 new battery")
    await office.types("ana", "/ticket close IT-1")
    await office.types("ana", "/ticket transcript IT-1")
    everything = await office.everything_seen_by("ana")
    assert "Gold" not in everything
    assert "Tier" not in everything


async def test_the_cards_form_changes_only_what_its_sender_changed(office: Office) -> None:
    await sets(office, "asset_tag=4711 seats=1200.5")
    card = await office.card("bo", "team-it", "IT-1")
    form = await office.presses("bo", card, said("team.button_fields_form"))
    assert form is not None
    held = {field["name"]: field["value"] for field in form["fields"]}
    assert held["field.asset_tag"] == "4711"
    assert held["field.seats"] == "1,200.5"
    await sets(office, "tier=gold", who="cleo")
    values = {**held, "field.seats": "", "field.parts": "Screen,Battery"}
    await office.submits("bo", form, channel="team-it", **values)
    assert await facts(office) == [
        ("Asset tag", "4711"),
        ("Tier", "Gold"),
        ("Parts", "Screen and Battery"),
    ]


async def test_two_who_change_one_field_are_told(office: Office) -> None:
    form = (await office.types_for_reply("bo", "/desk set IT-1"))["reply"]
    held = {field["name"]: field["value"] for field in form["fields"]}
    await sets(office, "tier=gold", who="cleo")
    refused = await office.submits_for_reply(
        "bo", form, channel="team-it", **{**held, "field.tier": "Silver", "field.seats": "many"}
    )
    assert refused is not None
    assert refused["fields"] == {
        "field.tier": said("refusals.field_changed_meanwhile", label="Tier"),
        "field.seats": said("refusals.field_number", label="Seats", text="many", example="1,234.5"),
    }
    assert await facts(office) == [("Tier", "Gold")]


async def test_a_ticket_without_fields_of_its_own_has_its_category(office: Office) -> None:
    await office.says("ana", "help-it", "The vpn is down")
    assert await office.types("cleo", "/desk set IT-2 category=network") == said(
        "answers.fields_set", reference="IT-2", fields="Category = Network"
    )
    card = (await office.card("cleo", "team-network", "IT-2"))["content"]
    assert card["answers"] == [{"label": "Category", "answer": "Network"}]
    assert "Category: Network" in await office.types("ana", "/ticket show IT-2")
    assert await office.types("cleo", "/desk set IT-2 tier=gold") == said(
        "refusals.field_unknown", reference="IT-2", text="tier", names="category"
    )


async def test_the_subject_follows_on_the_card_and_in_lists(office: Office) -> None:
    answer = await office.types("bo", "/desk subject IT-1 Laptop of Ana is dead")
    assert said("answers.subject_set", reference="IT-1", subject="Laptop of Ana is dead") in answer
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["subject"] == "Laptop of Ana is dead"
    assert "Laptop of Ana is dead" in await office.types("ana", "/ticket list")
    changed = {"before": "My laptop is dead", "subject": "Laptop of Ana is dead"}
    assert said("history.subject", name="Bo Berg", **changed) in await office.types(
        "bo", "/desk history IT-1"
    )
    too_long = await office.types("bo", f"/desk subject IT-1 {'x' * 121}")
    assert said("refusals.subject_too_long", limit=120) in too_long


async def status(office: Office) -> Any:
    return (await office.card("bo", "team-it", "IT-1"))["content"]["state"]


async def test_resolving_asks_for_what_is_missing_and_keeps_the_words(strict: Office) -> None:
    form = (await strict.types_for_reply("bo", "/desk resolve IT-1 new battery"))["reply"]
    asked = {field["name"]: (field["value"], field["required"]) for field in form["fields"]}
    assert asked == {
        "resolution": ("new battery", True),
        "field.asset_tag": ("", True),
        "field.cause": ("", True),
    }
    assert await status(strict) == "new"
    incomplete = {"resolution": "new battery", "field.asset_tag": "4711", "field.cause": ""}
    refused = await strict.submits_for_reply("bo", form, channel="team-it", **incomplete)
    assert refused is not None
    assert refused["fields"] == {"field.cause": said("refusals.missing", label="Cause")}
    assert await facts(strict) == []
    await strict.submits("bo", form, channel="team-it", **{**incomplete, "field.cause": "Age"})
    assert await status(strict) == "resolved"
    assert await facts(strict) == [("Asset tag", "4711"), ("Cause", "Age")]
    assert "Age" not in await strict.types("ana", "/ticket show IT-1")


async def test_the_cards_own_form_goes_on_to_what_is_missing(strict: Office) -> None:
    card = await strict.card("bo", "team-it", "IT-1")
    form = await strict.presses("bo", card, said("team.button_resolve"))
    assert form is not None
    following = await strict.submits_for_reply("bo", form, channel="team-it", resolution="")
    assert following is not None
    asked = {field["name"]: field["required"] for field in following["fields"]}
    assert asked == {"resolution": True, "field.asset_tag": True, "field.cause": True}
    values = {"resolution": "new battery", "field.asset_tag": "4711", "field.cause": "Age"}
    await strict.submits("bo", following, channel="team-it", **values)
    assert await status(strict) == "resolved"


async def test_in_a_message_the_missing_fields_and_the_command_are_named(strict: Office) -> None:
    card = await strict.card("bo", "team-it", "IT-1")
    async with strict.page_of("bo") as told:
        await strict.says("bo", "team-it", "@deskbell resolve new battery", thread=card["id"])
    (answer,) = told
    assert said("refusals.resolving_needs", reference="IT-1", fields="Asset tag and Cause") in answer
    assert "/desk set IT-1 asset_tag=… cause=…" in answer
    assert "new battery" in answer
    assert await status(strict) == "new"


async def test_a_ticket_that_has_it_all_is_resolved_at_once_and_closing_asks_for_nothing(
    strict: Office,
) -> None:
    await sets(strict, "asset_tag=4711 cause=Age")
    form = (await strict.types_for_reply("bo", "/desk resolve IT-1"))["reply"]
    assert [field["name"] for field in form["fields"]] == ["resolution"]
    answer = await strict.types("bo", "/desk resolve IT-1 new battery")
    assert said("answers.resolved", reference="IT-1") in answer
    await strict.says("dan", "help-it", "My mouse is dead")
    await strict.types("dan", "/ticket close IT-2 found it")
    assert shown((await strict.types_for_reply("bo", "/ticket show IT-2"))["reply"]).count("closed")
