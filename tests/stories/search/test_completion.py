"""The page completes a search while it is typed, with what its person may see."""

from typing import Any
from urllib.parse import urlencode

from tests.stories.office import Office


async def offered(office: Office, who: str, verb: str, typed: str) -> list[str]:
    asked = urlencode({"group": verb.split(maxsplit=1)[0], "verb": verb.split()[1], "typed": typed})
    found: list[dict[str, Any]] = await office.asks_page(who, f"/api/suggestions?{asked}")
    return [each["value"] for each in found]


async def test_filters_are_completed_for_those_who_may_use_them(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")

    assert await offered(office, "bo", "desk search", "mouse status:cl") == [
        "mouse status:cl",
        "mouse status:closed",
    ]
    assert await offered(office, "bo", "desk search", "from:an") == ["from:an", "from:web:ana"]
    assert await offered(office, "ana", "desk search", "status:cl") == []
    assert await offered(office, "ana", "ticket search", "fr") == ["fr"]
    assert await offered(office, "bo", "desk claim", "x") == []
    assert await offered(office, "ana", "ticket list", "cl") == ["closed"]
    assert await offered(office, "ana", "ticket list", "") == [], "Enter sends the command as it stands"
    assert await offered(office, "bo", "desk dance", "x") == []


async def test_the_page_knows_which_commands_are_completed(office: Office) -> None:
    commands = await office.asks_page("bo", "/api/commands")
    assert {(each["group"], each["verb"]) for each in commands if each["suggests"]} == {
        ("desk", "search"),
        ("ticket", "search"),
        ("ticket", "list"),
        ("desk", "view"),
        ("desk", "view-rename"),
        ("desk", "view-remove"),
        ("desk", "bulk"),
        ("desk", "macro"),
        ("desk", "macro edit"),
        ("desk", "macro remove"),
    }
