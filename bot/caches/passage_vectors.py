"""The vectors of all passages in memory, for each audience apart, and the model that made them.

Read with the first question and again when the index has changed; let go of when nobody has asked for a while. An
exact comparison with every vector is quick enough for 100,000 passages, so no database needs an index for them.
"""

import threading
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.knowledge.readership import Readership
from bot.ports.meaning import MeaningModel, VectorMatrix
from bot.ports.unit_of_work import UnitOfWork

PAGE: Final = 1_000
"""Vectors that are read from the database at once."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What is for one audience: ids in order, each with its row in the matrix."""

    ids: "array[int]"
    matrix: VectorMatrix

    def row_of(self, passage: int) -> int | None:
        row = bisect_left(self.ids, passage)
        return row if row < len(self.ids) and self.ids[row] == passage else None


class PassageVectors:
    """Without a model there is nothing to ask. May be asked by several threads."""

    def __init__(self, meaning: MeaningModel | None = None) -> None:
        self.meaning = meaning
        self._lock = threading.Lock()
        self._revision = -1
        self._shelves: Mapping[str, _Shelf] = {}
        self._was_asked = False

    def nearest(
        self, uow: UnitOfWork, vector: bytes, readership: Readership, *, limit: int
    ) -> Mapping[int, float]:
        """Ids of passages for this readership that are most like it, with their likeness."""
        found = [
            (likeness, shelf.ids[row])
            for shelf in self._shelves_of(uow, readership)
            for row, likeness in shelf.matrix.nearest(vector, limit=limit)
        ]
        found.sort(key=lambda each: (-each[0], each[1]))
        return {passage: likeness for likeness, passage in found[:limit]}

    def likeness(
        self, uow: UnitOfWork, vector: bytes, readership: Readership, passages: Sequence[int]
    ) -> Mapping[int, float]:
        """Of those of these passages that have a vector and are for this readership."""
        found: dict[int, float] = {}
        for shelf in self._shelves_of(uow, readership):
            rows = {each: row for each in passages if (row := shelf.row_of(each)) is not None}
            found |= zip(rows, shelf.matrix.likeness(vector, list(rows.values())), strict=True)
        return found

    def likeness_together(
        self, uow: UnitOfWork, vector: bytes, readership: Readership, passages: Sequence[int]
    ) -> float | None:
        """Of the passages of one article, which are all for the same audience; None until they have vectors."""
        for shelf in self._shelves_of(uow, readership):
            if rows := [row for each in passages if (row := shelf.row_of(each)) is not None]:
                return shelf.matrix.likeness_together(vector, rows)
        return None

    def rest(self) -> None:
        """Let go of everything when nobody has asked since the last time."""
        if not self._was_asked and self.meaning is not None:
            with self._lock:
                self._shelves, self._revision = {}, -1
            self.meaning.release()
        self._was_asked = False

    def _shelves_of(self, uow: UnitOfWork, readership: Readership) -> Iterable[_Shelf]:
        assert self.meaning is not None
        self._was_asked = True
        with self._lock:
            if (revision := uow.passages.revision()) != self._revision:
                self._shelves = _read(uow, self.meaning)
                self._revision = revision
            shelves = self._shelves
        return [shelves[each.key] for each in readership.audiences if each.key in shelves]


def _read(uow: UnitOfWork, meaning: MeaningModel) -> Mapping[str, _Shelf]:
    ids: dict[str, array[int]] = {}
    vectors: dict[str, bytearray] = {}
    after = 0
    while page := uow.passages.vectors(meaning.model, after=after, limit=PAGE):
        for each in page:
            ids.setdefault(each.audience, array("q")).append(each.id)
            vectors.setdefault(each.audience, bytearray()).extend(each.vector)
        after = page[-1].id
    return {audience: _Shelf(ids[audience], meaning.matrix(made)) for audience, made in vectors.items()}
