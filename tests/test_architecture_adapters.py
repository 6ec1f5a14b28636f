"""The shape of the adapters, and that the desk knows no platform by its name."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.bootstrap.platforms import FACTORIES
from bot.ports.platform import Capabilities

PROJECT = Path(__file__).parents[1]
PLATFORMS = sorted(path.parent for path in (PROJECT / "adapters").glob("*/platform.py"))
OUTSIDE = ("slack", "discord", "webhook")
"""Platforms that others run. The browser workspace is a chat server itself, with rooms of its own."""
ROOMS = {"api", "render", "delivery", "events", "interactions"}
MAY_NAME_PLATFORMS = ("bot/bootstrap/", "bot/settings.py")
OTHER_MEANINGS = {
    # A step of an escalation policy has the key `webhook`, in desk.yaml as in what is stored of the policy.
    ("bot/config/schema/webhooks.py", "webhook"),
    ("bot/config/file/field_types.py", "webhook"),
    ("bot/domain/escalations/escalation.py", "webhook"),
    # The library's logger, among those of other libraries.
    ("bot/logging_setup.py", "discord"),
}


def modules(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        yield path.relative_to(PROJECT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_every_platform_has_a_class_named_after_its_folder() -> None:
    lacking = [
        folder.name
        for folder in PLATFORMS
        if not re.search(
            rf"^class {folder.name}platform\b",
            (folder / "platform.py").read_text(encoding="utf-8"),
            re.IGNORECASE | re.MULTILINE,
        )
    ]
    assert lacking == []
    assert {folder.name for folder in PLATFORMS} == {*OUTSIDE, "web"}


def test_an_adapter_has_the_rooms_that_it_needs_and_no_others() -> None:
    others = {
        folder.name: rooms - ROOMS
        for folder in PLATFORMS
        if folder.name in OUTSIDE
        and (rooms := {each.parent.name for each in folder.glob("*/__init__.py")}) - ROOMS
    }
    assert others == {}


def test_every_platform_says_what_it_is_called_and_can_do_and_is_made_by_it() -> None:
    assert set(KNOWN_PLATFORMS) == set(FACTORIES) == {folder.name for folder in PLATFORMS}


def test_what_a_platform_can_do_is_asked_only_where_the_desk_reads_it() -> None:
    read = {
        node.attr
        for place, tree in modules(PROJECT / "bot")
        if not place.startswith(MAY_NAME_PLATFORMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    assert {field.name for field in fields(Capabilities)} - read == set()


def test_the_desk_knows_no_platform_by_its_name() -> None:
    names = {text for name in KNOWN_PLATFORMS for text in (name, f"{name}:")}
    found = {
        (place, node.value)
        for place, tree in modules(PROJECT / "bot")
        if not place.startswith(MAY_NAME_PLATFORMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in names
    }
    assert found - OTHER_MEANINGS == set()
    assert OTHER_MEANINGS - found == set(), "what is no longer there is no exception"


def test_what_adapters_share_names_no_platform() -> None:
    named = [
        f"{place}: {name}"
        for place, tree in modules(PROJECT / "adapters" / "kit")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for name in ("Slack", "Discord")
        if name in node.value
    ]
    assert named == []
