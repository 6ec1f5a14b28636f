"""The words of a passage and of a question, as they are compared: stems without accents, in a language's own way.

A passage is indexed by its own language; a question, of which only a few words are known, by each language that there
are passages in. A word that is written with hyphens counts joined as well: `Wi-Fi` is found by `wifi`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.domain.knowledge.article import Article
from bot.domain.knowledge.passage import Passage
from bot.domain.search.stems import stem_of
from bot.domain.search.stop_words import ASKING_WORDS, HOW_OFTEN_WORDS, STOP_WORDS
from bot.domain.search.words import index_words

HEADINGS_WEIGHT: Final = 2
"""Of a word in the title, a heading or a tag; one in the text weighs 1."""
FILLERS_WEIGHT: Final = 0.2
"""Of words that people write whatever they ask for, against one that says what it is about."""
MOST_TERMS: Final = 40
"""Words of a question that are looked for, the first ones."""
_HYPHENATED: Final = re.compile(r"[^\W_]+(?:[-\u2010\u2011'’][^\W_]+)+")
_ADDRESS: Final = re.compile(r"(?<=\])\([^)\s]*\)|<?https?://\S+", re.IGNORECASE)
_MARKS: Final = re.compile(r"[*`#|\[\]>_\\]+")
_FILLERS: Final = ASKING_WORDS | HOW_OFTEN_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTerm:
    """One word of a question: any of its stems means it. `weight` is up to 1."""

    stems: tuple[str, ...]
    weight: float = 1.0


def passage_words(article: Article, passage: Passage) -> list[str]:
    """The stems in no order that matters, each as often as it weighs: BM25 over them is BM25 with weighed fields."""
    headings = (passage.title, *passage.headings, *article.tags)
    return [
        *(HEADINGS_WEIGHT * _stems("\n".join(headings), article.language)),
        *_stems(passage.text, article.language),
    ]


def question_terms(question: str, languages: Iterable[str]) -> tuple[QuestionTerm, ...]:
    """The words that say what is asked, each once, in the order in which they were written."""
    by_language = tuple(dict.fromkeys(languages)) or ("en",)
    found: dict[tuple[str, ...], QuestionTerm] = {}
    for word in _words(question):
        stems = tuple(dict.fromkeys(stem_of(word, language) for language in by_language))
        weight = FILLERS_WEIGHT if word in _FILLERS else 1.0
        found.setdefault(stems, QuestionTerm(stems=stems, weight=weight))
    return tuple(found.values())[:MOST_TERMS]


def meant_text(passage: Passage, tags: Iterable[str]) -> str:
    """What a passage says with what stands above it, without addresses and the signs of Markdown."""
    text = _MARKS.sub(" ", _ADDRESS.sub(" ", passage.text))
    return "\n".join([passage.title, " ".join(passage.headings), " ".join(tags), text])


def telling_words(text: str) -> dict[str, float]:
    """The words that say what a text is about, as they are written but for case and accents, with their weights."""
    return {
        word: FILLERS_WEIGHT if word in _FILLERS else 1.0
        for word in index_words(text)
        if word not in STOP_WORDS
    }


def _stems(text: str, language: str) -> list[str]:
    return [stem_of(word, language) for word in _words(_ADDRESS.sub(" ", text))]


def _words(text: str) -> Iterator[str]:
    for word in index_words(text):
        if word not in STOP_WORDS:
            yield word
    for compound in _HYPHENATED.findall(text):
        yield "".join(index_words(compound))
