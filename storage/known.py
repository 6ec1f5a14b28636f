"""What this process knows to be in the database, so that writing it again costs nothing.

Entries are made after the commit that wrote them. Another replica may have written something newer
since; it is written over only when this process sees a change itself.
"""

from threading import Lock
from typing import Final

from bot.domain.directory import Person

PEOPLE_AT_MOST: Final = 20_000


class Known:
    """Thread-safe. The oldest people are forgotten first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._people: dict[str, Person] = {}
        self._policies: set[str] = set()

    def is_person(self, person: Person) -> bool:
        return self._people.get(person.key) == person

    def note_person(self, person: Person) -> None:
        with self._lock:
            self._people.pop(person.key, None)
            self._people[person.key] = person
            if len(self._people) > PEOPLE_AT_MOST:
                del self._people[next(iter(self._people))]

    def is_policy(self, key: str) -> bool:
        return key in self._policies

    def note_policy(self, key: str) -> None:
        self._policies.add(key)
