"""Discord's markdown: people's words stay words, and only the desk's own spans are bold, a mention or a link.

https://support.discord.com/hc/en-us/articles/210298617 and
https://discord.com/developers/docs/reference#message-formatting. Code between backticks stays as it is, for nothing
in it is markup and people paste it; so do web addresses, which a backslash would break.
"""

import re
from collections.abc import Callable
from typing import assert_never

from adapters.discord.api.addresses import user_of
from adapters.kit.text import cut
from bot.messages.outbound import (
    Bold,
    Code,
    Mention,
    MessageLink,
    Moment,
    Preformatted,
    Quote,
    RichText,
    Span,
)

_LITERAL = re.compile(r"```.+?```|(?<!`)`[^`\n]+`(?!`)|https?://[^\s<>]+", re.DOTALL)
_SIGNS = re.compile(r"[\\*_~|`\[\]<]")
_LINE_SIGNS = re.compile(r"^(\s*)(#{1,3}(?=\s)|-(?=[#\s])|>|\+(?=\s)|(?<!\S)\d+(?=[.)]\s))", re.MULTILINE)

BACKTICK = "\N{MODIFIER LETTER GRAVE ACCENT}"
"""What stands in code for a backtick, which would end it."""

LinkOf = Callable[[MessageLink], str]
"""The address of a message; empty where it has none that everybody who reads it could open."""


def no_links(_link: MessageLink) -> str:
    return ""


def escape(text: str) -> str:
    """So that it reads as it was written."""
    pieces, at = [], 0
    for found in _LITERAL.finditer(text):
        pieces += [_escaped(text[at : found.start()], is_line_start=_is_line_start(text, at)), found[0]]
        at = found.end()
    pieces.append(_escaped(text[at:], is_line_start=_is_line_start(text, at)))
    return "".join(pieces)


def rich(text: RichText, *, link_of: LinkOf = no_links, meant: frozenset[str] = frozenset()) -> str:
    """`meant` are the keys of those whom the message may ping; others are only named."""
    written = ""
    for span in text:
        if isinstance(span, Quote):
            written = f"{written.rstrip(chr(10))}\n" if written else ""
            written += quoted(span.text) + "\n"
        elif isinstance(span, Preformatted):
            written = f"{written.rstrip(chr(10))}\n" if written else ""
            written += block(span.text)
        else:
            written += _span(span, link_of, meant)
    return written.strip("\n")


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in escape(text).splitlines() or [""])


def block(text: str) -> str:
    """Lines of one width; a backtick in them would end it."""
    return f"```\n{text.replace('`', BACKTICK)}\n```\n" if text.strip() else ""


def small(text: str) -> str:
    """A line of small print."""
    return f"-# {escape(' '.join(text.split()))}"


def moment(span: Moment, style: str = "f") -> str:
    """Shown in each reader's own time zone: `f` with day and time, `F` with the weekday too.

    https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
    """
    return f"<t:{int(span.at.timestamp())}:{style}>"


def within(text: str, limit: int, *, write: Callable[[str], str] = escape) -> str:
    """Written in no more than `limit` signs, and cut between people's own, never behind a backslash of the desk's."""
    kept = min(len(text), limit)
    while len(written := write(cut(text, kept))) > limit:
        kept -= max(1, (len(written) - limit) // 3)
    return written


def _span(span: Span, link_of: LinkOf, meant: frozenset[str]) -> str:
    match span:
        case str():
            return escape(span)
        case Bold():
            return f"**{escape(span.text)}**" if span.text.strip() else escape(span.text)
        case Code():
            return f"`{span.text.replace('`', BACKTICK)}`" if span.text else ""
        case Quote():
            return quoted(span.text)
        case Preformatted():
            return block(span.text)
        case Moment():
            return moment(span, "F" if span.words else "f")
        case Mention():
            user = user_of(span.key)
            return f"<@{user}>" if user is not None and span.key in meant else escape(f"@{span.name}")
        case MessageLink():
            url = link_of(span) if span.label else ""
            return f"[{escape(span.label)}]({url})" if url else escape(span.label)
        case never:
            assert_never(never)


def _is_line_start(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _escaped(text: str, *, is_line_start: bool) -> str:
    text = _SIGNS.sub(lambda found: "\\" + found[0], text)
    if not is_line_start and "\n" not in text:
        return text
    head, newline, rest = ("", "", text) if is_line_start else text.partition("\n")
    return head + newline + _LINE_SIGNS.sub(_defused, rest)


def _defused(found: re.Match[str]) -> str:
    """A number keeps its digits and loses its full stop's meaning."""
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"
