"""People as the platforms told us, brought up to date as they appear."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import Text, and_, bindparam, func, or_, select

from bot.domain.directory import Person
from bot.domain.search.stems import Variant
from bot.domain.search.words import index_words
from storage.engine.columns import LIKE_SIGNS, Row, from_json, to_json
from storage.engine.ids import IdMaker
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.engine.word_match import WordMatch
from storage.engine.write_cache import WriteCache
from storage.repositories.search.documents import SearchDocuments
from storage.tables.people import people
from storage.tables.search import search_documents

COLUMNS: Final = tuple(people.columns.keys())
LANGUAGE: Final = """CASE WHEN excluded."language" = '' THEN people."language" ELSE excluded."language" END"""
"""Whoever does not know a person's language overwrites nothing that was learned of it."""
BROUGHT_UP_TO_DATE: Final = ", ".join(
    f'"{name}" = {LANGUAGE}' if name == "language" else f'"{name}" = excluded."{name}"'
    for name in COLUMNS
    if name != "key"
)
PERSON: Final = Insertion(
    people,
    COLUMNS,
    on_conflict=f" ON CONFLICT (key) DO UPDATE SET {BROUGHT_UP_TO_DATE}",
)

FIND = select(people).where(people.c.key == bindparam("person"))
FIND_MANY = select(people).where(ListedIn(people.c.key, "keys"))
SEARCH = (
    select(people)
    .where(
        or_(
            people.c.handle_folded == bindparam("folded"),
            people.c.name_folded == bindparam("folded"),
            people.c.email_folded == bindparam("folded"),
            and_(
                people.c.handle_folded == bindparam("handle"), people.c.platform == bindparam("of_platform")
            ),
        )
    )
    .order_by(people.c.key)
)
IN_GROUP = (
    select(people).where(people.c.groups.like(bindparam("pattern"), escape="\\")).order_by(people.c.key)
)
CALLED = select(people).where(people.c.handles.like(bindparam("pattern"), escape="\\")).order_by(people.c.key)
HOLDING: Final = 0x6465736B
"""Tells the locks on people from any other advisory lock."""
HOLD = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("person", type_=Text), HOLDING)))


class SqlPeople:
    def __init__(
        self,
        session: Session,
        *,
        known: WriteCache,
        documents: SearchDocuments,
        new_id: IdMaker,
        ahead: ReadAhead,
    ) -> None:
        self._session = session
        self._known = known
        self._documents = documents
        self._new_id = new_id
        self._noted: dict[str, Person] = {}
        self._together = ReadTogether(ahead.people, self.find_many)

    def remember(self, person: Person) -> bool:
        person = person.as_known
        if self._known.is_person(person) or self._noted.get(person.key) == person:
            return False
        if person.key in self._noted:
            self._session.flush()  # one statement may not bring the same row up to date twice
        self._noted[person.key] = person
        self._session.insert(PERSON, row_of(person))
        self._documents.put_person(person, new_id=self._new_id)
        self._session.after_commit(lambda: self._known.note_person(person))
        return True

    def hold(self, key: str) -> None:
        """A lock of its own, not the row's: the person may be new, and what brings them up to date need not wait."""
        if self._session.locks_rows:
            self._session.write(HOLD, person=key)

    def find(self, key: str) -> Person | None:
        if key in self._together:
            return self._together[key]
        row = self._session.fetch_one(FIND, person=key)
        return None if row is None else self._read(row)

    def find_many(self, keys: Iterable[str]) -> Mapping[str, Person]:
        asked = sorted(set(keys))
        if not asked:
            return {}
        rows = self._session.fetch(FIND_MANY, keys=to_json(asked))
        return {row["key"]: self._read(row) for row in rows}

    def _read(self, row: Row) -> Person:
        """What another process wrote since is not taken for what this one did."""
        person = person_from(row)
        self._known.forget_if_changed(person)
        return person

    def search(self, text: str, *, platform: str | None = None) -> Sequence[Person]:
        folded = text.strip().removeprefix("@").casefold()
        of_platform, _, handle = folded.partition(":")
        rows = self._session.fetch(SEARCH, folded=folded, handle=handle, of_platform=of_platform)
        found = [self._read(row) for row in rows if platform is None or row["platform"] == platform]
        return found or self._called(folded, platform=platform)

    def _called(self, handle: str, *, platform: str | None) -> list[Person]:
        """By a handle, which few people are looked for by."""
        pattern = f"%{to_json(handle).translate(LIKE_SIGNS)}%"
        found = (person_from(row) for row in self._session.fetch(CALLED, pattern=pattern))
        return [each for each in found if handle in each.handles and platform in (None, each.platform)]

    def names_among(self, words: Iterable[str]) -> frozenset[str]:
        parts = {word: tuple(index_words(word)) for word in words}
        sought = sorted({each for each in parts.values() if each})
        if not sought:
            return frozenset()
        question = (
            select(people.c.name)
            .join(search_documents, search_documents.c.person == people.c.key)
            .where(people.c.is_bot.is_(False), WordMatch(search_documents, list(map(Variant, sought))))
            .distinct()
        )
        names = {each for row in self._session.fetch_made(question) for each in index_words(row["name"])}
        return frozenset(word for word, those in parts.items() if those and names.issuperset(those))

    def members(self, group: str) -> Sequence[Person]:
        """Groups are few and asked for rarely; the list of them is searched as it is written."""
        written = to_json(group).translate(LIKE_SIGNS)
        found = (person_from(row) for row in self._session.fetch(IN_GROUP, pattern=f"%{written}%"))
        return [person for person in found if group in person.groups]


def row_of(person: Person) -> Row:
    return {
        "key": person.key,
        "name": person.name,
        "email": person.email,
        "time_zone": person.time_zone,
        "language": person.language,
        "groups": to_json(person.groups),
        "tier": person.tier,
        "is_bot": person.is_bot,
        "platform": person.platform,
        "handle_folded": person.key.partition(":")[2].casefold(),
        "name_folded": person.name.casefold(),
        "email_folded": person.email and person.email.casefold(),
        "is_active": person.is_active,
        "is_guest": person.is_guest,
        "picture": person.picture,
        "handles": to_json(sorted(person.handles)),
    }


def person_from(row: Row) -> Person:
    return Person(
        key=row["key"],
        name=row["name"],
        email=row["email"],
        time_zone=row["time_zone"],
        language=row["language"],
        groups=frozenset(from_json(row["groups"])),
        tier=row["tier"],
        is_bot=bool(row["is_bot"]),
        is_active=bool(row["is_active"]),
        is_guest=bool(row["is_guest"]),
        picture=row["picture"],
        handles=frozenset(from_json(row["handles"])),
    )
