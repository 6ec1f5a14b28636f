"""Named changes of a file: a key is set or removed, an entry of a list is added, removed or moved.

A path is the way to a value: `("teams", "network", "agents", "0")`. An entry of a list is meant by its place, or by
its `name` or `id`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

FileValue = str | bool | Sequence["FileValue"] | Mapping[str, "FileValue"] | None
ValuePath = tuple[str, ...]
_STEP: Final = re.compile(r'"(?P<quoted>[^"]+)"|(?P<plain>[^."\[\]]+)|\[(?P<entry>[^\]]+)\]')
NAMED_BY: Final = ("name", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetValue:
    """The key gets this value; it and those around it are made where they are missing."""

    path: ValuePath
    value: FileValue


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveValue:
    """The key with its value, or the entry of a list."""

    path: ValuePath


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEntry:
    """The list at the path gets one more entry, in front of the one at `place`, else at its end."""

    path: ValuePath
    value: FileValue
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveEntry:
    """The entry of a list changes places with the one behind it."""

    path: ValuePath


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment behind a value that nobody can read, where its line has room: `slack:C0123   # #help-it`.

    It takes the place of a name that stood there. No value changes.
    """

    path: ValuePath
    text: str


FileChange = SetValue | RemoveValue | AddEntry | MoveEntry | Remark


def path_in(text: str) -> ValuePath | None:
    """The path of `teams.network.title`, `routing.rules[outage].team` or `macros."at.once"`; else None."""
    steps: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "." and steps:
            at += 1
        found = _STEP.match(text, at)
        if found is None:
            return None
        steps.append((found["quoted"] or found["plain"] or found["entry"]).strip())
        at = found.end()
    return tuple(steps) if steps and all(steps) else None


def written(path: ValuePath) -> str:
    """As `path_in` reads it."""
    return ".".join(f'"{each}"' if re.search(r"[.\[\]]", each) else each for each in path)
