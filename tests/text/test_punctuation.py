"""What people typed ends as they like, so no sentence puts its own full stop right behind it."""

import re
from pathlib import Path

import pytest

LOCALES = Path(__file__).parents[2] / "bot" / "text" / "locales"
TYPED = re.compile(r"\{(?:subject|text|comment)\}[.?!]")


@pytest.mark.parametrize("language", sorted(each.name for each in LOCALES.iterdir() if each.is_dir()))
def test_what_people_typed_stands_in_quotation_marks_before_a_full_stop(language: str) -> None:
    found = [
        f"{catalogue.stem}: {line}"
        for catalogue in sorted((LOCALES / language / "LC_MESSAGES").glob("*.po"))
        for line in catalogue.read_text(encoding="utf-8").splitlines()
        if TYPED.search(line)
    ]
    assert found == []
