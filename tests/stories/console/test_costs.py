"""What the table costs: the same number of statements, however many tickets it shows."""

from pathlib import Path
from threading import get_ident

from bot.documents.console.ticket_table import ticket_table
from bot.ports.console.tickets import TableChoice
from bot.ports.unit_of_work import UnitOfWork
from storage.engine.sqlite import SqliteSession
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
