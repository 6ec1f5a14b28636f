"""How agents mark a message as an internal note where the requester would read it otherwise."""

import re
from typing import Final

_WORDS: Final = (
    r"(?:(?:internal|private|team) )?notes?|internal(?: only)?|team only"
    r"|(?:interne )?notiz|intern|nur (?:fürs|für das) team"
    r"|note interne|interne|nota(?: interna)?|interno|interna"
)
_MARK: Final = re.compile(
    rf"\s*[*_~`]{{0,3}}(?:(?:{_WORDS})[*_~`]{{0,3}}\s*:|[\[(](?:{_WORDS})[\])])", re.IGNORECASE
)


def is_marked_note(text: str) -> bool:
    """Whether it begins with `note:`, `[internal]`, `Notiz:` or another such word."""
    return _MARK.match(text) is not None
