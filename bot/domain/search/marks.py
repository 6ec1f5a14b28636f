"""Where in somebody's words a search was found: the spans to be marked, and the part of the text around them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.normalised_text import UNSPACED
from bot.domain.search.stems import Variant
from bot.domain.search.words import index_words

AROUND = 120
"""Characters of an excerpt, about."""
BEFORE = 50
"""Characters before what was found, at most, unless the sentence begins nearer."""
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?:;]\s")

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text in one line, and the places in it that were found. `terms` is how many of those looked for."""

    text: str
    marks: tuple[tuple[int, int], ...]
    terms: int = 0


def excerpt_of(text: str, terms: Sequence[Iterable[Variant]]) -> Excerpt | None:
    """The sentence around the first place where a term stands; None where none does."""
    line = re.sub(r"\s", " ", text)
    by_term = [_merged(span for each in term for span in spans(line, each)) for term in terms]
    marks = _merged(span for found in by_term for span in found)
    if not marks:
        return None
    begin, end = _cut(line, marks[0])
    before, after = ("…" if begin else ""), ("…" if end < len(line) else "")
    kept = [(max(since, begin), min(until, end)) for since, until in marks if begin <= since < end]
    shift = len(before) - begin
    return Excerpt(
        text=f"{before}{line[begin:end]}{after}",
        marks=tuple((since + shift, until + shift) for since, until in kept),
        terms=sum(map(bool, by_term)),
    )


def spans(text: str, variant: Variant) -> Spans:
    """Every place in the text where these words stand side by side."""
    if all(UNSPACED.fullmatch(word) for word in variant.words):
        written = re.escape("".join(variant.words))
        return [found.span() for found in re.finditer(written, text)]
    words = [(found.span(), "".join(index_words(found[0]))) for found in _WORD.finditer(text)]
    many = len(variant.words)
    return [
        (words[place][0][0], words[place + many - 1][0][1])
        for place in range(len(words) - many + 1)
        if _stands([word for _, word in words[place : place + many]], variant)
    ]


def _stands(words: list[str], variant: Variant) -> bool:
    *before, last = variant.words
    is_last = words[-1].startswith(last) if variant.is_prefix else words[-1] == last
    return is_last and words[:-1] == before


def _merged(found: Iterable[tuple[int, int]]) -> Spans:
    """In order, those that overlap made one."""
    made: Spans = []
    for since, until in sorted(found):
        if made and since < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], until))
        else:
            made.append((since, until))
    return made


def _cut(line: str, first: tuple[int, int]) -> tuple[int, int]:
    """From the beginning of the sentence, or a word near what was found, to the end of a word."""
    begin = 0
    if first[0] > BEFORE:
        near = line[first[0] - BEFORE : first[0]]
        ends = [found.end() for found in _SENTENCE_END.finditer(near)]
        begin = first[0] - BEFORE + (ends[-1] if ends else near.find(" ") + 1)
    end = max(begin + AROUND, first[1])
    if end >= len(line):
        return begin, len(line)
    space = line.rfind(" ", first[1], end)
    return begin, space if space > 0 else end
