"""Every library is pinned and hashed, whichever lock is installed from, and by no particular index."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
LOCKS = (
    "requirements.lock",
    "requirements-answers.lock",
    "requirements-sign-in.lock",
    "requirements-build.lock",
    "requirements-dev.lock",
    "requirements-docs.lock",
)


def pins(lock: str) -> dict[str, str]:
    """Each pin, with its condition if it has one, and its hashes."""
    text = re.sub(r"^\s*#.*\n", "", (PROJECT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
    entries = [entry.split(" \\\n", 1) for entry in re.split(r"\n(?=\S)", text.strip())]
    return {pin: hashes.strip() for pin, hashes in entries}


def names(lock: str) -> set[str]:
    return {pin.partition("==")[0] for pin in pins(lock)}


@pytest.mark.parametrize("lock", LOCKS)
def test_each_library_has_one_version_and_hashes(lock: str) -> None:
    for pin, hashes in pins(lock).items():
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z,]+\])?==[^ ]+( ; .+)?", pin)
        assert hashes.startswith("--hash=sha256:")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index(lock: str) -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links", (PROJECT / lock).read_text(encoding="utf-8"))


@pytest.mark.parametrize("lock", LOCKS[:4])
def test_the_development_lock_holds_the_others(lock: str) -> None:
    assert pins(lock).items() <= pins("requirements-dev.lock").items()


def test_the_site_is_built_with_the_versions_that_development_has() -> None:
    development = {pin.partition(" ")[0] for pin in pins("requirements-dev.lock")}
    shared = names("requirements-docs.lock") & names("requirements-dev.lock")
    site = {pin.partition(" ")[0] for pin in pins("requirements-docs.lock")}
    assert shared
    assert {pin for pin in site if pin.partition("==")[0] in shared} <= development


def test_what_the_project_asks_for_is_locked() -> None:
    asked = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = asked["dependency-groups"]
    assert canonical(asked["project"]["dependencies"]) <= names("requirements.lock")
    assert canonical(asked["project"]["optional-dependencies"]["answers"]) <= names(
        "requirements-answers.lock"
    )
    assert canonical(asked["project"]["optional-dependencies"]["sign-in"]) <= names(
        "requirements-sign-in.lock"
    )
    assert canonical(groups["build"]) <= names("requirements-build.lock")
    assert canonical(groups["docs"]) <= names("requirements-docs.lock")
    assert canonical(entry for entry in groups["dev"] if isinstance(entry, str)) <= names(
        "requirements-dev.lock"
    )


def canonical(requirements: Iterable[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", entry) for entry in requirements)
    return {re.sub(r"[._-]+", "-", name[0]).lower() for name in found if name}
