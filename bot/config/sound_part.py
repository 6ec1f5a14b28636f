"""What of a file is sound although the rest is faulty: so that one run finds every fault that others don't hide.

Faulty values are left out and the rest is checked again, until it holds. What a value that was left out may have
caused is no fault of the file's, and is not told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from bot.config.file.document import KeyPath, Plain, YamlDocument
from bot.config.file.field_types import Names
from bot.config.file.problems import Problem
from bot.config.file.translation import Fault, faults_of
from bot.config.schema.desk import DeskFile
from bot.domain.suggestions import nearest

ANY = "*"
"""Any key, in a path that `lacks` is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPart:
    """`file` is None where too little is sound; `left_out` are the places of what is missing in it.

    `unchecked` are sections in which something is left out that their check as a whole asks for.
    """

    file: DeskFile | None
    problems: list[Problem]
    left_out: frozenset[KeyPath] = frozenset()
    unchecked: list[str] = field(default_factory=list)

    def lacks(self, *paths: KeyPath) -> bool:
        """Whether something is left out at one of these places, or around it."""
        return any(
            len(gone) <= len(path) and all(a in (b, ANY) for a, b in zip(path, gone, strict=False))
            for gone in map(_meant, self.left_out)
            for path in paths
        )


def _meant(gone: KeyPath) -> KeyPath:
    """A key of the whole file that means nothing stands for the one that it is most like."""
    key = str(gone[0])
    if len(gone) > 1 or key in DeskFile.model_fields:
        return gone
    return (nearest(key, DeskFile.model_fields) or key,)


def sound_part(document: YamlDocument, names_of: Callable[[dict[str, Plain]], Names]) -> SoundPart:
    """`names_of` are the names that a file with these values defines."""
    return _Sieve(document, names_of).sifted()


class _Sieve:
    def __init__(self, document: YamlDocument, names_of: Callable[[dict[str, Plain]], Names]) -> None:
        self._document = document
        self._names_of = names_of
        self._values = document.values
        self._left_out: set[KeyPath] = set()
        self._by_a_check: set[KeyPath] = set()
        self._unchecked: list[str] = []
        for location in sorted(document.unread, key=str):
            self._leave_out(location)

    def sifted(self) -> SoundPart:
        problems: list[Problem] = []
        defined = self._names_of(self._document.values)
        file, faults = self._checked(defined)
        while faults:
            problems += (fault.problem for fault in faults if self._is_of_the_file(fault))
            file, faults = self._checked(defined) if self._without(faults) else (None, [])
        if not self._left_out:
            return SoundPart(file=file, problems=problems)
        file, faults = self._checked(self._names_of(self._values))
        while faults:
            file, faults = (
                self._checked(self._names_of(self._values)) if self._without(faults) else (None, [])
            )
        return SoundPart(
            file=file,
            problems=problems,
            left_out=frozenset(self._left_out),
            unchecked=self._unchecked,
        )

    def _checked(self, names: Names) -> tuple[DeskFile | None, list[Fault]]:
        try:
            return DeskFile.model_validate(self._values, context=names), []
        except ValidationError as error:
            return None, list(faults_of(error, self._document, model=DeskFile))

    def _is_of_the_file(self, fault: Fault) -> bool:
        """Whether it does not come of what is left out. A section whose check is no use is noted."""
        if fault.at in self._left_out:
            return False
        if any(gone[: len(fault.section)] == fault.section for gone in self._left_out - self._by_a_check):
            self._unchecked.append(".".join(map(str, fault.section)))
            return False
        return True

    def _without(self, faults: list[Fault]) -> bool:
        """Leaves out what is to blame. False: nothing is left that could be."""
        before = len(self._left_out)
        for fault in faults:
            path = self._leave_out(fault.at)
            if fault.at != fault.section and path == fault.at:
                self._by_a_check.add(path)
        self._put_stand_ins()
        return len(self._left_out) > before and bool(self._values.get("teams"))

    def _leave_out(self, location: KeyPath) -> KeyPath:
        """What is left out: the value, or the nearest one around it that can be. A list goes as a whole."""
        path = tuple(_until_a_list(location))
        while path and not self._is_written(path):
            self._left_out.add(path)
            path = path[:-1]
        if path:
            self._left_out.add(path)
            self._values = _less(self._values, path)
        return path

    def _is_written(self, path: KeyPath) -> bool:
        value: Plain = self._values
        for step in path:
            if not isinstance(value, dict) or str(step) not in value:
                return False
            value = value[str(step)]
        return True

    def _put_stand_ins(self) -> None:
        """No file is whole without these sections, and little depends on them."""
        teams = self._values.get("teams")
        self._values = {"desk": {"name": "Help desk"}, **self._values}
        if isinstance(teams, dict) and teams:
            self._values = {"routing": {"default_team": next(iter(teams))}, **self._values}


def _until_a_list(location: KeyPath) -> Iterator[str]:
    for step in location:
        if isinstance(step, int):
            return
        yield step


def _less(values: dict[str, Plain], path: KeyPath) -> dict[str, Plain]:
    """A copy of the values without the one there."""
    key, rest = str(path[0]), path[1:]
    inner = values[key]
    if not rest:
        return {name: each for name, each in values.items() if name != key}
    assert isinstance(inner, dict), "a path is followed as it is written"
    return {**values, key: _less(inner, rest)}
