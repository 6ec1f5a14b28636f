"""A SQLite file is one desk's: a second one is refused and told why; commands work beside the one that runs."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.demo import DESK_FILE
from tests.processes.desk_process import RunningDesk
from tests.said import printed


def test_a_second_desk_on_the_same_file_is_refused_and_hears_of_the_first(desk: RunningDesk) -> None:
    code, said = desk.refuses("run", "--port", "0")
    assert code == 1
    assert (
        printed("operations.database_taken_by", process=str(desk.pid), file=str(desk.folder / "deskbell.db"))
        in said
    )
    assert "Traceback" not in said
    assert desk.readiness()[0] == 200


def test_a_desk_that_was_killed_leaves_its_file_to_the_next(desk: RunningDesk) -> None:
    desk.kill()
    desk.start()
    assert desk.refuses("run", "--port", "0")[0] == 1


def test_commands_work_beside_the_desk_that_runs(desk: RunningDesk, tmp_path: Path) -> None:
    requests = tmp_path / "old.csv"
    requests.write_text("text\nMy mouse is dead\n")
    desk.command("check")
    desk.command("doctor")
    assert "1 new ticket," in desk.command("import", str(requests), "--inbox", "help-it")
    assert "Nothing has failed" in desk.command("outbox")
    desk.command("report")
    assert "The search index was" in desk.command("reindex")
    assert "is up to date" in desk.command("migrate")


def test_tables_are_not_changed_under_the_desk_that_runs(desk: RunningDesk) -> None:
    with closing(sqlite3.connect(desk.folder / "deskbell.db", isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = '0013'")
    code, said = desk.refuses("migrate")
    assert code == 1
    assert f"Process {desk.pid} " in said
    assert "Stop it first" in said


def test_a_demo_that_runs_is_not_begun_anew_by_another(tmp_path: Path) -> None:
    demo = RunningDesk(tmp_path / "demo", config=DESK_FILE)
    demo.start("demo")
    try:
        code, said = demo.refuses("demo", "--fresh", "--port", "0")
        assert code == 1
        assert f"Process {demo.pid} " in said
        assert (demo.folder / "demo" / "deskbell.db").exists()
    finally:
        demo.stop()
