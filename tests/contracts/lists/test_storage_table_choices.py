"""What every storage promises about the columns that somebody wants to see, and about what changed since."""

from bot.domain import events as happened
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket


async def test_columns_are_kept_for_each_person_and_replaced(storage: Storage) -> None:
    assert await storage.read(lambda uow: uow.table_choices.of("web:bo")) == []
    await storage.run(lambda uow: uow.table_choices.put("web:bo", ["due", "team"]))
    await storage.run(lambda uow: uow.table_choices.put("web:bo", ["field:asset", "due"]))
    await storage.run(lambda uow: uow.table_choices.put("web:cleo", ["team"]))
    assert await storage.read(lambda uow: uow.table_choices.of("web:bo")) == ["field:asset", "due"]


async def test_lines_of_the_audit_log_are_found_by_their_numbers(storage: Storage) -> None:
    assert await storage.read(lambda uow: uow.audit_log.newest_line()) == 0
    renamed = happened.SubjectChanged(actor="web:bo", at=NOW, before="a", after="b")

    def change(uow: UnitOfWork) -> int:
        ticket = a_numbered_ticket(uow)
        uow.audit_log.append(ticket.id, [renamed, renamed])
        uow.audit_log.append(None, [renamed])
        return ticket.id

    ticket = await storage.run(change)
    lines = await storage.read(lambda uow: uow.audit_log.lines_after(0, limit=10))
    assert [each for _, each in lines][-3:] == [ticket, ticket, None]
    assert await storage.read(lambda uow: uow.audit_log.newest_line()) == lines[-1][0]
    later = await storage.read(lambda uow: uow.audit_log.lines_after(lines[-3][0], limit=1))
    assert later == [lines[-2]]
