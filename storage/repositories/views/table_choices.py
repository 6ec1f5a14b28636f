"""Which columns somebody wants to see of tickets."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select, text

from storage.engine.columns import from_json, index_key, to_json
from storage.engine.session import Session
from storage.tables.views import table_choices

PUT: Final = text(
    "INSERT INTO table_choices (person, columns) VALUES (:person, :columns)"
    " ON CONFLICT (person) DO UPDATE SET columns = excluded.columns"
)
OF_PERSON = select(table_choices.c.columns).where(table_choices.c.person == bindparam("the_person"))


class SqlTableChoices:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, person: str, columns: Sequence[str]) -> None:
        self._session.write(PUT, person=index_key(person), columns=to_json(list(columns)))

    def of(self, person: str) -> Sequence[str]:
        row = self._session.fetch_one(OF_PERSON, the_person=index_key(person))
        return [str(each) for each in from_json(row["columns"])] if row is not None else []
