"""A look-up: how another system is asked about a person, and which facts are taken from its answer.

A person's words stand in the path or the query alone, encoded whole: they never choose whom the desk asks.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, urlsplit

from bot.domain.directory import Person

PLACEHOLDERS: Final = ("email", "name", "handle", "key")
PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
REFERENCE: Final = re.compile(r"\$(?:\{(?P<braced>\w+)\}|(?P<plain>\w+))")
"""A setting in the value of a header: `$NAME` or `${NAME}`."""
SETTINGS: Final = "DESKBELL_LOOKUP_"
"""How the names of settings begin that headers may hold."""
_WAYS_UP: Final = frozenset({".", ".."})
"""Segments of a path that mean another one, encoded or not: RFC 3986, 3.3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupField:
    """A fact and where it is in the answer: `("account", "tier")`; a number is a place in a list, from 0."""

    name: str
    label: str
    path: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    """Instead of the label, by the reader's language."""

    def label_in(self, language: str) -> str:
        return self.labels.get(language, self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """`url` has placeholders, `headers` name the settings that hold their secrets; neither holds a secret itself.

    `timeout` is real time, `keep` desk time: how long an answer is good for.
    """

    name: str
    title: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[LookupField, ...]
    timeout: timedelta = timedelta(seconds=2)
    keep: timedelta = timedelta(hours=1)
    when_failing: str | None = None
    """What the team reads while it fails: these words, nothing where they are empty, Deskbell's own for None."""

    @property
    def host(self) -> str:
        """Whom it asks; an address of a person is no part of it."""
        return urlsplit(self.url).netloc

    @property
    def question(self) -> str:
        """Changes with what is asked and what is taken from the answer: an answer to another one is out of date."""
        asked = (self.url, *(f"{each.name}={'.'.join(each.path)}" for each in self.fields))
        return hashlib.sha256("\n".join(asked).encode()).hexdigest()[:16]

    def address_for(self, person: Person) -> str | None:
        """Where to ask about this person; None where they lack what the address needs."""
        known = {name: _known(name, person) for name in PLACEHOLDER.findall(self.url)}
        if not all(known.values()) or not _WAYS_UP.isdisjoint(known.values()):
            return None
        return PLACEHOLDER.sub(lambda found: quote(known[found[1]], safe="", errors="replace"), self.url)

    def settings(self) -> Iterator[str]:
        """The names of the settings that its headers hold."""
        for value in self.headers.values():
            yield from (found["braced"] or found["plain"] for found in REFERENCE.finditer(value))

    def headers_with(self, secrets: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
        """The headers as they are sent. Raises KeyError for a setting that is not there."""
        return {
            name: REFERENCE.sub(lambda found: secrets[found["braced"] or found["plain"]], value)
            for name, value in self.headers.items()
        }


def _known(placeholder: str, person: Person) -> str:
    match placeholder:
        case "email":
            return (person.email or "").lower()
        case "name":
            return person.name
        case "key":
            return person.key
        case _:
            return _handle(person)


def _handle(person: Person) -> str:
    """One word by which the platform knows them, or else their id there."""
    words = sorted(each for each in person.handles if each and not any(sign.isspace() for sign in each))
    return words[0] if words else person.key.partition(":")[2]
