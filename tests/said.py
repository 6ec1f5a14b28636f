"""What Deskbell says, by key and facts: stories assert which sentence was said, not how it is worded."""

from bot.domain.errors import DeskbellError
from bot.messages.outbound import RichText, Span
from bot.messages.plain import plain
from bot.text.error_text import explain
from bot.text.sentences import words


def said(key: str, *, language: str = "en", **facts: Span | RichText | int) -> str:
    """The sentence as plain text. Raises KeyError for a key that nothing says, and for facts left out."""
    return words(language, key, **facts)


def told(error: DeskbellError, *, language: str = "en") -> str:
    """What a refusal says, as plain text."""
    return plain(explain(language, error))


def not_done(key: str = "refusals.failed") -> str:
    """What somebody reads whose command, button or form failed for no fault of theirs."""
    return said("refusals.not_done", reason=said(key))
