"""Requests as rows of numbers: how often each term is in each, and how much that counts."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from scipy import sparse

from bot.domain.sorting.terms import NUMBER_TYPE

MOST_TERMS: Final = 60_000
"""That a model keeps: those that are in most requests."""
MANY_ROWS: Final = 5_000
"""From so many requests on, a term that only one of them has is left out."""


class TermMatrix:
    """Terms of requests one after another, as small as they can be kept."""

    def __init__(self) -> None:
        self._terms = array(NUMBER_TYPE)
        self._times = array("f")
        self._ends = array("l", [0])

    def add(self, terms: Mapping[int, int]) -> None:
        self._terms.extend(terms)
        self._times.extend(terms.values())
        self._ends.append(len(self._terms))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def of_rows(self, rows: Sequence[int]) -> "TermMatrix":
        if len(rows) == len(self):
            return self
        chosen = TermMatrix()
        for row in rows:
            begin, end = self._ends[row], self._ends[row + 1]
            chosen._terms.extend(self._terms[begin:end])
            chosen._times.extend(self._times[begin:end])
            chosen._ends.append(len(chosen._terms))
        return chosen

    def weighed(self) -> "WeighedRows":
        """Each row of length 1, as `SortingModel` weighs a request; what is left out counts as never seen."""
        terms = np.frombuffer(self._terms, dtype=np.uint32)
        ends = np.frombuffer(self._ends, dtype=np.int64)
        kept, columns, often = np.unique(terms, return_inverse=True, return_counts=True)
        rows = len(self)
        chosen = _chosen(often, rows=rows)
        rarities = (np.log((1 + rows) / (1 + often)) + 1).astype(np.float32)
        unknown = float(np.log((1 + rows) / 2) + 1)
        is_kept = np.zeros(len(kept), dtype=bool)
        is_kept[chosen] = True
        each = np.where(is_kept, rarities, unknown)[columns]
        values = (1 + np.log(np.frombuffer(self._times, dtype=np.float32).astype(np.float64))) * each
        matrix: Any = sparse.csr_matrix((values, columns, ends), shape=(rows, len(kept)))
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        lengths[lengths == 0] = 1
        matrix = sparse.diags(1 / lengths) @ matrix
        return WeighedRows(
            rows=matrix.tocsc()[:, chosen].tocsr(),
            terms=kept[chosen],
            rarities=rarities[chosen],
            unknown_rarity=unknown,
        )


class WeighedRows:
    """`rows` is a sparse matrix with a column for each of `terms`, which ascend."""

    def __init__(self, *, rows: Any, terms: Any, rarities: Any, unknown_rarity: float) -> None:  # noqa: ANN401  arrays
        self.rows = rows
        self.terms = terms
        self.rarities = rarities
        self.unknown_rarity = unknown_rarity


def _chosen(often: Any, *, rows: int) -> Any:  # noqa: ANN401  arrays of numpy
    """Positions of the terms that are kept, ascending."""
    least = 2 if rows >= MANY_ROWS else 1
    chosen = np.flatnonzero(often >= least)
    if len(chosen) > MOST_TERMS:
        chosen = np.sort(chosen[np.argsort(-often[chosen], kind="stable")[:MOST_TERMS]])
    return chosen
