"""Passages of published articles, by the words they hold and by vectors of what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bot.domain.knowledge.article import Article, ArticleAudience
from bot.domain.knowledge.passage import Passage
from bot.domain.knowledge.readership import Readership


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedPassage:
    """`words` are the stems by which it is found, each as often as it weighs."""

    id: int
    passage: Passage
    audience: ArticleAudience
    language: str
    tags: tuple[str, ...]
    words: Sequence[str]


class PassageVector(NamedTuple):
    """`audience` is the key of one; `vector` is as its model writes it."""

    id: int
    audience: str
    vector: bytes


class Passages(Protocol):
    """Nothing of what a readership does not cover is found or counted for it."""

    def replace(self, article: Article, passages: Sequence[Passage]) -> None:
        """Index these as all the passages of the article; those of before are gone."""
        ...

    def remove(self, article: str) -> None:
        """Forget the passages of the article of this name; nothing where there are none."""
        ...

    def languages(self, readership: Readership) -> Mapping[str, int]:
        """How many passages there are in each language, by its two-letter code."""
        ...

    def counts(self, words: Sequence[str], readership: Readership) -> Mapping[str, int]:
        """How many passages hold each of these stems; those that none holds are left out."""
        ...

    def holding(self, weights: Mapping[str, float], readership: Readership, *, limit: int) -> Sequence[int]:
        """Ids of passages that hold any of these stems: those whose stems weigh most together come first."""
        ...

    def get_many(self, ids: Sequence[int], readership: Readership) -> Sequence[IndexedPassage]:
        """Those of these ids that there are for this readership, in no order."""
        ...

    def of_article(self, article: str, readership: Readership) -> Sequence[int]:
        """Ids of the passages of the article of this name, in no order."""
        ...

    def revision(self) -> int:
        """A number that grows with every change of what is indexed, vectors included; 0 while nothing was."""
        ...

    def vectors(self, model: str, *, after: int, limit: int) -> Sequence[PassageVector]:
        """What this model has made, by their ids, those above `after`; who asks may show none to a stranger."""
        ...

    def without_vector(self, model: str, *, limit: int) -> Sequence[IndexedPassage]:
        """Passages that have no vector of this model, whoever may read them."""
        ...

    def keep_vectors(self, vectors: Mapping[int, bytes], *, model: str) -> None:
        """Keep what this model made, by the passages' ids; a passage that is gone meanwhile stays gone."""
        ...
