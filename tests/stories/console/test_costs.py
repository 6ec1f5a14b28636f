"""What pages cost: the table the same number of statements, however many tickets it shows; no byte sent twice."""

import gzip
import re
from pathlib import Path
from threading import get_ident

import aiohttp

from bot.documents.console.ticket_table import ticket_table
from bot.ports.console.pages import ConsoleSection
from bot.ports.console.tickets import TableChoice
from bot.ports.unit_of_work import UnitOfWork
from storage.engine.sqlite import SqliteSession
from tests.stories.console.console_visit import console_visit
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal


async def statements_of(office: Office, choice: TableChoice) -> tuple[int, int]:
    """How many rows the table has, and how many statements read it."""
    fetch, sent, reads = SqliteSession._fetch, list[str](), set[int]()

    def noted(self: SqliteSession, sql: str, parameters: dict[str, object]) -> object:
        if get_ident() in reads:
            sent.append(sql)
        return fetch(self, sql, parameters)

    bo = next(each for each in office.desk.in_force.configuration.workspace.people if each.id == "bo")

    def read(uow: UnitOfWork) -> int:
        reads.add(get_ident())
        try:
            context = office.desk.contexts.context(uow, bo.as_person())
            return len(ticket_table(context, choice).rows)
        finally:
            reads.clear()

    SqliteSession._fetch = noted  # type: ignore[assignment,method-assign]
    try:
        rows = await office.desk.storage.read(read)
    finally:
        SqliteSession._fetch = fetch  # type: ignore[method-assign]
    return rows, len(sent)


async def test_each_row_costs_nothing_more(folder: Path) -> None:
    async with open_portal(folder) as office:
        for number in range(3):
            await office.says("ana", "help-it", f"The printer jams, number {number}")
        few = [await statements_of(office, each) for each in (TableChoice(), TableChoice(sought="printer"))]
        for number in range(9):
            await office.says("dan", "help-it", f"The printer jams, copy {number}")
        await office.types("bo", "/desk claim IT-1")
        await office.types("cleo", "/desk claim IT-2")
        many = [await statements_of(office, each) for each in (TableChoice(), TableChoice(sought="printer"))]
        assert [rows for rows, _ in few] == [3, 3]
        assert [rows for rows, _ in many] == [12, 12]
        assert [sent for _, sent in many] == [sent for _, sent in few]


async def test_pages_come_packed_and_what_they_are_made_of_is_kept(folder: Path) -> None:
    """An address that names no version of its file would be kept for too long, or never."""
    async with (
        open_portal(folder) as office,
        console_visit(office, "lee") as lee,
        aiohttp.ClientSession(office.desk.http.url, auto_decompress=False) as session,
    ):
        for page in (
            *(each.path for each in ConsoleSection if each is not ConsoleSection.SETTINGS),
            "/requests",
        ):
            headers = {**lee.browser.kept, "Accept-Encoding": "gzip"}
            async with session.get(page, headers=headers) as answer:
                packed = await answer.read()
                assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip"), page
            text = gzip.decompress(packed).decode()
            files = set(re.findall(r'(?:src|href)="(/[^"]+\.(?:css|js)[^"]*)"', text))
            assert files, page
            for file in files:
                async with session.get(file, headers={"Accept-Encoding": "gzip"}) as answer:
                    kept = (
                        answer.headers["Content-Encoding"],
                        "immutable" in answer.headers["Cache-Control"],
                    )
                    assert (answer.status, kept) == (200, ("gzip", True)), file
                other = re.sub(r"[0-9a-f]{8,}", "0123456789ab", file)
                async with session.get(other) as answer:
                    assert (other == file, answer.headers["Cache-Control"]) == (False, "no-cache"), file
