"""A search reads the index of words and the rows that it names, a list its own index; neither reads all tickets."""

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Dialect, Select, text
from sqlalchemy.dialects import sqlite

from bot.domain.search.query import Criterion, FilterName, SearchOrder, Term, TimeWindow
from bot.domain.search.stems import variants
from bot.domain.search.visibility import Visibility
from bot.ports.storage.search import MOST_LOOKED_AT, SoughtTerm, TicketSearch
from storage.engine.postgres import DIALECT, PostgresDatabase
from storage.engine.sqlite import open_sqlite
from storage.engine.statements import StatementBook
from storage.opening import open_storage
from storage.repositories.search.found_tickets import count_of, page_of
from tests.bench.search.filled_desk import fill
from tests.storage.sample_rows import NOW

SIGHT = Visibility(
    person="web:bo", teams=frozenset({"it"}), known_teams=frozenset({"it"}), sees_everywhere=True
)
OWN = Visibility(person="web:person7")


def words(*typed: str) -> tuple[SoughtTerm, ...]:
    return tuple(SoughtTerm(variants=variants(Term(words=(each,)), ["en"])) for each in typed)


def where(name: FilterName, *values: str) -> Criterion:
    return Criterion(name=name, values=values)


RECENT = Criterion(name=FilterName.OPENED, window=TimeWindow(since=NOW))
CHANGED = Criterion(name=FilterName.UPDATED, window=TimeWindow(since=NOW))
SEARCHES = [
    pytest.param(TicketSearch(now=NOW, terms=words("rare7")), SIGHT, id="a word"),
    pytest.param(TicketSearch(now=NOW, terms=words("rare7", "rare8")), SIGHT, id="two words"),
    pytest.param(
        TicketSearch(now=NOW, terms=words("rare7"), criteria=(where(FilterName.STATUS, "open"),)),
        SIGHT,
        id="a word and a status",
    ),
    pytest.param(TicketSearch(now=NOW, criteria=(where(FilterName.TAG, "rare7"),)), SIGHT, id="a tag"),
    pytest.param(TicketSearch(now=NOW, criteria=(where(FilterName.FROM, "web:person7"),)), SIGHT, id="from"),
    pytest.param(TicketSearch(now=NOW, criteria=(where(FilterName.ASSIGNED, "web:bo"),)), SIGHT, id="mine"),
    pytest.param(TicketSearch(now=NOW, criteria=(RECENT,)), SIGHT, id="opened"),
    pytest.param(TicketSearch(now=NOW, criteria=(CHANGED,)), SIGHT, id="updated"),
    pytest.param(TicketSearch(now=NOW, terms=words("rare7")), OWN, id="one's own by a word"),
    pytest.param(TicketSearch(now=NOW), OWN, id="one's own"),
]


def listed(*criteria: Criterion) -> TicketSearch:
    """A list of the tickets of one's teams."""
    return TicketSearch(now=NOW, criteria=(where(FilterName.TEAM, "it", "team1"), *criteria))


