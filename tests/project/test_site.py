"""The site has every paper, and is built with nothing that Deskbell or its tests need."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.project.papers import DECISIONS, PAPERS, PROJECT, name_of, text_of

SITE = PROJECT / "mkdocs.yml"


def in_navigation(entries: Any) -> Iterator[str]:
    for entry in entries if isinstance(entries, list) else entries.values():
        if isinstance(entry, str):
            yield entry
        else:
            yield from in_navigation(entry)


def test_every_paper_is_in_the_navigation_and_decisions_are_in_their_index() -> None:
    navigation = yaml.load(SITE.read_text(encoding="utf-8"), yaml.BaseLoader)["nav"]
    expected = [name_of(each) for each in PAPERS if each.parent != DECISIONS or each.name == "README.md"]
    assert sorted(in_navigation(navigation)) == sorted(expected)


def test_the_tools_of_the_site_stay_out_of_the_environment_of_the_tests() -> None:
    recipes = re.findall(
        r"^\S*/\.installed(?:-dev)?: .*\n(?:\t.*\n)+", text_of(PROJECT / "Makefile"), re.MULTILINE
    )
    assert [recipe for recipe in recipes if "requirements-docs.lock" in recipe] == [
        recipe for recipe in recipes if recipe.startswith("$(SITE_VENV)/")
    ]


@pytest.mark.parametrize("paper", PAPERS, ids=name_of)
def test_the_site_and_github_read_lists_alike(paper: Path) -> None:
    """Python-Markdown takes a list for one only after an empty line; GitHub does not mind."""
    prose = re.sub(r"^( *)```.*?^\1```", "", text_of(paper), flags=re.DOTALL | re.MULTILINE)
    assert re.findall(r"^(?!\s*(?:[-*|#<>]|\d+\.|$)|  ).+\n(?:[-*] |1\. ).*", prose, re.MULTILINE) == []
