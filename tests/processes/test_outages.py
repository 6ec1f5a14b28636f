"""What a running desk says while it cannot do its work: `/readyz` says no and why, and the log says it once."""

import sys
import time
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests.processes.desk_process import RunningDesk
from tests.stories.desk_files import DESK


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the files of another process")
def test_a_desk_whose_disk_is_full_is_not_ready_until_there_is_space_again(desk: RunningDesk) -> None:
    desk.fill_disk(is_full=True)
    desk.until(lambda: desk.readiness()[0] == 503, "a full disk is noticed")
    desk.until(
        lambda: desk.readiness()[1]["workspace"]["condition"] == "not ready", "the page's database fails too"
    )
    _, parts = desk.readiness()
    assert parts["database"]["condition"] == "not ready"
    assert "deskbell.db" in parts["database"]["detail"]
    desk.fill_disk(is_full=False)
    desk.until(lambda: desk.readiness()[0] == 200, "there is space again")

    assert "Traceback" not in desk.log()
    told = outages(desk)
    for what in ("the database", "the workspace's database"):
        lines = [line for line in told if f"of={what!r}" in line or f'of="{what}"' in line]
        assert ["begun" in line for line in lines] == [True, False], desk.log()
    assert len(told) == 4, desk.log()


def test_a_database_server_that_goes_and_comes_is_two_lines(tmp_path: Path, postgres_url: str) -> None:
    desk = RunningDesk(tmp_path / "desk", config=DESK, DESKBELL_DATABASE_URL=postgres_url)
    desk.start()
    try:
        let_in(postgres_url, is_let_in=False)
        desk.until(lambda: desk.readiness()[0] == 503, "the server is missed")
        time.sleep(7)  # every worker that looks each five seconds has done so
        assert "can’t be reached" in desk.readiness()[1]["database"]["detail"]
        let_in(postgres_url, is_let_in=True)
        desk.until(lambda: desk.readiness()[0] == 200, "the server is back")
        assert ["begun" in line for line in outages(desk)] == [True, False], desk.log()
    finally:
        desk.stop()


def outages(desk: RunningDesk) -> list[str]:
    """All that the log says but that the page pretends."""
    return [line for line in desk.log().splitlines() if "`pretend: true`" not in line]


def let_in(url: str, *, is_let_in: bool) -> None:
    """Whether the server takes connections to this database; those that are open are ended."""
    server, _, name = url.partition("?")[0].rpartition("/")
    with psycopg.connect(
        url.replace(f"{server}/{name}", f"{server}/postgres"), autocommit=True
    ) as connection:
        connection.execute(
            SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(Identifier(name), SQL(str(is_let_in)))
        )
        if not is_let_in:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
