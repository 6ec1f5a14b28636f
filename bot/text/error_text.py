"""What the domain wants said, said: sentences and errors with their facts, in one language."""

from datetime import datetime, timedelta

from bot.domain.errors import DeskbellError, TechnicalError
from bot.domain.sentence import Fact, OneOf, Sentence
from bot.messages.outbound import Moment, RichText
from bot.messages.plain import in_backticks
from bot.text.amounts import length, listed_texts
from bot.text.catalogue import FALLBACK
from bot.text.sentences import joined, say


def tell(language: str, sentence: Sentence) -> RichText:
    """The sentence in this language.

    Raises KeyError for a key that is in no catalogue, and for a fact that is missing.
    """
    return say(
        language, sentence.key, **{name: _span(language, fact) for name, fact in sentence.facts.items()}
    )


def explain(language: str, error: DeskbellError) -> RichText:
    """Everything an error says, one sentence after the other."""
    return joined(*(tell(language, each) for each in error.sentences))


def in_english(error: DeskbellError) -> str:
    """For logs and the terminal, a line for each thing to fix; what people can type is between backticks."""
    if isinstance(error, TechnicalError):
        return "\n".join(map(english, error.lines))
    return in_backticks(explain(FALLBACK, error))


def english(said: Sentence) -> str:
    """For logs and the terminal: what people can type is between backticks."""
    return in_backticks(tell(FALLBACK, said))


def _span(language: str, fact: Fact) -> str | int | Moment | RichText:
    match fact:
        case Sentence():
            return tell(language, fact)
        case datetime():
            return Moment(fact)
        case timedelta():
            return length(fact.total_seconds(), language)
        case tuple():
            return listed_texts([_part(language, each) for each in fact], language)
        case OneOf():
            return listed_texts([_part(language, each) for each in fact.values], language, choice=True)
        case _:
            return fact


def _part(language: str, part: str | Sentence) -> RichText:
    return (part,) if isinstance(part, str) else tell(language, part)
