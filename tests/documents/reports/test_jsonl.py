"""Whatever a report has as a table can be written as JSON lines too."""

import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.documents.report_files import write_jsonl
from bot.documents.report_kind import declared_reports
from bot.domain.worked_time.time_entry import TimeEntry
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.reports.reports import asked_of
from tests.storage.sample_rows import NOW, a_numbered_ticket
from tests.stories import desk_files

DESK = load_desk(desk_files.DESK, KNOWN_PLATFORMS)


def logged(uow: UnitOfWork) -> None:
    ticket = a_numbered_ticket(uow, fields={"category": "VPN"})
    uow.time_entries.add(
        TimeEntry(
            id=uow.new_id(),
            ticket=ticket.id,
            team="it",
            agent="web:bo",
            day=date(2026, 3, 2),
            length=timedelta(minutes=25),
            text="",
            added_at=NOW,
        )
    )


def written(rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO(newline="")
    write_jsonl(file, rows)
    return file.getvalue()


@pytest.mark.parametrize("name", sorted(declared_reports()))
async def test_every_table_of_every_report_can_be_json_lines(storage: Storage, name: str) -> None:
    await storage.run(logged)
    asked = asked_of(
        DESK, since=NOW - timedelta(weeks=4), until=NOW + timedelta(hours=1), now=NOW, teams=None
    )
    tables = await storage.read(
        lambda uow: {
            table: written(rows)
            for table, rows in declared_reports()[name].tables(uow, DESK, asked, "en").rows.items()
        }
    )
    rows = {table: [json.loads(line) for line in text.splitlines()] for table, text in tables.items()}
    if name == "time":
        assert [(each["day"], each["minutes"]) for each in rows["entries"]] == [("2026-03-02", 25)]
    if name == "figures":
        values = {each["figure"]: each["value"] for each in rows["summary"]}
        assert values["time_worked_s"] == 25 * 60
