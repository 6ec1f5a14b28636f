"""`words`: a word or phrase is in the text."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Annotated, Self

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList, Word
from bot.domain.normalised_text import normalised
from bot.domain.routing.conditions import Condition
from bot.domain.routing.quotes import one_quoted, quoted
from bot.domain.routing.request import Facts, Lead
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Words(Condition):
    """One of these words or phrases stands in the text, as whole words.

    Entries are normalised; they are told as they are `written` in the file.
    """

    entries: tuple[str, ...]
    written: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, *entries: str) -> Self:
        """Raises ValueError for an entry without a letter or digit: it could never match."""
        written = {normalised(entry): " ".join(entry.split()) for entry in reversed(entries)}
        if not all(written):
            raise ValueError("a word needs at least one letter or digit")
        normal = tuple(dict.fromkeys(normalised(entry) for entry in entries))
        return cls(normal, tuple(written[entry] for entry in normal))

    def holds(self, facts: Facts) -> bool:
        return any(_is_said(entry, facts) for entry in self.entries)

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        if not holds:
            return sentence("routing.no_words", words=one_quoted(self.written))
        told = zip(self.entries, self.written, strict=True)
        found = [written for entry, written in told if _is_said(entry, facts)]
        if len(found) == 1:
            return sentence("routing.word", text=found[0])
        return sentence("routing.words", words=quoted(found))

    def leads(self) -> frozenset[Lead]:
        return frozenset(("word", max(entry.split(), key=len)) for entry in self.entries)

    def choices(self) -> frozenset[Hashable]:
        return frozenset(self.entries)


def _is_said(entry: str, facts: Facts) -> bool:
    return f" {entry} " in facts.sentence if " " in entry else entry in facts.words


@condition_key(order=10, description="Whole words or phrases; letter case and accents do not count.")
def words(entries: Annotated[list[Word], AsList], _: NameMeanings) -> Condition:
    return Words.of(*entries)
