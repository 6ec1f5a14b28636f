"""What looking up costs the transaction that opens a ticket: one row beside it, and nothing where it is off."""

from pathlib import Path

from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.fakes.desk.desk_without_platform import ANA, DeskWithoutPlatform
from tests.intake.test_intake_costs import CountingStorage
from tests.stories.desk_files import DESK


async def test_a_ticket_that_is_looked_up_later_is_one_statement_more(
    storage: DeskStorage, tmp_path: Path, database_url: str
) -> None:
    counting = CountingStorage(storage)
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    sent = {}
    for number, settings in enumerate(("", "knowledge: {answers: off}", "knowledge: {}")):
        config = tmp_path / "desk.yaml"
        config.write_text(f"{DESK.read_text(encoding='utf-8')}\n{settings}\n", encoding="utf-8")
        desk = await DeskWithoutPlatform.opened(counting, files, config=config)
        for message in ("first", "second"):
            text = f"The printer of room {number} is jammed, says the {message}"
            await desk.intake.take(desk.posted(ANA, text, message=f"{message}{number}"))
        sent[settings] = counting.sent
    usual = sent[""]
    more = 1 if database_url.startswith("sqlite") else 0  # PostgreSQL is sent what was written in one go
    assert sent == {"": usual, "knowledge: {answers: off}": usual, "knowledge: {}": usual + more}
