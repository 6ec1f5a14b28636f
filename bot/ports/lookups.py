"""Asking another system about a person: one question, one answer, within a time and a size."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.directory import Person
from bot.domain.lookups.answer_facts import FactReading
from bot.domain.lookups.lookup import Lookup
from bot.domain.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFound:
    """It knows the person, and says this of them."""

    reading: FactReading


@dataclass(frozen=True, slots=True)
class PersonUnknown:
    """It answered that it does not know the person."""


@dataclass(frozen=True, slots=True)
class NotAskable:
    """The person lacks what the question needs, so nobody was asked."""


@dataclass(frozen=True, slots=True)
class LookupFailed:
    """No answer that can be used. `why` is for the operator: what was seen and what to do, without any secret."""

    why: Sentence


LookupOutcome = PersonFound | PersonUnknown | NotAskable | LookupFailed


class LookupClient(Protocol):
    async def ask(self, lookup: Lookup, person: Person) -> LookupOutcome:
        """Answers within the look-up's time-out, and raises nothing of the network's."""
        ...

    async def close(self) -> None: ...
