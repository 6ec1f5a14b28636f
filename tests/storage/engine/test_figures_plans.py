"""Figures read the facts of a period as one stretch, and of live tickets no more than their index holds."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.sql.elements import ClauseElement

from bot.ports.storage.figures.figures import Span
from bot.ports.storage.reports import ReportQuery
from storage.engine.columns import micros
from storage.engine.postgres import DIALECT, open_postgres
from storage.engine.sqlite import open_sqlite
from storage.engine.statements import StatementBook
from storage.repositories.figures.backlog import open_then
from storage.repositories.figures.figures import tallies_in
from storage.repositories.figures.lengths import timed
from tests.bench.engine.figures_many import fill
from tests.storage.engine.test_query_plans import explain, sqlite_dialect
from tests.storage.sample_rows import NOW

ASKED = ReportQuery(since=NOW - timedelta(hours=8), until=NOW, now=NOW)
LIVE = "tickets USING COVERING INDEX ix_tickets_live_assignee"
BACKLOG = select(open_then(None, micros(ASKED.since)))


@pytest.mark.parametrize("is_analyzed", [True, False])
@pytest.mark.parametrize("question", [tallies_in(ASKED), select(timed(ASKED, Span.TEAM)), BACKLOG])
def test_facts_of_a_period_are_read_as_one_stretch(
    sqlite_url: str, question: ClauseElement, *, is_analyzed: bool
) -> None:
    plan = plan_of(sqlite_url, question, is_analyzed=is_analyzed)

    read = [line for line in plan if "ticket_facts" in line]
    assert read
    assert all("SEARCH ticket_facts USING PRIMARY KEY (at>?" in line for line in read), plan


@pytest.mark.parametrize("is_analyzed", [True, False])
def test_a_backlog_reads_no_row_of_a_ticket(sqlite_url: str, *, is_analyzed: bool) -> None:
    plan = plan_of(sqlite_url, BACKLOG, is_analyzed=is_analyzed)

    assert [LIVE in line for line in plan if " tickets" in line] == [True], plan


def test_a_backlog_looks_up_what_has_begun_since_however_few_postgres_expects(postgres_url: str) -> None:
    fill(postgres_url, tickets=2_000)
    ready = StatementBook(DIALECT(paramstyle="pyformat")).compile(select(open_then(None, micros(NOW))))
    with psycopg.connect(postgres_url) as connection:
        plan = "\n".join(row[0] for row in connection.execute(f"EXPLAIN {ready.sql}", ready.fixed))
    assert "hashed SubPlan" in plan
    assert "Nested Loop" not in plan


def test_postgres_goes_through_no_side_of_a_join_again_and_again(postgres_url: str) -> None:
    with closing(open_postgres(postgres_url)) as connection:
        [found] = connection.execute("SHOW enable_material").fetchall()
    assert found == ("off",)


def plan_of(url: str, question: ClauseElement, *, is_analyzed: bool) -> list[str]:
    fill(url, tickets=2_000)
    ready = StatementBook(sqlite_dialect()).compile(question)
    with closing(open_sqlite(Path(url.removeprefix("sqlite:///")))) as connection:
        if not is_analyzed:
            connection.execute("DELETE FROM sqlite_stat1")
    with closing(open_sqlite(Path(url.removeprefix("sqlite:///")))) as connection:
        return [row[3] for row in explain(connection, ready.sql, dict(ready.fixed))]
