"""What every storage promises about custom fields: a row for each value that a ticket holds now."""

from sqlalchemy import select

from bot.domain.tickets.custom_field import CustomField
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import Storage, UnitOfWork
from storage.tables.fields import ticket_fields
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket

PARTS, TIER, NOTE = (CustomField(name=each, label=each) for each in ("parts", "tier", "note"))


async def test_a_ticket_is_found_by_what_it_holds_in_each_field_now(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> Ticket:
        ticket = a_numbered_ticket(uow, fields={"parts": "Screen\nBÄTTERY", "note": "x" * 3_000})
        locked = uow.tickets.lock(ticket.id)
        locked.set_fields([(PARTS, "Screen"), (TIER, "Gold"), (NOTE, "")], actor="web:bo", at=NOW)
        uow.tickets.save(locked)
        uow.tickets.keep_fields(locked, ["parts", "tier", "note"])
        return ticket

    ticket = await storage.run(work)

    assert (await storage.read(lambda uow: uow.tickets.get(ticket.id))).fields == {
        "parts": "Screen",
        "tier": "Gold",
    }
    assert await field_rows(storage) == [("parts", "Screen", "screen"), ("tier", "Gold", "gold")]


async def test_each_of_several_values_has_a_row_of_its_own(storage: Storage) -> None:
    await storage.run(lambda uow: a_numbered_ticket(uow, fields={"parts": "Screen\n\nBÄTTERY"}))

    assert await field_rows(storage) == [("parts", "BÄTTERY", "bättery"), ("parts", "Screen", "screen")]


async def field_rows(storage: Storage) -> list[tuple[str, str, str]]:
    question = select(ticket_fields)

    def rows(uow: UnitOfWork) -> list[tuple[str, str, str]]:
        assert isinstance(uow, SqlUnitOfWork)
        return [(row["name"], row["value"], row["folded"]) for row in uow.session.fetch_made(question)]

    return sorted(await storage.read(rows))
