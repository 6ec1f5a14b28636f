"""Words of people and of the desk as HTML: theirs are never markup, and addresses in them become links."""

import re
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from bot.messages.outbound import Bold, Code, MessageLink, Moment, Preformatted, Quote, RichText, Span
from bot.messages.plain import plain

if TYPE_CHECKING:
    from markupsafe import Markup

_TELLS_NOTHING = "nofollow noreferrer"
_REFERENCE = re.compile(r"[A-Z][A-Z0-9]{0,9}-\d{1,12}", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}»”’]")


def linked(text: str) -> "Markup":
    """What somebody wrote, in its own lines."""
    from markupsafe import Markup

    parts: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        address = escape(found[0])
        parts += [
            escape(text[at : found.start()]),
            f'<a href="{address}" rel="{_TELLS_NOTHING}">{address}</a>',
        ]
        at = found.end()
    return Markup("".join([*parts, escape(text[at:])]))  # noqa: S704  every part of it is escaped


def rich(text: RichText, *, told: Callable[[Moment], str] = lambda at: plain((at,))) -> "Markup":
    """What the desk says, as it looks in chat; `told` says an instant as the page has it."""
    from markupsafe import Markup

    parts = (escape(told(each)) if isinstance(each, Moment) else _span(each) for each in text)
    return Markup("".join(parts))  # noqa: S704  every part of it is escaped


def rich_with_links(
    text: RichText, *, tickets: str, told: Callable[[Moment], str] = lambda at: plain((at,))
) -> "Markup":
    """The same, with tickets' numbers that lead to their pages below the address `tickets`.

    `told` says an instant as its reader's clock has it.
    """
    from markupsafe import Markup

    return Markup("".join(_linked_span(each, tickets, told) for each in text))  # noqa: S704  every part is escaped


def _linked_span(span: Span, tickets: str, told: Callable[[Moment], str]) -> str:
    if isinstance(span, Moment):
        return escape(told(span))
    text = plain((span,))
    if isinstance(span, Bold | MessageLink) and _REFERENCE.fullmatch(text):
        return f'<a href="{tickets}/{escape(text)}">{escape(text)}</a>'
    return _span(span)


def _span(span: Span) -> str:
    text = escape(plain((span,)))
    match span:
        case Bold():
            return f"<strong>{text}</strong>"
        case Code():
            return f"<code>{text}</code>"
        case Preformatted():
            return f"<pre>{text}</pre>"
        case Quote():
            return f"<blockquote>{text}</blockquote>"
        case _:
            return text