OPEN = where(FilterName.IS, "open")
WAITING = Criterion(name=FilterName.STATUS, values=("pending", "on-hold"), is_excluded=True)
UNASSIGNED = where(FilterName.IS, "unassigned")
LISTS = [
    pytest.param(listed(UNASSIGNED), SearchOrder.DUE, "ix_tickets_unassigned", id="unassigned"),
    pytest.param(listed(UNASSIGNED, WAITING), SearchOrder.NEXT, "ix_tickets_unassigned", id="next"),
    pytest.param(
        listed(where(FilterName.IS, "unanswered"), WAITING),
        SearchOrder.DUE,
        "ix_tickets_unanswered",
        id="waiting on us",
    ),
    pytest.param(
        listed(where(FilterName.STATUS, "pending")), SearchOrder.DUE, "ix_tickets_pending", id="pending"
    ),
    pytest.param(listed(OPEN), SearchOrder.DUE, "ix_tickets_queue", id="the queue"),
    pytest.param(listed(where(FilterName.SLA, "overdue")), SearchOrder.DUE, "ix_tickets_queue", id="overdue"),
    pytest.param(
        listed(where(FilterName.SLA, "overdue", "at-risk")),
        SearchOrder.DUE,
        "ix_tickets_(queue|warned)",
        id="overdue and at risk",
    ),
    pytest.param(
        listed(where(FilterName.SLA, "at-risk")), SearchOrder.DUE, "ix_tickets_warned", id="at risk"
    ),
    pytest.param(
        listed(where(FilterName.STATUS, "pending")),
        SearchOrder.OLDEST,
        "ix_tickets_pending_opened",
        id="pending, oldest first",
    ),
    pytest.param(
        TicketSearch(now=NOW, criteria=(OPEN,)),
        SearchOrder.DUE,
        "ix_tickets_live_place",
        id="all that is open",
    ),
    pytest.param(
        TicketSearch(now=NOW, criteria=(where(FilterName.IS, "finished"),)),
        SearchOrder.LAST_WORD,
        "ix_tickets_updated_at",
        id="closed, the newest change first",
    ),
    pytest.param(
        listed(where(FilterName.IS, "finished"), CHANGED),
        SearchOrder.LAST_WORD,
        "ix_tickets_finished",
        id="closed lately, by team",
    ),
    pytest.param(listed(), SearchOrder.DUE, "ix_tickets_(queue|finished)", id="all of some teams"),
    pytest.param(
        TicketSearch(now=NOW, criteria=(where(FilterName.PRIORITY, "normal"),)),
        SearchOrder.DUE,
        "ix_tickets_(live_place|updated_at)",
        id="all of a priority",
    ),
    pytest.param(
        TicketSearch(now=NOW, criteria=(where(FilterName.PRIORITY, "urgent", "high"),)),
        SearchOrder.DUE,
        "ix_tickets_priority",
        id="all of uncommon priorities",
    ),
    pytest.param(
        TicketSearch(now=NOW, criteria=(where(FilterName.ASSIGNED, "web:bo"),)),
        SearchOrder.DUE,
        "ix_tickets_(live_place|(live|finished)_assignee)",
        id="all that somebody ever had",
    ),
    pytest.param(
        TicketSearch(now=NOW, criteria=(where(FilterName.STATUS, "closed"),)),
        SearchOrder.DUE,
        "ix_tickets_updated_at",
        id="all that is closed",
    ),
]


OF_OWN_TEAMS = replace(SIGHT, teams=frozenset({"it", "team1"}), known_teams=frozenset({"it", "team1"}))
DEEP = [
    pytest.param(
        listed(where(FilterName.SLA, "overdue", "at-risk")), SearchOrder.DUE, id="overdue and at risk"
    ),
    pytest.param(listed(where(FilterName.STATUS, "pending")), SearchOrder.OLDEST, id="pending, oldest first"),
    pytest.param(listed(where(FilterName.STATUS, "pending")), SearchOrder.NEWEST, id="pending, newest first"),
]
ALL_OF_TEAMS = pytest.param(listed(), SearchOrder.DUE, id="all of some teams")


def questions(wanted: TicketSearch, visibility: Visibility) -> list[Select[Any]]:
    page = page_of(wanted, visibility, order=SearchOrder.BEST, limit=10, offset=0)
    return [page, count_of(wanted, visibility)]


