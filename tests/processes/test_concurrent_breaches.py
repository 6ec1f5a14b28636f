"""Many promises that break in the same instant, on replicas one of which is killed: each is told of once."""

import asyncio
import multiprocessing
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

import psycopg

from tests.bench.databases import Place
from tests.bench.sla.sla_burst import DESK, LONG_AFTER, must_have_told_all, open_tickets, replica

COUNT = 1_200


def test_a_replica_killed_in_the_middle_leaves_none_untold_and_none_told_twice(
    postgres_url: str, tmp_path: Path
) -> None:
    place = Place(name="PostgreSQL", url=postgres_url, settings="")
    config = tmp_path / "desk.yaml"
    config.write_text(DESK, encoding="utf-8")
    asyncio.run(open_tickets(place, tmp_path, config, COUNT))

    killed, killed_pipe = started(place, config)
    other, other_pipe = started(place, config)
    killed_pipe.send("go")
    while broken(place) == 0 and killed.is_alive():
        time.sleep(0.01)
    killed.kill()
    killed.join()
    before = broken(place)
    other_pipe.send("go")
    other_pipe.recv()
    other.join()

    assert 0 < before < COUNT, "it was killed too early or too late to mean anything"
    must_have_told_all(place, COUNT)


def started(place: Place, config: Path) -> tuple[SpawnProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=replica, args=(place.url, config, datetime.now(UTC) + LONG_AFTER, there))
    process.start()
    here.recv()
    return process, here


def broken(place: Place) -> int:
    with psycopg.connect(place.url) as connection:
        row = connection.execute("SELECT count(*) FROM audit_log WHERE event = 'SlaStageReached'").fetchone()
    assert row is not None
    return int(row[0])
