"""Rich text without looks, for logs, the terminal and platforms that show none."""

import re
from collections.abc import Callable

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

_IN_BACKTICKS = re.compile(r"`([^`\n]+)`")


def plain(text: RichText) -> str:
    """The text without looks, for logs, the terminal and platforms that show none. Instants in words, else in UTC."""
    return "".join(_plain_span(span) for span in text)


def quoted(text: RichText) -> str:
    """The same, what people can type in quotation marks: for a form's errors, which show no looks."""
    return "".join(f"“{span.text}”" if isinstance(span, Code) else _plain_span(span) for span in text)


def in_plain_quotes(sentence: str, *, typed: Callable[[str], str] = str) -> str:
    """What stands in backticks in plain quotes instead, for where backticks are shown as they are.

    `typed` may word what stood between them anew.
    """

    def quoted(found: re.Match[str]) -> str:
        words = typed(found[1])
        quote = "'" if '"' in words else '"'
        return f"{quote}{words}{quote}"

    return _IN_BACKTICKS.sub(quoted, sentence)


def _plain_span(span: Span) -> str:
    match span:
        case str():
            return span
        case Bold(text) | Code(text) | Quote(text):
            return text
        case Preformatted(text):
            return f"{text}\n"
        case Moment():
            return span.words or f"{span.at:%Y-%m-%d %H:%M} UTC"
        case Mention():
            return f"@{span.name}"
        case MessageLink():
            return span.label
