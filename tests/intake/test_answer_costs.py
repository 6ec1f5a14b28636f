"""What looking up costs the transaction that opens a ticket: one row beside it, and nothing where it is off."""

from pathlib import Path

import pytest

from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.fakes.desk.desk_without_platform import ANA, DeskWithoutPlatform
from tests.intake.test_intake_costs import KNOWN, CountingStorage
from tests.stories.desk_files import DESK


@pytest.mark.parametrize(
    ("settings", "more"), [("", 0), ("knowledge: {answers: off}", 0), ("knowledge: {}", 1)]
)
async def test_a_ticket_that_is_looked_up_later_is_one_statement_more(
    storage: DeskStorage, tmp_path: Path, database_url: str, settings: str, more: int
) -> None:
    counting = CountingStorage(storage)
    config = tmp_path / "desk.yaml"
    config.write_text(f"{DESK.read_text(encoding='utf-8')}\n{settings}\n", encoding="utf-8")
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    desk = await DeskWithoutPlatform.opened(counting, files, config=config)
    await desk.intake.take(desk.posted(ANA, "The VPN is down", message="m0"))
    await desk.intake.take(desk.posted(ANA, "The printer is jammed", message="m1"))
    usual = KNOWN[database_url.partition(":")[0]][0]
    # PostgreSQL is sent all rows of the end of a transaction in one go.
    allowed = {usual + more} if database_url.startswith("sqlite") else {usual, usual + more}
    assert counting.sent in allowed