@pytest.mark.parametrize(("wanted", "order", "index"), LISTS)
def test_sqlite_reads_a_list_by_its_index(
    sqlite_file: Path, wanted: TicketSearch, order: SearchOrder, index: str
) -> None:
    ready = StatementBook(sqlite_dialect()).compile(page_of(wanted, SIGHT, order=order, limit=20, offset=0))
    with closing(open_sqlite(sqlite_file)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {ready.sql}", ready.fixed)]
    read = [line for line in plan if " tickets" in line]
    assert read
    assert all(re.search(rf"\b{index}\b", line) for line in read), plan


@pytest.mark.parametrize(("wanted", "order"), [*DEEP, ALL_OF_TEAMS])
def test_a_deep_page_is_read_in_order_without_sorting_it_all(
    sqlite_file: Path,
    postgres_plans: "psycopg.Connection[Any]",
    wanted: TicketSearch,
    order: SearchOrder,
) -> None:
    """Each part of the list is read from its index in the list's order, and no further than to the page's end."""
    page = page_of(wanted, OF_OWN_TEAMS, order=order, limit=20, offset=380)
    ready = StatementBook(sqlite_dialect()).compile(page)
    with closing(open_sqlite(sqlite_file)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {ready.sql}", ready.fixed)]
    read = [place for place, line in enumerate(plan) if " tickets" in line]
    assert read
    assert all("TEMP B-TREE" not in plan[place + 1] for place in read), plan

    ready = StatementBook(DIALECT(paramstyle="pyformat")).compile(page)
    rows = postgres_plans.execute(f"EXPLAIN {ready.sql}", ready.fixed).fetchall()
    lines = [row[0].strip().removeprefix("->").strip() for row in rows]
    assert "Bitmap" not in "\n".join(lines), lines
    assert sum(line.startswith("Sort  ") for line in lines) <= 1, lines


@pytest.mark.parametrize(("wanted", "_order"), DEEP)
def test_a_list_is_counted_from_its_index_alone(
    sqlite_file: Path,
    postgres_plans: "psycopg.Connection[Any]",
    wanted: TicketSearch,
    _order: SearchOrder,
) -> None:
    question = count_of(wanted, OF_OWN_TEAMS, at_most=10_000)
    ready = StatementBook(sqlite_dialect()).compile(question)
    with closing(open_sqlite(sqlite_file)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {ready.sql}", ready.fixed)]
    read = [line for line in plan if " tickets" in line]
    assert read
    assert all("ix_tickets_" in line for line in read), plan

    ready = StatementBook(DIALECT(paramstyle="pyformat")).compile(question)
    rows = postgres_plans.execute(f"EXPLAIN {ready.sql}", ready.fixed).fetchall()
    read = [row[0] for row in rows if "on tickets" in row[0]]
    assert any("Index Only Scan" in line for line in read)
    assert all("Index" in line and "Bitmap" not in line for line in read), rows


@pytest.mark.parametrize(("wanted", "order", "_index"), LISTS)
def test_postgres_reads_a_list_by_an_index(
    postgres_plans: "psycopg.Connection[Any]", wanted: TicketSearch, order: SearchOrder, _index: str
) -> None:
    """Which one is the planner's choice, by what it knows of the rows."""
    ready = StatementBook(DIALECT(paramstyle="pyformat")).compile(
        page_of(wanted, SIGHT, order=order, limit=20, offset=0)
    )
    rows = postgres_plans.execute(f"EXPLAIN {ready.sql}", ready.fixed).fetchall()
    plan = "\n".join(row[0] for row in rows)
    assert "Index Scan" in plan, plan
    assert "Seq Scan" not in plan, plan


@pytest.fixture(scope="module")
def sqlite_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("search") / "desk.db"
    file.write_bytes(sqlite_template.read_bytes())
    fill(f"sqlite:///{file}", tickets=30_000, messages=1)
    return file


@pytest.mark.parametrize(("wanted", "visibility"), SEARCHES)
def test_sqlite_reads_no_table_from_end_to_end(
    sqlite_file: Path, wanted: TicketSearch, visibility: Visibility
) -> None:
    for question in questions(wanted, visibility):
        ready = StatementBook(sqlite_dialect()).compile(question)
        with closing(open_sqlite(sqlite_file)) as connection:
            rows = connection.execute(f"EXPLAIN QUERY PLAN {ready.sql}", ready.fixed).fetchall()
        plan = [row[3] for row in rows]
        has_words = bool(wanted.terms)
        whole = [line for line in plan if _is_whole(line, even_by_index=has_words)]
        assert whole == [], plan


def _is_whole(line: str, *, even_by_index: bool) -> bool:
    """With words to go by, not even an index is read from end to end; a list of all has to be."""
    if even_by_index:
        return any(line.startswith(f"SCAN {each}") for each in TABLES)
    return line in {f"SCAN {each}" for each in TABLES}


TABLES = ("tickets", "messages", "search_documents", "people", "escalations")


@pytest.fixture(scope="module")
def postgres_plans(postgres_server: Any) -> Any:
    with postgres_server.database() as url:
        fill(url, tickets=30_000, messages=1)
        with psycopg.connect(url) as connection:
            yield connection


@pytest.mark.parametrize(("wanted", "visibility"), SEARCHES)
def test_postgres_reads_no_table_from_end_to_end(
    postgres_plans: "psycopg.Connection[Any]", wanted: TicketSearch, visibility: Visibility
) -> None:
    for question in questions(wanted, visibility):
        ready = StatementBook(DIALECT(paramstyle="pyformat")).compile(question)
        rows = postgres_plans.execute(f"EXPLAIN {ready.sql}", ready.fixed).fetchall()
        plan = "\n".join(row[0] for row in rows)
        assert [each for each in TABLES if f"Seq Scan on {each}" in plan] == [], plan


def test_postgres_plans_a_search_for_its_values_each_time(postgres_plans: "psycopg.Connection[Any]") -> None:
    """A prepared one gets a plan for all values after a while, whatever was asked for."""
    server = postgres_plans.info
    url = f"postgresql://{server.user}@/{server.dbname}?host={server.host}"
    with closing(PostgresDatabase(url).connect(is_read_only=True)) as session:
        for _ in range(12):
            session.fetch_made(count_of(TicketSearch(now=NOW, criteria=(CHANGED,)), SIGHT))
        prepared = session.fetch(text("SELECT statement FROM pg_prepared_statements"))
    assert [row for row in prepared if "updated_at" in row["statement"]] == []


def sqlite_dialect() -> Dialect:
    return sqlite.dialect(paramstyle="named")


COMMON = [
    pytest.param(TicketSearch(now=NOW, terms=words("word0")), SearchOrder.BEST, "opened_at", id="a word"),
    pytest.param(
        TicketSearch(now=NOW, terms=words("word0", "word1")), SearchOrder.BEST, "opened_at", id="two words"
    ),
    pytest.param(
        TicketSearch(now=NOW, terms=words("word0")),
        SearchOrder.LAST_WORD,
        "updated_at",
        id="what changed last",
    ),
    pytest.param(
        TicketSearch(now=NOW, excluded=words("word0")), SearchOrder.NEWEST, "opened_at", id="without"
    ),
]


@pytest.mark.parametrize(("wanted", "order", "column"), COMMON)
def test_common_words_are_read_for_in_the_first_tickets_of_their_order(
    sqlite_file: Path,
    postgres_plans: "psycopg.Connection[Any]",
    wanted: TicketSearch,
    order: SearchOrder,
    column: str,
) -> None:
    """The index of words is not asked, and the tickets come from an index in order, without sorting them all."""
    common = frozenset((*wanted.terms, *wanted.excluded))
    question = page_of(wanted, SIGHT, order=order, limit=10, offset=0, common=common)
    ready = StatementBook(sqlite_dialect()).compile(question)
    assert "search_index" not in ready.sql
    with closing(open_sqlite(sqlite_file)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {ready.sql}", ready.fixed)]
    (first,) = [line for line in plan if line.startswith("SCAN tickets")]
    assert f"USING INDEX ix_tickets_{column}" in first, plan
    assert [line for line in plan if line.startswith("SCAN search_documents") or "BLOOM" in line] == []

    ready = StatementBook(DIALECT(paramstyle="pyformat")).compile(question)
    rows = postgres_plans.execute(f"EXPLAIN {ready.sql}", ready.fixed).fetchall()
    plan = [row[0] for row in rows]
    assert any(f"using ix_tickets_{column} on tickets" in line for line in plan), plan
    assert [
        line for line in plan if "Seq Scan on tickets" in line or "ix_search_documents_words" in line
    ] == []


async def test_each_database_knows_which_words_are_common(
    sqlite_file: Path, postgres_plans: "psycopg.Connection[Any]"
) -> None:
    server = postgres_plans.info
    urls = [f"sqlite:///{sqlite_file}", f"postgresql://{server.user}@/{server.dbname}?host={server.host}"]
    beginning = SoughtTerm(variants=variants(Term(words=("wo",), is_prefix=True), ["en"]))
    typed = [(words("word0"), True), ((beginning,), True), (words("subject7"), False)]
    for url in urls:
        storage = open_storage(url)
        try:
            for terms, is_common in typed:
                wanted = TicketSearch(now=NOW, terms=terms)
                found = await storage.read(
                    lambda uow, wanted=wanted: uow.search.find(  # type: ignore[misc]
                        wanted, visibility=SIGHT, order=SearchOrder.BEST
                    )
                )
                assert found.looked_at == (MOST_LOOKED_AT if is_common else 0), (url, terms)
                assert found.is_more == is_common, (url, terms)
                assert len(found.tickets) == 20
        finally:
            await storage.close()
