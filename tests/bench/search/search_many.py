"""The same among twenty times as many tickets, on both databases; filling them takes some minutes."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.search.search import figures

TICKETS = 200_000


def measure(folder: Path) -> Iterator[Figure]:
    yield from figures(folder, tickets=TICKETS)
