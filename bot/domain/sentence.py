"""A sentence that is still to be said: its key in the catalogue and the facts that fill its placeholders.

Whoever refuses or records something knows what it is; how it reads, and in which language, is decided where it is
shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class OneOf:
    """Values of which one is to be chosen: "low, normal or high"."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """`key` is `audience.id`. A fact `count` chooses the plural; a tuple is a list: "A, B and C"."""

    key: str
    facts: Mapping[str, "Fact"] = field(default_factory=dict)

    def __str__(self) -> str:
        """For developers: the key and what it is told."""
        facts = ", ".join(f"{name}={fact!s}" for name, fact in self.facts.items())
        return f"{self.key}({facts})" if facts else self.key


Fact = str | int | datetime | timedelta | tuple[str, ...] | OneOf | Sentence


def sentence(key: str, **facts: Fact) -> Sentence:
    return Sentence(key, facts)
