"""Slack's markup, for the places that take nothing else: fields, context lines and what notifications show.

What people wrote is defused: brackets are escaped, and the signs of bold, italics and the like are kept
from pairing. https://docs.slack.dev/messaging/formatting-message-text
"""

from datetime import datetime
from typing import assert_never

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

FALLBACK_LIMIT = 1_000
"""Characters of a message's `text`, which notifications and screen readers use; `chat.update` takes 4,000."""
DATE = "{date_short_pretty}, {time}"
"""Where a message is kept current, or soon gone: `today, 4:30 PM`. Clients work out the day anew whenever they show
it, so that a sentence which stays would read "until yesterday"."""
DATE_THAT_STAYS = "{date_short}, {time}"
DATE_IN_WORDS = "\u200b{date_long}, {time}"
"""Within a sentence: `Tuesday, March 3rd, 2026, 10:30 AM`, in each reader's language.

Clients begin what a date shows with a capital letter; the space of no width is what they take for it.
https://docs.slack.dev/messaging/formatting-message-text/#date-formatting
"""
_WORD_JOINER = "\u2060"
_MARKS = str.maketrans({mark: f"{_WORD_JOINER}{mark}{_WORD_JOINER}" for mark in "*_~`"})


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(text: str) -> str:
    """A short text of people's, such as a name, as it was written."""
    return escape(text.translate(_MARKS))


def date_tag(at: datetime) -> str:
    """An instant in each reader's own zone, without an edit."""
    return f"<!date^{int(at.timestamp())}^{DATE}|{plain_moment(at)}>"


def plain_moment(at: datetime) -> str:
    return f"{at.isoformat(' ', 'minutes')[:16]} UTC"


def moment_words(span: Moment) -> str:
    """For where Slack cannot tell the reader's zone."""
    return span.words or plain_moment(span.at)


def fallback(text: RichText) -> str:
    """What notifications show: names and dates as plain words, so that it pings nobody by itself."""
    said = "".join(_words(span) for span in text).strip()
    return escape(cut(said, FALLBACK_LIMIT))


def _words(span: Span) -> str:
    match span:
        case str():
            return span
        case Bold() | Code() | Quote() | Preformatted():
            return span.text
        case Moment():
            return moment_words(span)
        case Mention():
            return f"@{span.name}"
        case MessageLink():
            return span.label
        case never:
            assert_never(never)
