"""What every storage promises about questions that nobody has answered."""

import asyncio
from datetime import timedelta

from bot.ports.storage.questions.open_questions import OpenQuestion
from bot.ports.storage.questions.question_words import WordsBeneath
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


async def test_a_question_is_locked_while_it_is_open(storage: Storage) -> None:
    await storage.run(lambda uow: uow.open_questions.add(FIRST))
    assert await storage.run(lambda uow: uow.open_questions.lock(FIRST.asked))
    assert not await storage.run(lambda uow: uow.open_questions.lock(SECOND.asked))


async def test_words_under_a_question_are_taken_once_in_their_order(storage: Storage) -> None:
    def keep(uow: UnitOfWork) -> None:
        for number, asked in enumerate((FIRST.asked, SECOND.asked, FIRST.asked, FIRST.asked)):
            words = WordsBeneath(
                id=uow.new_id(), key=f"m{number}", asked=asked, person="web:ana", said={"text": f"t{number}"}
            )
            uow.question_words.add(words)

    def change(uow: UnitOfWork) -> None:
        uow.question_words.revise("m2", {"text": "changed"})
        uow.question_words.forget("m3")

    await storage.run(keep)
    await storage.run(change)
    found = await storage.read(lambda uow: uow.question_words.find("m2"))
    assert found is not None
    assert (found.asked, found.said) == (FIRST.asked, {"text": "changed"})
    taken = await storage.run(lambda uow: uow.question_words.take(FIRST.asked))
    assert [each.said["text"] for each in taken] == ["t0", "changed"]
    assert await storage.run(lambda uow: uow.question_words.take(FIRST.asked)) == []
    assert await storage.read(lambda uow: uow.question_words.find("m1")) is not None
