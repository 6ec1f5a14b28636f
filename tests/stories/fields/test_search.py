"""What custom fields hold is searched by agents, in any letter case; groups and languages of requesters too."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.fields.desk_with_fields import desk_with
from tests.stories.office import Office, open_office
from tests.stories.search.test_completion import offered

GROUPS = "\npeople:\n  groups: {floor: [web:dan, dora@example.org]}\n"


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    config = desk_with(tmp_path)
    config.write_text(config.read_text(encoding="utf-8") + GROUPS, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        for who, text in (("ana", "My laptop is dead"), ("dan", "My mouse is dead"), ("ana", "The vpn")):
            await office.says(who, "help-it", text)
        await office.types("bo", '/desk set IT-1 asset_tag="Second Floor" tier=gold owner=cleo')
        await office.types("bo", "/desk set IT-2 asset_tag=4711 tier=silver")
        yield office


async def found(office: Office, typed: str, who: str = "bo") -> set[str]:
    answer = await office.types(who, f"/desk search {typed}")
    return {each for each in ("IT-1", "IT-2", "IT-3") if each in answer}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('field:"asset_tag=second floor"', {"IT-1"}),
        ('field:"Asset tag=4711"', {"IT-2"}),
        ("field:tier=gold,tier=Silver", {"IT-1", "IT-2"}),
        ("field:tier=gold field:asset-tag=4711", set()),
        ("field:asset_tag", {"IT-1", "IT-2"}),
        ("-field:asset_tag", {"IT-3"}),
        ("field:owner=@cleo", {"IT-1"}),
        ("group:floor", {"IT-2"}),
        ("group:none", {"IT-1", "IT-3"}),
        ("-group:none", {"IT-2"}),
        ("group:web:@gone", set()),
        ("language:english -group:floor", {"IT-1", "IT-3"}),
        ("language:de", set()),
        ("tag:none", {"IT-1", "IT-2"}),
        ("category:none inbox:help-it from:@dan", {"IT-2"}),
        ("inbox:none", set()),
    ],
)
async def test_an_agent_finds_what_fields_hold_and_who_asked(
    office: Office, typed: str, expected: set[str]
) -> None:
    assert await found(office, typed) == expected


@pytest.mark.parametrize(
    ("typed", "text", "which"),
    [
        ("field:colour=red", "colour", "field:"),
        ("group:flor", "flor", "group:"),
        ("language:klingon", "klingon", "language:"),
    ],
)
async def test_what_there_is_not_is_refused_with_what_there_is(
    office: Office, typed: str, text: str, which: str
) -> None:
    answer = await office.types("bo", f"/desk search {typed}")
    assert said("search.unknown_value", text=text, filter=which) in answer
    assert ("floor" in answer) is (text == "flor")
    assert ("asset_tag" in answer) is (text == "colour")
    assert ("pt" in answer) is (text == "klingon")


async def test_a_field_without_a_value_and_a_requester_are_refused(office: Office) -> None:
    answer = await office.types("bo", "/desk search field:tier=")
    assert said("search.value_missing", filter="field:tier=") in answer
    own = await office.types("ana", "/ticket search field:tier=gold")
    assert said("search.unknown_filter", text="field") in own


async def test_fields_and_their_choices_groups_and_languages_are_completed(office: Office) -> None:
    assert "field:asset_tag=" in await offered(office, "bo", "desk search", "field:as")
    assert await offered(office, "bo", "desk search", "field:tier=s") == ["field:tier=s", "field:tier=Silver"]
    assert "field:insured=yes" in await offered(office, "bo", "desk search", "field:insured=y")
    assert await offered(office, "bo", "desk search", "group:fl") == ["group:fl", "group:floor"]
    assert "language:de" in await offered(office, "bo", "desk search", "language:germ")
    assert "tag:none" in await offered(office, "bo", "desk search", "tag:no")
