"""Sentences that people read, from the catalogue: `say` gives rich text, `words` plain.

What people wrote fills placeholders as spans, so it can never become markup.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from bot.messages.outbound import RichText, Span
from bot.messages.plain import plain
from bot.text.amounts import number
from bot.text.catalogue import FALLBACK, entry, has, languages


def say(language: str, key: str, **facts: Span | RichText | int) -> RichText:
    """The sentence in this language, its placeholders filled; `count` chooses the plural, numbers are written out.

    Raises KeyError for a key that is in no catalogue, and for a placeholder that is not filled.
    """
    count = facts.get("count")
    form = entry(language, key).form(count if isinstance(count, int) else None)
    return form.filled(
        {name: number(fact, language) if isinstance(fact, int) else fact for name, fact in facts.items()}
    )


def words(language: str, key: str, **facts: Span | RichText | int) -> str:
    """The same without looks, for labels, titles and files."""
    return plain(say(language, key, **facts)) if facts else _label(language, key)


@cache
def _label(language: str, key: str) -> str:
    """What nothing fills: a card has some thirty such."""
    return entry(language, key).form(None).unfilled


@cache
def translations(key: str) -> Mapping[str, str]:
    """The sentence in plain text, by language, in every one but English that says it."""
    return MappingProxyType(
        {
            language: words(language, key)
            for language in languages()
            if language != FALLBACK and has(language, key)
        }
    )


def joined(*texts: RichText, by: str = " ") -> RichText:
    """Those that say something, one after the other."""
    found: list[Span] = []
    for text in filter(None, texts):
        found += [by, *text] if found else text
    return tuple(found)
