"""Values as YAML in one line, as people would write them."""

import json
import re
from collections.abc import Mapping
from typing import Final

from bot.domain.settings.file_change import FileValue

_PLAIN: Final = re.compile(r"[^\W_][\w@./+%€$ -]*(?::[\w@.+/-]+)?")
"""What YAML takes for text as it stands, in a list in brackets too; a colon ends no key there."""
_SURPRISES: Final = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def inline(value: FileValue) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {inline(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(map(inline, value)) + "]"


def scalar(text: str) -> str:
    """In quotes where it would be read as something else."""
    is_plain = _PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in _SURPRISES
    return text if is_plain else json.dumps(text, ensure_ascii=False)
