"""What other systems said of people; a row is put off by the one statement that takes it up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, select, text, update

from bot.domain.lookups.lookup_answer import LookupAnswer
from storage.engine.columns import Row, from_json, index_key, instant_or_none, micros, micros_or_none, to_json
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import ListedIn
from storage.tables.lookups import lookup_answers

_IS_IT = (lookup_answers.c.person == bindparam("the_person")) & (
    lookup_answers.c.lookup == bindparam("the_lookup")
)
OF_PERSON = (
    select(lookup_answers)
    .where(lookup_answers.c.person == bindparam("the_person"))
    .order_by(lookup_answers.c.lookup)
)
OF_PEOPLE = (
    select(lookup_answers)
    .where(ListedIn(lookup_answers.c.person, "people"))
    .order_by(lookup_answers.c.person, lookup_answers.c.lookup)
)
PUT: Final = text(
    "INSERT INTO lookup_answers (person, lookup, question, facts, answered_at, failures, due_at)"
    " VALUES (:person, :lookup, :question, :facts, :answered_at, :failures, :due_at)"
    " ON CONFLICT (person, lookup) DO UPDATE SET question = excluded.question, facts = excluded.facts,"
    " answered_at = excluded.answered_at, failures = excluded.failures, due_at = excluded.due_at"
)
_DUE = (
    select(lookup_answers.c.person, lookup_answers.c.lookup)
    .where(lookup_answers.c.due_at <= bindparam("now"))
    .order_by(lookup_answers.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # what another process is taking up is left alone
    .cte("due")
)
CLAIM = (
    update(lookup_answers)
    .where(lookup_answers.c.person == _DUE.c.person, lookup_answers.c.lookup == _DUE.c.lookup)
    .values(due_at=bindparam("until"))
    .returning(*lookup_answers.c)
)
NEXT_DUE = select(func.min(lookup_answers.c.due_at).label("due_at")).where(
    lookup_answers.c.due_at.is_not(None)
)
FORGET = delete(lookup_answers).where(_IS_IT)


class SqlLookupAnswers:
    def __init__(self, session: Session, *, ahead: ReadAhead) -> None:
        self._session = session
        self._together = ReadTogether(ahead.people, self.of_people)

    def of_person(self, person: str) -> Sequence[LookupAnswer]:
        if person in self._together:
            return self._together[person] or ()
        return [_answer(row) for row in self._session.fetch(OF_PERSON, the_person=index_key(person))]

    def of_people(self, people: Iterable[str]) -> Mapping[str, Sequence[LookupAnswer]]:
        keys = {index_key(each): each for each in people}
        found: defaultdict[str, list[LookupAnswer]] = defaultdict(list)
        for row in self._session.fetch(OF_PEOPLE, people=to_json(sorted(keys))):
            found[keys[row["person"]]].append(_answer(row))
        return found

    def put(self, answer: LookupAnswer) -> None:
        self._session.write(
            PUT,
            person=index_key(answer.person),
            lookup=index_key(answer.lookup),
            question=answer.question,
            facts=to_json(dict(answer.facts)),
            answered_at=micros_or_none(answer.answered_at),
            failures=answer.failures,
            due_at=micros_or_none(answer.due_at),
        )

    def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[LookupAnswer]:
        rows = self._session.fetch(CLAIM, now=micros(now), until=micros(until), most=limit)
        return [_answer(row) for row in rows]

    def next_due_at(self) -> datetime | None:
        row = self._session.fetch_one(NEXT_DUE)
        return instant_or_none(row["due_at"]) if row else None

    def forget(self, person: str, lookup: str) -> None:
        self._session.write(FORGET, the_person=index_key(person), the_lookup=index_key(lookup))


def _answer(row: Row) -> LookupAnswer:
    return LookupAnswer(
        person=row["person"],
        lookup=row["lookup"],
        question=row["question"],
        facts=from_json(row["facts"]),
        answered_at=instant_or_none(row["answered_at"]),
        failures=row["failures"],
        due_at=instant_or_none(row["due_at"]),
    )
