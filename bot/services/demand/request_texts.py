"""Requests as they are compared, and the words that people wrote where a comparison knows stems."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.domain.demand.likeness import LONGEST_TEXT, RequestText, stems_of, written_in
from bot.domain.search.words import index_words
from bot.ports.storage.demand import AskedRequest


def request_text(request: AskedRequest) -> RequestText:
    """What is compared of it."""
    return text_of(request.id, request.subject, request.words.split(), language=request.language)


def text_of(identity: int, subject: str, words: Sequence[str], *, language: str) -> RequestText:
    """The same of a request with these words, as they are indexed; `language` is its requester's."""
    said = tuple(words[:LONGEST_TEXT])
    return RequestText(
        id=identity,
        subject=tuple(index_words(subject)),
        text=said,
        language=written_in(said, otherwise=language),
    )


def spellings(texts: Sequence[RequestText], stems: Sequence[str]) -> Mapping[str, str]:
    """Of each stem the word that is written most often; nothing of one that nobody wrote."""
    written: dict[str, Counter[str]] = {stem: Counter() for stem in stems}
    for text in texts:
        for word, stem in stems_of((*text.subject, *text.text), text.language):
            if stem in written:
                written[stem][word] += 1
    return {
        stem: min(words, key=lambda word: (-words[word], word)) for stem, words in written.items() if words
    }
