"""How long it takes to find what answers a question, by words and by meaning, and what memory that takes.

The articles are those of `articles/` with their sentences shuffled, and words as frequent as in talk between them.
The raw limit is the same by words alone. Measured in a process of its own, whose memory nothing else has touched.
"""

import asyncio
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from adapters.meaning.wordllama import find_wordllama
from bot.caches.passage_vectors import PassageVectors
from bot.config.knowledge.folder import read_folder
from bot.domain.knowledge.article import Article
from bot.domain.knowledge.readership import ANYBODY
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.knowledge.search import index_article, search_passages
from bot.services.knowledge.vectors import make_vectors
from bot.workers.idle_memory import give_back
from storage.opening import open_storage
from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.figures import Figure, Raw

HERE = Path(__file__).parent
PASSAGES = 10_000
OF_AN_ARTICLE = 5
STEP = 200
GOAL_MS = 200.0
MOST_MIB = 60.0
RUNS = 3


def measure(folder: Path) -> Iterator[Figure]:
    yield from figures(folder, passages=PASSAGES)


def figures(folder: Path, *, passages: int) -> Iterator[Figure]:
    yield from _on(sqlite_place(folder), passages)
    with postgres_server() as server:
        yield from _on(server.place(), passages)


def _on(place: Place, passages: int) -> Iterator[Figure]:
    begun = time.perf_counter()
    asyncio.run(_fill(place.url, passages))
    filled = time.perf_counter() - begun
    words, both = (_in_a_process(place.url, way) for way in ("words", "both"))
    settings = f"{place.settings}; indexed and made vectors of in {filled:.0f} s"
    for name, value, raw in (("p50", both["p50"], words["p50"]), ("p95", both["p95"], words["p95"])):
        yield Figure(
            what=f"an answer among {passages:,} passages on {place.name}, {name}",
            value=value,
            unit="ms",
            goal=GOAL_MS,
            raw=Raw(value=raw, what="by words alone"),
            settings=f"{settings}; {both['work']:.0f} ms of this process’s work each, {words['work']:.0f} by words"
            f" alone; the first, which reads all vectors: {both['first']:.0f} ms",
        )
    yield Figure(
        what=f"memory of meaning, {passages:,} passages on {place.name}",
        value=both["memory"] - words["memory"],
        unit="MiB",
        goal=MOST_MIB,
        raw=Raw(value=words["memory"], what="the process by words alone"),
        settings=settings,
    )


def _in_a_process(url: str, way: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.knowledge.kb_search", url, way]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


async def _fill(url: str, passages: int) -> None:
    meanings = PassageVectors(find_wordllama())
    assert meanings.meaning is not None, "the extra `answers` is needed"
    meaning = meanings.meaning
    storage = open_storage(url, is_durable=False)
    try:
        batch: list[Article] = []
        for each in _articles(passages // OF_AN_ARTICLE):
            batch.append(each)
            if len(batch) == STEP:
                await _index(storage, batch)
                batch = []
        await _index(storage, batch)
        while await storage.run(lambda uow: make_vectors(uow, meaning, limit=STEP)):
            pass
    finally:
        await storage.close()


async def _index(storage: Storage, articles: list[Article]) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in articles:
            index_article(uow, each)

    await storage.run(work)


def _articles(many: int) -> Iterator[Article]:
    choice = random.Random(7)
    read = list(read_folder(HERE / "articles").files.values())
    sentences = [line.strip() for each in read for line in each.body.splitlines() if len(line.split()) > 6]
    for number in range(many):
        sections = []
        for section in range(OF_AN_ARTICLE):
            said = choice.sample(sentences, 3)
            rare = " ".join(f"term{int(choice.paretovariate(0.6))}" for _ in range(10))
            sections.append(f"## Part {section}\n\n{' '.join(said)} {rare}")
        like = choice.choice(read)
        yield Article(
            name=f"{like.name}-{number}",
            title=like.title,
            body="\n\n".join(sections),
            version=1,
            changed_at=datetime(2026, 11, 2, tzinfo=UTC),
            tags=like.tags,
        )


async def _ask(url: str, way: str) -> dict[str, float]:
    lines = (HERE / "questions.csv").read_text(encoding="utf-8").splitlines()[1:]
    questions = [line.rpartition(",")[0] for line in lines]
    meanings = PassageVectors(find_wordllama() if way == "both" else None)
    storage = open_storage(url)
    times: list[float] = []
    worked = 0.0
    try:
        for question in questions[:1] + questions * RUNS:
            begun, worked_before = time.perf_counter(), time.process_time()
            await storage.read(
                lambda uow, question=question: search_passages(uow, question, ANYBODY, meanings=meanings)  # type: ignore[misc]
            )
            times.append((time.perf_counter() - begun) * 1_000)
            if len(times) > 1:
                worked += (time.process_time() - worked_before) * 1_000
    finally:
        await storage.close()
    give_back()  # as a desk does at intervals
    first, *rest = times
    return {
        "first": first,
        "work": worked / len(rest),
        "p50": statistics.median(rest),
        "p95": sorted(rest)[int(len(rest) * 0.95) - 1],
        "memory": resident_mib(),
    }


def resident_mib() -> float:
    """Now, of this process; the most it ever had would count what the one that started it had."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_ask(*sys.argv[1:]))))  # noqa: T201
