"""What the papers tell a reader to type exists."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from adapters.discord.permissions import NEEDED, USEFUL, label_of
from adapters.slack.manifest import SCOPES
from bot.__main__ import COMMANDS
from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.commands.catalogue import all_commands
from bot.config import load_desk
from bot.domain.assistant.language_model import SETTINGS as MODEL_SETTINGS
from bot.domain.lookups.lookup import SETTINGS as LOOKUP_SETTINGS
from bot.domain.sessions.identity_provider import SETTINGS as SIGN_IN_SETTINGS
from bot.settings import Settings, variable_for
from bot.text.catalogue import languages
from tests.project.papers import CONTRIBUTING, DOCS, FOR_USERS, PROJECT, RUNNING, blocks_of, name_of, text_of

FIRST_WORDS = {name.partition(" ")[0] for name in COMMANDS}
WHOLE_DESK = RUNNING / "configuration.md"


@pytest.mark.parametrize("paper", FOR_USERS, ids=name_of)
def test_every_setting_that_is_named_exists(paper: Path) -> None:
    named = set(re.findall(r"\b(?:DESKBELL|SLACK|DISCORD)_[A-Z_]+", text_of(paper)))
    ours = {
        each for each in named if not each.startswith((LOOKUP_SETTINGS, MODEL_SETTINGS, SIGN_IN_SETTINGS))
    }
    assert ours <= {variable_for(name) for name in Settings.model_fields}


def test_settings_are_found_in_the_papers() -> None:
    named = {name for paper in FOR_USERS for name in re.findall(r"\b[A-Z]+_[A-Z_]+", text_of(paper))}
    assert {"DESKBELL_PUBLIC_URL", "SLACK_BOT_TOKEN", "DISCORD_BOT_TOKEN"} <= named


@pytest.mark.parametrize("paper", [*FOR_USERS, CONTRIBUTING], ids=name_of)
def test_every_make_target_that_is_named_exists(paper: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(PROJECT / "Makefile"), flags=re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", text_of(paper))) | set(
        re.findall(r"^(?:.*&& )?make ([a-z-]+)", text_of(paper), flags=re.MULTILINE)
    )
    assert named <= targets


def test_contributors_read_of_every_make_target_for_people() -> None:
    for_people = set(re.findall(r"^([a-z-]+):.*## \w", text_of(PROJECT / "Makefile"), flags=re.MULTILINE))
    rows = set(re.findall(r"^\| `make ([a-z-]+)`", text_of(CONTRIBUTING), flags=re.MULTILINE))
    assert rows == for_people - {"help"}


def test_make_docs_renews_every_file_that_is_made_from_the_code() -> None:
    recipe = re.search(r"^docs:.*\n((?:\t.*\n)+)", text_of(PROJECT / "Makefile"), flags=re.MULTILINE)
    assert recipe
    renewed = {line.split()[-1] for line in recipe[1].splitlines()}
    assert renewed == {
        "docs/answering.md",
        "docs/running/reference.md",
        "deploy/slack-manifest.yaml",
        "deploy/desk.schema.json",
    }


def test_every_command_at_the_terminal_that_is_named_exists() -> None:
    named = {
        name
        for paper in FOR_USERS
        for name in re.findall(
            r"(?:^|`|/bin/|exec desk )deskbell ([a-z-]+)", text_of(paper), flags=re.MULTILINE
        )
    }
    assert len(named) > 8
    assert named <= FIRST_WORDS


def test_the_guide_for_operators_names_every_command_at_the_terminal() -> None:
    operate = text_of(RUNNING / "operate.md")
    rows = set(re.findall(r"^\| `deskbell ([a-z-]+)`", operate, flags=re.MULTILINE))
    assert rows | {"demo"} == FIRST_WORDS


@pytest.mark.parametrize("paper", FOR_USERS, ids=name_of)
def test_every_command_in_chat_that_is_named_exists(paper: Path) -> None:
    verbs = {(command.group, verb) for command in all_commands() for verb in (command.verb, *command.aliases)}
    in_menus = {(group, verb) for group, verb in verbs if group == "desk"}
    grouped = re.findall(r"`/desk (?:team|ticket|alert) ([a-z-]+)", text_of(paper))
    named = re.findall(r"`/(ticket|desk|desk-admin) (?!(?:team|ticket|alert) )([a-z-]+)", text_of(paper))
    assert set(named) <= verbs
    assert {("desk", verb) for verb in grouped} <= in_menus


def test_every_verb_for_agents_is_explained_to_them() -> None:
    """In words, besides the table that is made from the code."""
    explained = text_of(DOCS / "answering.md").partition("## Every command")[0]
    explained += text_of(DOCS / "leading.md") + text_of(DOCS / "asking.md") + text_of(WHOLE_DESK)
    listed = [command for command in all_commands() if command.is_listed and command.group != "desk-admin"]
    buttons = {
        "desk reply",
        "desk note",
        "desk resolve",
        "desk close",
        "desk reopen",
        "ticket reopen",
        "ticket reply",
    }
    names = {f"{command.group} {command.verb}" for command in listed} - buttons
    assert sorted(name for name in names if f"/{name}" not in explained) == []


def test_make_says_what_each_of_its_targets_for_people_does() -> None:
    makefile = text_of(PROJECT / "Makefile")
    for target in ("help", "demo", "test", "check", "bench", "lock", "clean"):
        assert re.search(rf"^{target}:.*## \w", makefile, flags=re.MULTILINE), target


@pytest.mark.parametrize(
    ("paper", "teams"),
    [
        ("slack.md", [{"service-desk"}]),
        ("discord.md", [{"helpers"}, {"pine-helpers", "oak-helpers"}]),
        ("configuration.md", [{"service-desk", "network"}]),
    ],
)
def test_the_desks_in_the_guides_are_accepted(paper: str, teams: list[set[str]], tmp_path: Path) -> None:
    path = tmp_path / "desk.yaml"
    found = []
    for desk in whole_desks(RUNNING / paper):
        path.write_text(desk, encoding="utf-8")
        found.append(set(load_desk(path, KNOWN_PLATFORMS).teams))
    assert found == teams


def test_each_part_and_each_recipe_for_leads_is_accepted_with_the_desk_in_the_guide(tmp_path: Path) -> None:
    (whole,) = whole_desks(WHOLE_DESK)
    parts = [block for block in blocks_of(WHOLE_DESK, "yaml") if block != whole]
    recipes = blocks_of(DOCS / "leading.md", "yaml")
    assert parts
    assert len(recipes) > 3
    for name in re.findall(r"\S+\.ics", "".join(recipes)):
        (tmp_path / name).write_text(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nEND:VCALENDAR\r\n", encoding="utf-8"
        )
    for recipe in (*parts, *recipes):
        together = overlaid(yaml.safe_load(whole), yaml.safe_load(recipe))
        (tmp_path / "desk.yaml").write_text(yaml.safe_dump(together), encoding="utf-8")
        load_desk(tmp_path / "desk.yaml", KNOWN_PLATFORMS)


def whole_desks(paper: Path) -> list[str]:
    """Those that stand by themselves; the paper's others are parts of one."""
    return [block for block in blocks_of(paper, "yaml") if "desk" in yaml.safe_load(block)]


def overlaid(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: overlaid(below[key], above[key])
        if isinstance(below.get(key), dict) and isinstance(above.get(key), dict)
        else above.get(key, below.get(key))
        for key in {**below, **above}
    }


def test_the_guide_says_what_each_of_slacks_scopes_is_for() -> None:
    rows = re.findall(r"^\| `([a-z_.]+(?::[a-z_.]+)?)` \|", text_of(RUNNING / "slack.md"), flags=re.MULTILINE)
    assert set(SCOPES) <= set(rows)


def test_the_guide_says_what_each_of_discords_permissions_is_for() -> None:
    rows = re.findall(r"^\| ([A-Z][A-Za-z ]+) \|", text_of(RUNNING / "discord.md"), flags=re.MULTILINE)
    assert {label_of(name) for name in (*NEEDED, *USEFUL)} <= set(rows)


def test_the_guide_names_the_languages_that_deskbell_speaks() -> None:
    section = text_of(WHOLE_DESK).partition("## Languages")[2].partition("\n\n|")[0]
    assert set(re.findall(r"\(`([a-z]{2})`\)", section)) == set(languages())
