"""What agents note of people; a note that was removed keeps its row."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, select, update

from bot.domain.people.person_note import PersonNote
from storage.engine.columns import Row, from_json, index_key, instant, micros, to_json
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.tables.people import person_notes

ADD = Insertion(person_notes, tuple(person_notes.columns.keys()))
FIND = select(person_notes).where(
    person_notes.c.id == bindparam("note"), person_notes.c.is_removed.is_(False)
)
OF_ACCOUNTS = (
    select(person_notes)
    .where(ListedIn(person_notes.c.account, "accounts"), person_notes.c.is_removed.is_(False))
    .order_by(person_notes.c.at, person_notes.c.id)
)
REMOVE = update(person_notes).where(person_notes.c.id == bindparam("note")).values(is_removed=True)


class SqlPersonNotes:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, note: PersonNote) -> None:
        self._session.insert(
            ADD,
            {
                "id": note.id,
                "account": index_key(note.account),
                "author": note.author,
                "text": note.text,
                "at": micros(note.at),
                "communities": to_json(sorted(note.communities)),
                "is_removed": False,
            },
        )

    def find(self, note: int) -> PersonNote | None:
        row = self._session.fetch_one(FIND, note=note)
        return None if row is None else note_from(row)

    def of_accounts(self, accounts: Iterable[str]) -> Sequence[PersonNote]:
        asked = sorted({index_key(each) for each in accounts})
        return [note_from(row) for row in self._session.fetch(OF_ACCOUNTS, accounts=to_json(asked))]

    def remove(self, note: int) -> None:
        self._session.write(REMOVE, note=note)


def note_from(row: Row) -> PersonNote:
    return PersonNote(
        id=row["id"],
        account=row["account"],
        author=row["author"],
        text=row["text"],
        at=instant(row["at"]),
        communities=frozenset(from_json(row["communities"])),
    )
