"""The page's own words: a file a language, of which a reader is sent their own."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from adapters.web.page.assets import STATIC
from bot.text.catalogue import FALLBACK

WORDS = STATIC / "words"


@cache
def page_languages() -> tuple[str, ...]:
    """In which the page can be read."""
    return tuple(sorted(path.stem for path in WORDS.glob("*.json")))


def page_words(language: str) -> dict[str, Any]:
    """In this language, such as `de` or `de-AT`, or the nearest there is; English where a text is missing."""
    base = language.partition("-")[0].lower()
    spoken = base if base in page_languages() else FALLBACK
    texts = {
        text: said for each in (FALLBACK, spoken) for text, said in _read(WORDS / f"{each}.json").items()
    }
    return {"language": spoken, "texts": texts}


def _read(path: Path) -> dict[str, Any]:
    texts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return texts
