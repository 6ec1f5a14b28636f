"""What this process knows to be in the database, so that writing it again costs nothing.

Entries are made after the commit that wrote them. Another process may have written something newer since: a person
who is read and is another than the one noted here is forgotten, and written when this process next meets them.
"""

from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
from typing import Any, Final

from bot.domain.directory import Person

PEOPLE_AT_MOST: Final = 20_000
POLICIES_AT_MOST: Final = 256


class WriteCache:
    """Thread-safe. The oldest people are forgotten first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._people: dict[str, Person] = {}
        self._policies: set[str] = set()
        self._bodies: dict[int, tuple[Mapping[str, Any], str]] = {}

    def is_person(self, person: Person) -> bool:
        return self._people.get(person.key) == person

    def note_person(self, person: Person) -> None:
        with self._lock:
            self._people.pop(person.key, None)
            self._people[person.key] = person
            if len(self._people) > PEOPLE_AT_MOST:
                del self._people[next(iter(self._people))]

    def forget_if_changed(self, found: Person) -> None:
        """`found` is the person as the database has them; a language that was not known here may be known there."""
        noted = self._people.get(found.key)
        if noted is None or found == noted:
            return
        if not noted.language and found == replace(noted, language=found.language):
            return
        with self._lock:
            self._people.pop(found.key, None)

    def is_policy(self, key: str) -> bool:
        return key in self._policies

    def key_of(self, body: Mapping[str, Any]) -> str | None:
        """The key of a policy's copy, if this very object was copied before: nothing to write or to hash."""
        found = self._bodies.get(id(body))
        return None if found is None else found[1]

    def note_policy(self, body: Mapping[str, Any], key: str) -> None:
        """The body is held on to, for an id means something only while its object lives."""
        with self._lock:
            self._policies.add(key)
            if len(self._bodies) >= POLICIES_AT_MOST:
                self._bodies.clear()
            self._bodies[id(body)] = (body, key)
