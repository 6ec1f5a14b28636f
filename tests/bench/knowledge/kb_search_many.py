"""How long it takes to find what answers a question among 100,000 passages."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.knowledge.kb_search import figures

PASSAGES = 100_000


def measure(folder: Path) -> Iterator[Figure]:
    yield from figures(folder, passages=PASSAGES)
