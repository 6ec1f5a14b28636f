"""Setting fields by name: how names, values and quotation marks are read, and what is offered meanwhile."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.messages.inbound import Location, SuggestionsWanted
from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, TEAM
from tests.said import said
from tests.stories.fields.desk_with_fields import desk_with


@pytest.fixture
async def at_work(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path, config=desk_with(tmp_path))
    await at_work.asks()
    return at_work


async def offered(at_work: DeskAtWork, typed: str, *, ticket: str | None = "IT-1") -> list[str]:
    wanted = SuggestionsWanted(
        actor=BO,
        location=Location(channel=TEAM),
        verb="desk set",
        option="fields",
        typed=typed,
        ticket=ticket,
    )
    return [value for value, _ in await at_work.desk.intake.suggest(wanted)]


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("asset_tag=4711", {"asset_tag": "4711"}),
        ("ASSET_TAG = 4711", {"asset_tag": "4711"}),
        ("Asset tag=4711", {"asset_tag": "4711"}),
        ('"asset tag" = 4711 tier=gold', {"asset_tag": "4711", "tier": "Gold"}),
        ('asset_tag="two  words" tier=gold', {"asset_tag": "two words", "tier": "Gold"}),
        ("asset_tag=„a=b“ seats=2", {"asset_tag": "a=b", "seats": "2"}),
        ("asset_tag=on the lid tier=Silver", {"asset_tag": "on the lid", "tier": "Silver"}),
        ("asset_tag= tier=gold", {"tier": "Gold"}),
        ("seats=1 seats=2", {"seats": "2"}),
        ("parts=Battery,screen", {"parts": "Screen\nBattery"}),
        ("owner=me", {"owner": "web:bo"}),
    ],
)
async def test_a_field_is_set_by_its_name(at_work: DeskAtWork, typed: str, held: dict[str, str]) -> None:
    await at_work.types(BO, f"/desk set IT-1 seats=9 {typed}")
    assert (await at_work.ticket()).fields == {"seats": "9"} | held


async def test_a_field_is_called_by_its_label_too_in_the_agents_language(at_work: DeskAtWork) -> None:
    german = replace(BO, language="de")
    answer = await at_work.types(german, "/desk set IT-1 Inventarnummer=L-204 seats=1.200,5")
    assert (await at_work.ticket()).fields == {"asset_tag": "L-204", "seats": "1200.5"}
    saved = "Inventarnummer = L-204 und Seats = 1.200,5"
    assert answer == said("answers.fields_set", language="de", reference="IT-1", fields=saved)


async def test_what_is_so_already_changes_nothing(at_work: DeskAtWork) -> None:
    await at_work.types(BO, "/desk set IT-1 tier=gold")
    answer = await at_work.types(BO, "/desk set IT-1 tier=Gold")
    assert answer == said("refusals.already_set", reference="IT-1")


async def test_requesters_set_nothing_and_read_no_field_of_agents(at_work: DeskAtWork) -> None:
    refused = await at_work.types(ANA, "/desk set IT-1 tier=gold")
    assert (await at_work.ticket()).fields == {}
    assert "Tier" not in refused


async def test_names_then_values_are_completed(at_work: DeskAtWork) -> None:
    assert await offered(at_work, "ti") == ["tier="]
    assert await offered(at_work, "tier=") == ["tier=Gold", "tier=Silver"]
    assert await offered(at_work, "tier=gold as") == ["tier=gold asset_tag="]
    assert await offered(at_work, "asset_tag=1 parts=dock") == ['asset_tag=1 parts="Docking station"']
    assert await offered(at_work, "insured=y") == ["insured=Yes"]
    assert await offered(at_work, "nothing=") == []
    assert "asset_tag=" in await offered(at_work, "", ticket=None)


async def test_a_subject_is_one_line_of_some_words(at_work: DeskAtWork) -> None:
    answer = await at_work.types(BO, "/desk subject IT-1  The mouse \n of Ana")
    assert said("answers.subject_set", reference="IT-1", subject="The mouse of Ana") in answer
    assert (await at_work.ticket()).subject == "The mouse of Ana"
    again = await at_work.types(BO, "/desk subject IT-1 The mouse of Ana")
    assert said("refusals.already_called", reference="IT-1") in again
