"""Discord's markdown as a reader sees it: escapes do their work and small print is left out.

Rules: https://support.discord.com/hc/en-us/articles/210298617. What they do not say (what ends a span of code or a
web address) is as in the grammar that Discord's window is built on: https://github.com/ariabuckles/simple-markdown.
"""

import re
from collections.abc import Iterator

_BLOCK = re.compile(r"```(?:[a-z0-9_+\-.#]+?\n)?\n*[^\n][\s\S]*?\n*```", re.IGNORECASE)
_CODE = re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")
_ADDRESS = re.compile(r"https?://[^\s<]+[^<.,:;\"'\]\s]")
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_SMALL = re.compile(r"^-# .*$\n?", re.MULTILINE)
_MARKUP = re.compile(r"[*_~|\[\]`<]")
_LINE_MARKUP = re.compile(r"[^\S\n]*(#{1,3}\s|-#\s|[-*]\s|\d+\.\s|>\s|>>>)")


def as_read(text: str) -> str:
    return "".join(read for read, _ in _pieces(_SMALL.sub("", text))).rstrip("\n")


def markup(text: str) -> list[str]:
    """What Discord would take for markup of the message's author."""
    return [live for _, live in _pieces(text) if live]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """As it reads, and what of it is live markup. Code and addresses read as they are."""
    at = 0
    while at < len(text):
        verbatim = next(
            (found[0] for rule in (_BLOCK, _CODE, _ADDRESS) if (found := rule.match(text, at))), None
        )
        escaped = _ESCAPE.match(text, at)
        is_line_start = at == 0 or text[at - 1] == "\n"
        line = _LINE_MARKUP.match(text, at) if is_line_start else None
        if verbatim is not None:
            yield verbatim, ""
            at += len(verbatim)
        elif escaped is not None:
            yield escaped[1], ""
            at += 2
        else:
            live = line[1] if line is not None else ""
            yield text[at], live or (text[at] if _MARKUP.match(text[at]) else "")
            at += 1
