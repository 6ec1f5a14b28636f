"""What Deskbell says, by key and facts: stories assert which sentence was said, not how it is worded."""

from bot.domain.errors import DeskbellError, Refused
from bot.domain.sentence import Fact, Sentence, sentence
from bot.messages.outbound import RichText, Span
from bot.messages.plain import in_plain_quotes, plain
from bot.text.error_text import english, explain, in_english, tell
from bot.text.sentences import words
from bot.workers.history.reader import ReadingTally


def said(key: str, *, language: str = "en", **facts: Span | RichText | int) -> str:
    """The sentence as plain text. Raises KeyError for a key that nothing says, and for facts left out."""
    return words(language, key, **facts)


def told(error: DeskbellError, *, language: str = "en") -> str:
    """What a refusal says, as plain text."""
    return plain(explain(language, error))


def because(reason: str) -> Sentence:
    """A reason in words of the test's own, such as a platform of the test gives."""
    return Sentence.from_json(reason)


def not_done(key: str = "refusals.failed") -> str:
    """What somebody reads whose command, button or form failed for no fault of theirs."""
    return said("refusals.not_done", reason=said(key))


def printed(key: str, **facts: Fact) -> str:
    """A sentence as the terminal says it, where what can be typed stands in plain quotes."""
    return in_plain_quotes(english(sentence(key, **facts)))


def in_terminal(error: DeskbellError) -> str:
    """What a refusal says in a terminal, where what can be typed stands in plain quotes."""
    return in_plain_quotes(in_english(error))


def no_team(text: str, *, meant: str) -> str:
    """What the terminal says of a team that there is not."""
    return in_terminal(
        Refused("commands.unknown_team", sentence("refusals.did_you_mean", word=meant), text=text)
    )


def recovered(*, requests: int = 0, replies: int = 0, changes: int = 0, failed: int = 0) -> str:
    """What operators read of a reading of the history that found so many."""
    tally = ReadingTally(requests=requests, replies=replies, changes=changes, failed=failed)
    return plain(tell("en", tally.sentence))
