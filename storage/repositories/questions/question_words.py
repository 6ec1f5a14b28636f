"""What was said under open questions; each is removed by whoever places it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, delete, select, update

from bot.ports.storage.questions.question_words import WordsBeneath
from storage.engine.columns import Row, from_json, index_key, to_json
from storage.engine.session import Session
from storage.engine.statements import Insertion
from storage.tables.questions import question_words

WORDS: Final = Insertion(question_words, tuple(question_words.columns.keys()))
_is_it = question_words.c.key == bindparam("the_key")
_is_beneath = question_words.c.asked == bindparam("the_asked")
FIND = select(question_words).where(_is_it)
BENEATH = select(question_words).where(_is_beneath).order_by(question_words.c.id)
REVISE = update(question_words).where(_is_it).values(said=bindparam("new_said"))
FORGET = delete(question_words).where(_is_it)
FORGET_ALL = delete(question_words).where(_is_beneath)


class SqlQuestionWords:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, beneath: WordsBeneath) -> None:
        self._session.insert(
            WORDS,
            {
                "key": index_key(beneath.key),
                "id": beneath.id,
                "asked": index_key(beneath.asked),
                "person": beneath.person,
                "said": to_json(beneath.said),
            },
        )

    def find(self, key: str) -> WordsBeneath | None:
        row = self._session.fetch_one(FIND, the_key=index_key(key))
        return None if row is None else _words_from(row)

    def revise(self, key: str, said: Mapping[str, Any]) -> None:
        self._session.write(REVISE, the_key=index_key(key), new_said=to_json(said))

    def forget(self, key: str) -> None:
        self._session.write(FORGET, the_key=index_key(key))

    def take(self, asked: str) -> Sequence[WordsBeneath]:
        rows = self._session.fetch(BENEATH, the_asked=index_key(asked))
        if rows:
            self._session.write(FORGET_ALL, the_asked=index_key(asked))
        return [_words_from(row) for row in rows]


def _words_from(row: Row) -> WordsBeneath:
    return WordsBeneath(
        id=row["id"], key=row["key"], asked=row["asked"], person=row["person"], said=from_json(row["said"])
    )
