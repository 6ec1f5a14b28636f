"""A scripted day of a desk of many years: no statement that it sends reads what was, only what is.

Every command, list, tick and probe sends its own statements; each is explained by the database it was sent to, filled
with fifty thousand tickets of which one in fifty is live. What nobody thought of is found here too.
"""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage.engine.sqlite import open_sqlite
from tests.bench.growth.grown_desk import fill
from tests.bench.growth.grown_office import FIRST, MONDAY_9, chores_of, examples_of, open_grown
from tests.bench.growth.read_rows import rows_read_in_postgres, rows_read_in_sqlite, whole_tables_in_sqlite
from tests.bench.growth.sent_statements import SentStatements, listening

TICKETS = 50_000
MOST = 10_000
"""Rows that a statement may read: more than all that is live or was resolved this week, and far less than all."""

FEW = 200
"""Rows that may be read from a table's end, or of a small one."""

READS_ITS_PERIOD = "reads what happened in the weeks that were asked for"
COMPARES_THE_NEWEST = "compares with the newest two thousand requests"
READS_ITS_WORDS = "reads the texts that hold the words, which the index finds"
MAY_READ_MORE = {
    "/desk report": READS_ITS_PERIOD,
    "/desk problems": READS_ITS_PERIOD,
    "/desk similar": COMPARES_THE_NEWEST,
    "/ticket search": READS_ITS_WORDS,
}


def is_excused(chore: str) -> bool:
    return any(chore.startswith(each) for each in MAY_READ_MORE)


async def a_day(url: str, folder: Path) -> SentStatements:
    with listening() as sent:
        async with open_grown(url, folder) as grown:
            chores = chores_of(grown)
            first = {name: chores[name] for name in (f"tick: {each}" for each in FIRST)}
            for name, chore in (first | chores | examples_of(grown)).items():
                sent.chore = name
                await chore()
            sent.chore = "what is left"
            await grown.settles()
    return sent


@pytest.fixture(scope="module")
def sqlite_day(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, SentStatements]:
    folder = tmp_path_factory.mktemp("grown")
    file = folder / "grown.db"
    shutil.copy(sqlite_template, file)
    fill(f"sqlite:///{file}", tickets=TICKETS, now=MONDAY_9)
    return file, asyncio.run(a_day(f"sqlite:///{file}", folder / "files"))


@pytest.fixture(scope="module")
def postgres_day(
    postgres_server: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, SentStatements]]:
    with postgres_server.database() as url:
        fill(url, tickets=TICKETS, now=MONDAY_9)
        yield url, asyncio.run(a_day(url, tmp_path_factory.mktemp("grown") / "files"))


def test_on_sqlite_no_statement_of_a_day_reads_all_that_ever_was(
    sqlite_day: tuple[Path, SentStatements],
) -> None:
    file, sent = sqlite_day
    found = []
    with closing(open_sqlite(file)) as connection:
        for (chore, sql), parameters in sent.by_chore.items():
            if is_excused(chore):
                continue
            whole = whole_tables_in_sqlite(connection, sql, parameters)
            many = rows_read_in_sqlite(connection, sql, parameters, most=MOST)
            if many > (FEW if whole else MOST):
                found.append(f"{chore}: {whole} {many}\n{sql}\n{parameters}")
    assert found == [], "\n\n".join(found)


def test_on_postgres_no_statement_of_a_day_reads_all_that_ever_was(
    postgres_day: tuple[str, SentStatements],
) -> None:
    url, sent = postgres_day
    found = []
    with psycopg.connect(url) as server:
        for (chore, sql), parameters in sent.by_chore.items():
            if is_excused(chore) or sql.startswith("EXPLAIN"):  # the planner is asked, and reads nothing
                continue
            whole, many = rows_read_in_postgres(server, sql, parameters)
            # Of what is frequent it may read a table's beginning until it has as many as are wanted.
            if many > (FEW if whole and "LIMIT" not in sql else MOST):
                found.append(f"{chore}: {whole} {many}\n{sql}\n{parameters}")
    assert found == [], "\n\n".join(found)


BAD = "SELECT id FROM tickets AS all_of_them WHERE subject = 'Subject 7' AND requester <> ''"
READS_AN_INDEX_TO_ITS_END = "SELECT count(*) AS many FROM tickets WHERE queue_place > 0 AND status = 'closed'"


def test_a_statement_that_reads_all_is_found_out(
    sqlite_day: tuple[Path, SentStatements], postgres_day: tuple[str, SentStatements]
) -> None:
    with closing(open_sqlite(sqlite_day[0])) as connection:
        assert whole_tables_in_sqlite(connection, BAD, {}) == ["SCAN all_of_them"]
        assert rows_read_in_sqlite(connection, READS_AN_INDEX_TO_ITS_END, {}, most=MOST) > MOST
    with psycopg.connect(postgres_day[0]) as server:
        whole, many = rows_read_in_postgres(server, BAD, {})
        assert whole
        assert many > MOST
