"""What every storage promises about questions that nobody has answered."""

import asyncio
from datetime import timedelta

from bot.ports.storage.questions.open_questions import OpenQuestion
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW

MINUTE = timedelta(minutes=1)
FIRST = OpenQuestion(asked="web:@ana:m1", person="web:ana", due_at=NOW + MINUTE)
SECOND = OpenQuestion(asked="web:@bo:m1", person="web:bo", due_at=NOW)


async def test_questions_are_due_in_their_order_and_settled_once(storage: Storage) -> None:
    def add(uow: UnitOfWork) -> None:
        for each in (FIRST, SECOND):
            uow.open_questions.add(each)

    await storage.run(add)
    assert await storage.read(lambda uow: uow.open_questions.due(NOW - MINUTE, limit=5)) == []
    assert await storage.read(lambda uow: uow.open_questions.due(NOW, limit=5)) == [SECOND]
    assert await storage.read(lambda uow: uow.open_questions.due(NOW + MINUTE, limit=5)) == [SECOND, FIRST]
    settled = await asyncio.gather(
        *(storage.run(lambda uow: uow.open_questions.settle(FIRST.asked)) for _ in range(3))
    )
    assert sorted(settled) == [False, False, True]
    assert await storage.read(lambda uow: uow.open_questions.due(NOW + MINUTE, limit=1)) == [SECOND]
    assert not await storage.run(lambda uow: uow.open_questions.settle("unknown"))
