"""A sentence that is still to be said: its key in the catalogue and the facts that fill its placeholders.

Whoever refuses or records something knows what it is; how it reads, and in which language, is decided where it is
shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class OneOf:
    """Values of which one is to be chosen: "low, normal or high"."""

    values: tuple["str | Sentence", ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.values))


@dataclass(frozen=True, slots=True)
class Sentence:
    """`key` is `audience.id`. A fact `count` chooses the plural; a tuple is a list: "A, B and C"."""

    key: str
    facts: Mapping[str, "Fact"] = field(default_factory=dict)

    def __str__(self) -> str:
        """For developers: the key and what it is told."""
        facts = ", ".join(f"{name}={_shown(fact)}" for name, fact in self.facts.items())
        return f"{self.key}({facts})" if facts else self.key

    def to_json(self) -> dict[str, Any]:
        """To be kept and said later, in whatever language it is read then."""
        return {"key": self.key, "facts": {name: _kept(fact) for name, fact in self.facts.items()}}

    @classmethod
    def from_json(cls, kept: str | Mapping[str, Any]) -> Self:
        """What `to_json` gave; what was kept as words, before sentences were, is said as it stands."""
        if isinstance(kept, str):
            return cls("history.as_kept", {"text": kept})
        return cls(kept["key"], {name: _fact(each) for name, each in kept["facts"].items()})


Fact = str | int | datetime | timedelta | tuple[str | Sentence, ...] | OneOf | Sentence


def sentence(key: str, **facts: Fact) -> Sentence:
    return Sentence(key, facts)


def _shown(fact: Fact) -> str:
    return " and ".join(map(str, fact)) if isinstance(fact, tuple) else str(fact)


def _kept(fact: Fact) -> object:
    match fact:
        case Sentence():
            return fact.to_json()
        case datetime():
            return {"at": fact.isoformat()}
        case timedelta():
            return {"seconds": fact.total_seconds()}
        case OneOf():
            return {"one_of": [_kept(each) for each in fact.values]}
        case tuple():
            return [_kept(each) for each in fact]
        case _:
            return fact


def _fact(kept: Any) -> Fact:  # noqa: ANN401
    match kept:
        case {"key": _}:
            return Sentence.from_json(kept)
        case {"at": at}:
            return datetime.fromisoformat(at)
        case {"seconds": seconds}:
            return timedelta(seconds=seconds)
        case {"one_of": values}:
            return OneOf(tuple(map(_part, values)))
        case list():
            return tuple(map(_part, kept))
        case _:
            return kept  # type: ignore[no-any-return]


def _part(kept: str | Mapping[str, Any]) -> str | Sentence:
    return kept if isinstance(kept, str) else Sentence.from_json(kept)
