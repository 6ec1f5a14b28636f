"""What the papers tell a reader to type exists."""

import re
from pathlib import Path

import pytest

from adapters.discord.permissions import NEEDED, USEFUL, title_of
from adapters.slack.manifest import SCOPES
from bot.__main__ import COMMANDS
from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.settings import Settings, variable_for

FIRST_WORDS = {name.partition(" ")[0] for name in COMMANDS}
PROJECT = Path(__file__).parents[2]
PAPERS = [PROJECT / "README.md", PROJECT / "deploy" / "runbook.md"]
CONTRIBUTING = PROJECT / "CONTRIBUTING.md"


def text_of(paper: Path) -> str:
    return paper.read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(paper: Path) -> None:
    named = set(re.findall(r"DESKBELL_[A-Z_]+", text_of(paper)))
    assert named <= {variable_for(name) for name in Settings.model_fields}


@pytest.mark.parametrize("paper", [*PAPERS, CONTRIBUTING], ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(paper: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(PROJECT / "Makefile"), flags=re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", text_of(paper))) | set(
        re.findall(r"^make ([a-z-]+)", text_of(paper), flags=re.MULTILINE)
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
    assert renewed == {"README.md", "deploy/slack-manifest.yaml", "deploy/desk.schema.json"}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(paper: Path) -> None:
    named = re.findall(r"(?:^|`|/bin/|exec desk )deskbell ([a-z-]+)", text_of(paper), flags=re.MULTILINE)
    assert named
    assert set(named) <= FIRST_WORDS


def test_the_readme_names_every_command() -> None:
    rows = set(re.findall(r"^\| `deskbell ([a-z-]+)`", text_of(PROJECT / "README.md"), flags=re.MULTILINE))
    assert rows | {"demo"} == FIRST_WORDS


def test_make_says_what_each_of_its_targets_for_people_does() -> None:
    makefile = text_of(PROJECT / "Makefile")
    for target in ("help", "demo", "test", "check", "bench", "lock", "clean"):
        assert re.search(rf"^{target}:.*## \w", makefile, flags=re.MULTILINE), target


def test_the_desks_in_the_readme_are_accepted(tmp_path: Path) -> None:
    desks = re.findall(r"```yaml\n(.*?)```", text_of(PROJECT / "README.md"), flags=re.DOTALL)
    path = tmp_path / "desk.yaml"
    teams = []
    for desk in desks:
        path.write_text(desk, encoding="utf-8")
        teams.append(set(load_desk(path, KNOWN_PLATFORMS).teams))
    assert teams == [
        {"service-desk"},
        {"helpers"},
        {"pine-helpers", "oak-helpers"},
        {"service-desk", "network"},
    ]


def test_the_readme_says_what_each_of_slacks_scopes_is_for() -> None:
    rows = re.findall(
        r"^\| `([a-z_.]+(?::[a-z_.]+)?)` \|", text_of(PROJECT / "README.md"), flags=re.MULTILINE
    )
    assert set(SCOPES) <= set(rows)


def test_the_readme_says_what_each_of_discords_permissions_is_for() -> None:
    rows = re.findall(r"^\| ([A-Z][A-Za-z ]+) \|", text_of(PROJECT / "README.md"), flags=re.MULTILINE)
    assert {title_of(name) for name in (*NEEDED, *USEFUL)} <= set(rows)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_setting_for_a_platform_that_is_named_exists(paper: Path) -> None:
    named = set(re.findall(r"\b(?:SLACK|DISCORD)_[A-Z_]+", text_of(paper)))
    assert named <= {variable_for(name) for name in Settings.model_fields}
