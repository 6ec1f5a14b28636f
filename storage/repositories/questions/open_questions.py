"""Open questions; one is settled by being removed, in the transaction that does what was chosen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select

from bot.ports.storage.questions.open_questions import OpenQuestion
from storage.engine.columns import index_key, instant, micros
from storage.engine.session import Session
from storage.engine.statements import Insertion
from storage.tables.questions import open_questions

QUESTION: Final = Insertion(open_questions, tuple(open_questions.columns.keys()))
DUE = (
    select(open_questions)
    .where(open_questions.c.due_at <= bindparam("now"))
    .order_by(open_questions.c.due_at, open_questions.c.asked)
    .limit(bindparam("at_most"))
)
LOCK = (
    select(open_questions.c.asked)
    .where(open_questions.c.asked == bindparam("the_key"))
    .with_for_update(key_share=True)
)
SETTLE = delete(open_questions).where(open_questions.c.asked == bindparam("the_key"))


class SqlOpenQuestions:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, question: OpenQuestion) -> None:
        self._session.insert(
            QUESTION,
            {
                "asked": index_key(question.asked),
                "person": index_key(question.person),
                "due_at": micros(question.due_at),
            },
        )

    def due(self, now: datetime, *, limit: int) -> Sequence[OpenQuestion]:
        return [
            OpenQuestion(asked=row["asked"], person=row["person"], due_at=instant(row["due_at"]))
            for row in self._session.fetch(DUE, now=micros(now), at_most=limit)
        ]

    def lock(self, asked: str) -> bool:
        return self._session.fetch_one(LOCK, the_key=index_key(asked)) is not None

    def settle(self, asked: str) -> bool:
        return self._session.count(SETTLE, the_key=index_key(asked)) > 0
