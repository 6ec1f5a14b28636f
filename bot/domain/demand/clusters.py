"""Requests that say the same, put together: each cluster has a request in its middle that all others are like.

That makes a cluster explainable ("like IT-12"), and keeps chains apart, where the first is like the second and the
second like the third, but the first and the third have nothing in common.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.demand.likeness import Likenesses

LEAST_LIKENESS: Final = 0.5
"""How alike a request must be to the one in the middle; found by judging clusters of real requests by hand."""
LEAST_REQUESTS: Final = 3
SHARED_BY: Final = 0.6
"""The share of a cluster's requests that must have a word for it to be one of the cluster's words."""
MOST_WORDS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Ids of requests; the one in the `middle` is among them. `words` are stems, the most telling first."""

    middle: int
    requests: tuple[int, ...]
    words: tuple[str, ...]


def clusters_of(
    likenesses: Likenesses, requests: Sequence[int], *, least: int = LEAST_REQUESTS
) -> Sequence[Cluster]:
    """The largest first. Each request is in one cluster at most; those that are like no others are in none."""
    near = {each: _near(likenesses, each) for each in requests}
    found = []
    free = set(requests)
    while middle := _busiest(near, free, least=least):
        members = tuple(sorted({middle} | (near[middle] & free)))
        free -= set(members)
        words = likenesses.shared(members, least=SHARED_BY)[:MOST_WORDS]
        if words:
            found.append(Cluster(middle=middle, requests=members, words=words))
    return sorted(found, key=lambda each: (-len(each.requests), each.middle))


def _near(likenesses: Likenesses, request: int) -> set[int]:
    return {other for other, degree in likenesses.degrees(request).items() if degree >= LEAST_LIKENESS}


def _busiest(near: Mapping[int, set[int]], free: set[int], *, least: int) -> int | None:
    """The request that most of the free ones are like; of equals the first. None where none has enough."""
    if not free:
        return None
    middle = min(free, key=lambda each: (-len(near[each] & free), each))
    return middle if len(near[middle] & free) + 1 >= least else None
