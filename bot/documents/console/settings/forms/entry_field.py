"""A field of a form of `desk.yaml`: where its value stands in the file, and how it is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.domain.settings.file_change import FileValue, ValuePath

NEW: Final = "_new"
"""Behind the name of a field of people: whoever is added by name."""
NO_VALUE: Final = "-"
"""The box of a field of boxes which says that none of the others is meant."""


class EntryFieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    CHANNEL = "channel"
    PEOPLE = "people"
    """Those who are there, each with a box, and one more by name."""
    PERSON = "person"
    CHOICE = "choice"
    FLAG = "flag"
    EITHER = "either"
    """Yes, no, or what holds where the file says neither."""
    LIST = "list"
    """Several with commas between them."""
    LINES = "lines"
    """A key and its value a line, or one value for all."""
    PEOPLE_LINES = "people_lines"
    """A person and a value a line."""
    BOXES = "boxes"
    """Several of what there is to choose from."""
    ORDER = "order"
    """Several of what there is to choose from, one after the other."""
    ROWS = "rows"
    """Several of the same kind, each with fields of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryField:
    """`name` is that of the field, and its key in the file unless `key` is another.

    The names of `section` can be chosen there, and `values` always.
    """

    name: str
    kind: EntryFieldKind
    key: str = ""
    section: str = ""
    values: tuple[str, ...] = ()
    said: str = ""
    term: str = ""
    """One of them begins the keys of what `values` are called, among the sentences of forms or the desk's terms.

    Neither where they are names. No value is always said.
    """
    is_required: bool = False
    """Inside a section, only where the section is."""
    has_hint: bool = False
    is_kept: bool = True
    """Whether the file has it: else it only asks."""
    within: ValuePath = ()
    """The keys around it, in the entry."""
    is_head: bool = False
    """Whether the section around it is left out of the file where this is empty."""
    none: str = ""
    """Ends the key of what is said where nothing is chosen; its name, else."""
    is_usual: bool = False
    """What a flag is where the file does not say."""
    has_none: bool = False
    """Whether no box at all and none of them are two things: the file says nothing, or an empty list."""
    in_order: bool = False
    """Whether the order of several values means something."""
    columns: "tuple[EntryField, ...]" = ()
    """The fields of each row."""
    head: str = ""
    """The column that stands in the file alone where the others of its row are empty."""
    group: str = ""
    """Ends the key of the heading below which it is asked; empty for what each form begins with."""
    label: str = ""
    """Ends the key of its label, where that is not its name."""
    about: str = ""
    """The key of what its label is about."""
    is_left_out_alone: bool = False
    """Whether it is only asked where there is something to choose from."""

    @property
    def path(self) -> ValuePath:
        return (*self.within, self.key or self.name)

    @property
    def is_single_text(self) -> bool:
        return self.kind in _SINGLE_TEXTS

    def row(self, number: int) -> "tuple[EntryField, ...]":
        """Its fields in one of its rows, which count from 0."""
        return tuple(
            replace(
                each,
                name=f"{self.name}{number}_{each.name}",
                label=each.label or each.name,
                key=each.path[-1],
            )
            for each in self.columns
        )

    def is_empty(self, value: FileValue) -> bool:
        """Whether a new entry would not say it."""
        match self.kind:
            case EntryFieldKind.FLAG:
                return value is self.is_usual
            case EntryFieldKind.EITHER:
                return not isinstance(value, bool)
            case EntryFieldKind.BOXES:
                return value is None or (not value and not self.has_none)
            case _:
                return not value


_SINGLE_TEXTS: Final = frozenset(
    {EntryFieldKind.TEXT, EntryFieldKind.NUMBER, EntryFieldKind.CHANNEL, EntryFieldKind.PERSON}
)


def names_of(each: EntryField) -> tuple[str, ...]:
    """Under which a browser sends it."""
    return (each.name, each.name + NEW) if each.kind is EntryFieldKind.PEOPLE else (each.name,)


def sections_of(fields: Sequence[EntryField]) -> Iterator[ValuePath]:
    """The sections that these fields stand in, those around others first."""
    found = {each.within[: depth + 1] for each in fields for depth in range(len(each.within))}
    yield from sorted(found, key=len)


def inside(section: ValuePath, fields: Sequence[EntryField]) -> tuple[EntryField, ...]:
    return tuple(each for each in fields if each.within[: len(section)] == section)
