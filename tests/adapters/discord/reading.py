"""Discord's markdown as a reader sees it: escapes do their work and small print is left out."""

import re

_ESCAPE = re.compile(r"\\([\\*_~|`\[\]<>#+.)-])")
_SMALL = re.compile(r"^-# .*$\n?", re.MULTILINE)


def as_read(text: str) -> str:
    return _ESCAPE.sub(r"\1", _SMALL.sub("", text)).rstrip("\n")
