"""The reports there are, found by the names that people type."""

import re
from pathlib import Path

import pytest

from bot.documents.report_files import as_csv
from bot.documents.report_kind import declared_reports, report_named
from bot.domain.errors import Refused
from storage.opening import open_storage
from tests.contracts.worked_time.test_storage_worked_time import logged
from tests.documents.reports.test_inboxes import found, some_requests
from tests.said import said, told


def test_every_report_is_found_by_its_name() -> None:
    assert set(declared_reports()) >= {"sla", "inboxes"}
    assert report_named("sla").heading == "reports.heading_sla"


def test_a_name_that_no_report_has_is_answered_with_those_there_are() -> None:
    *others, last = sorted(declared_reports())
    choices = f"{', '.join(others)} or {last}"
    assert refused("weather") == said("reports.unknown", text="weather", choices=choices)


def test_a_name_that_is_nearly_a_reports_is_answered_with_it() -> None:
    assert refused("inboxs") == said("reports.unknown_nearly", text="inboxs", choices="inboxes")


@pytest.mark.parametrize("name", sorted(declared_reports()))
async def test_tables_of_every_report_are_written_after_the_database_was_closed(
    name: str, database_url: str
) -> None:
    storage = open_storage(database_url)
    try:
        await storage.run(some_requests)
        await storage.run(logged)
        _, tables = await found(storage, report_named(name))
    finally:
        await storage.close()
    assert tables.rows
    explained = explained_columns()
    for rows in tables.rows.values():
        header, *_ = as_csv(rows).splitlines()
        unexplained = [each for each in header.split(",") if not explained.fullmatch(each)]
        assert unexplained == [], "each column is in the guide"


def explained_columns() -> re.Pattern[str]:
    """Those that docs/running/exports.md names, some by their beginning alone."""
    guide = (Path(__file__).parents[2] / "docs/running/exports.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in guide.splitlines() if line.startswith("| `")]
    names = [name for row in rows for name in re.findall(r"`([a-z0-9_…]+)`", row)]
    return re.compile("|".join(name.replace("…", r"\w+") for name in (*names, "label", "before")))


def refused(name: str) -> str:
    with pytest.raises(Refused) as refusal:
        report_named(name)
    return told(refusal.value)
