"""What the page says, by key and facts, in the language that its tests' browsers ask for."""

import json
import re
from pathlib import Path

STATIC = Path(__file__).parents[1] / "adapters" / "web" / "static"
ENGLISH = json.loads((STATIC / "words" / "en.json").read_text(encoding="utf-8"))


def on_page(key: str, **facts: str | int) -> str:
    """The English text. Raises KeyError for a key that there is not, and for facts left out."""
    entry = ENGLISH[key]
    form = entry if isinstance(entry, str) else entry["one" if facts["count"] == 1 else "other"]
    return re.sub(r"\{(\w+)\}", lambda found: _written(facts[found[1]]), form)


def _written(fact: str | int) -> str:
    return f"{fact:,}" if isinstance(fact, int) else fact
