"""What texts mean, as far as a model knows that runs on this machine: likeness of a question and what may answer it.

Nothing is loaded before it is asked, nothing is ever fetched, and `release` gives the memory back. Vectors are bytes
whose shape is the model's own affair: those of one model can be compared.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol


class VectorMatrix(Protocol):
    """Many vectors of one model; rows are counted from 0, likeness is at most 1."""

    def nearest(self, vector: bytes, *, limit: int) -> Sequence[tuple[int, float]]:
        """Row and likeness of those that are most like it, the best first."""
        ...

    def likeness(self, vector: bytes, rows: Sequence[int]) -> Sequence[float]:
        """Of these rows, in their order."""
        ...

    def likeness_together(self, vector: bytes, rows: Sequence[int]) -> float:
        """Of these rows as one text, each of them as much of it as any other; 0 where there are none."""
        ...


class MeaningModel(Protocol):
    @property
    def model(self) -> str:
        """Its name and version: vectors are made again when it changes."""
        ...

    def vectors(self, texts: Sequence[str]) -> Sequence[bytes]: ...

    def matrix(self, vectors: bytes | bytearray) -> VectorMatrix:
        """Of vectors one after the other, which nobody changes afterwards."""
        ...

    def shares(self, words: Mapping[str, float], texts: Sequence[Sequence[str]]) -> Sequence[float]:
        """How much of these words each text says in its own words, from 0 to 1; `words` are with their weights."""
        ...

    def release(self) -> None:
        """Let go of what was loaded; it is loaded again when it is asked."""
        ...
