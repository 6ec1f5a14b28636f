"""What is written in a form becomes what the file calls it, and the other way round."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.documents.console.settings.choice_list import DirectoryNames
from bot.documents.console.settings.file_values import is_yes, keyed, listed, text_in, value_at
from bot.documents.console.settings.forms.entry_field import (
    NEW,
    NO_VALUE,
    EntryField,
    EntryFieldKind,
    inside,
)
from bot.domain.errors import Refused
from bot.domain.settings.file_change import FileValue
from bot.messages.outbound import RichText
from bot.text.error_text import explain
from bot.text.sentences import words

MOST_ROWS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryValues:
    """What a form says, as the file would; `problems` by the name of the field.

    What the form that was sent does not ask is not in it.
    """

    values: Mapping[str, FileValue]
    problems: Mapping[str, RichText] = field(default_factory=dict)


def written_in(
    fields: Sequence[EntryField],
    typed: Mapping[str, str],
    choices: DirectoryNames,
    language: str,
    *,
    entry: Mapping[str, Any] | None = None,
) -> EntryValues:
    """Names become what the file calls them. `entry` is as the file has it; None for a new one."""
    reader = _Reader(choices, language)
    for each in fields:
        if _is_asked(each, typed) or (entry is None and each.is_required):
            reader.read(each, typed)
    for each in fields:
        if each.is_head and each.name in reader.values:
            reader.keep_together(each, inside(each.within, fields), entry or {})
    return EntryValues(values=reader.values, problems=reader.problems)


class _Reader:
    def __init__(self, choices: DirectoryNames, language: str) -> None:
        self._choices = choices
        self._language = language
        self.values: dict[str, FileValue] = {}
        self.problems: dict[str, RichText] = {}

    def read(self, each: EntryField, typed: Mapping[str, str]) -> None:
        if each.kind is EntryFieldKind.ROWS:
            self.values[each.name] = [self._row(each.row(at), typed) for at in range(rows_in(each, typed))]
            return
        try:
            self.values[each.name] = _value(each, typed, self._choices)
        except Refused as refused:
            self.problems[each.name] = explain(self._language, refused)
            return
        if each.is_required and not each.within and not self.values[each.name]:
            self._is_needed(each)

    def _row(self, columns: Sequence[EntryField], typed: Mapping[str, str]) -> dict[str, FileValue]:
        """What is not empty, by the keys of the file; a row that says something says what is required."""
        read = _Reader(self._choices, self._language)
        for each in columns:
            try:
                read.values[each.name] = _value(each, typed, self._choices)
            except Refused as refused:
                read.problems[each.name] = explain(self._language, refused)
        said = {each.path[0]: read.values[each.name] for each in columns if read.values.get(each.name)}
        if said or read.problems:
            for each in columns:
                if each.is_required and not read.values.get(each.name) and each.name not in read.problems:
                    read._is_needed(each)
        self.problems |= read.problems
        return said

    def keep_together(
        self, head: EntryField, section: Sequence[EntryField], entry: Mapping[str, Any]
    ) -> None:
        """A section is there with its head: what else it asks is needed or left out with that."""
        others = [each for each in section if each is not head and each.name in self.values]
        said = [each for each in others if not each.is_empty(self.values[each.name])]
        if self.values[head.name]:
            for each in others:
                if each.is_required and each not in said:
                    self._is_needed(each)
        elif value_at(entry, head.path):
            self.values |= {each.name: _EMPTY.get(each.kind, "") for each in said}
        elif said:
            self._is_needed(head)

    def _is_needed(self, each: EntryField) -> None:
        label = label_of(each, self._language)
        self.problems[each.name] = (words(self._language, "desk_forms.needed", label=label),)


_EMPTY: Final[Mapping[EntryFieldKind, FileValue]] = {
    EntryFieldKind.FLAG: False,
    EntryFieldKind.BOXES: None,
    EntryFieldKind.LIST: [],
}


def label_of(each: EntryField, language: str) -> str:
    key = f"desk_forms.label_{each.label or each.name}"
    return words(language, key, what=words(language, each.about)) if each.about else words(language, key)


def rows_in(each: EntryField, typed: Mapping[str, str]) -> int:
    """How many rows a form was sent with."""
    found = (re.match(rf"{each.name}(\d{{1,3}})_", name) for name in typed)
    return max((min(int(match[1]) + 1, MOST_ROWS) for match in found if match), default=0)


def _is_asked(each: EntryField, typed: Mapping[str, str]) -> bool:
    if each.kind is EntryFieldKind.ROWS:
        return rows_in(each, typed) > 0
    return each.name in typed or each.name + NEW in typed


def _value(each: EntryField, typed: Mapping[str, str], choices: DirectoryNames) -> FileValue:
    text = typed.get(each.name, "").strip()
    match each.kind:
        case EntryFieldKind.FLAG:
            return is_yes(text)
        case EntryFieldKind.EITHER:
            return is_yes(text) if text else ""
        case EntryFieldKind.CHANNEL:
            return choices.channels.reference_of(text) if text else ""
        case EntryFieldKind.PERSON:
            return choices.people.reference_of(text) if text else ""
        case EntryFieldKind.PEOPLE:
            there = [part for part in text.split(",") if part]
            more = choices.people.references_of(typed.get(each.name + NEW, ""))
            return choices.people.joined(there, more)
        case EntryFieldKind.LIST | EntryFieldKind.ORDER:
            return _parts(text)
        case EntryFieldKind.BOXES:
            return _boxes(_parts(text))
        case EntryFieldKind.LINES:
            return _lines(text)
        case EntryFieldKind.PEOPLE_LINES:
            return _people_lines(text, choices)
        case _:
            return text


def _parts(text: str) -> list[str]:
    parts = (part.strip() for part in text.replace("\n", ",").split(","))
    return list(dict.fromkeys(filter(None, parts)))


def _boxes(parts: list[str]) -> FileValue:
    """None where no box is set. Raises Refused for none and some."""
    if NO_VALUE in parts and len(parts) > 1:
        raise Refused("desk_forms.none_and_some")
    return [] if NO_VALUE in parts else parts or None


def _lines(text: str) -> FileValue:
    """Raises Refused for a line that is no key and value."""
    lines = [each.strip() for each in text.splitlines() if each.strip()]
    if len(lines) == 1 and ":" not in lines[0]:
        return lines[0]
    found: dict[str, FileValue] = {}
    for line in lines:
        key, colon, value = line.partition(":")
        if not (key.strip() and colon and value.strip()):
            raise Refused("desk_forms.not_a_line", text=line)
        found[key.strip()] = value.strip()
    return found or ""


def _people_lines(text: str, choices: DirectoryNames) -> FileValue:
    """Raises Refused for a line without a value, and for somebody nobody knows."""
    found: dict[str, FileValue] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        who, colon, value = line.rpartition(":")
        if not (who.strip() and colon and value.strip()):
            raise Refused("desk_forms.not_a_line", text=line)
        found[choices.people.reference_of(who)] = value.strip()
    return found or ""


def as_sent(each: EntryField, entry: Mapping[str, Any], choices: DirectoryNames) -> dict[str, str]:
    """What a browser sends of the field where nobody wrote in it, by its name and those of its rows."""
    if each.kind is EntryFieldKind.ROWS:
        rows = rows_of_file(each, entry)
        fields = ((field, row) for at, row in enumerate(rows) for field in each.row(at))
        return {name: value for field, row in fields for name, value in as_sent(field, row, choices).items()}
    if each.kind is EntryFieldKind.PEOPLE:
        return {each.name: ",".join(_texts(value_at(entry, each.path))), each.name + NEW: ""}
    return {each.name: as_typed(each, entry, choices)}


def as_typed(each: EntryField, entry: Mapping[str, Any], choices: DirectoryNames) -> str:
    """What the file says, as somebody would type it."""
    value = value_at(entry, each.path)
    match each.kind:
        case EntryFieldKind.FLAG:
            return "yes" if is_flagged(each, value) else ""
        case EntryFieldKind.EITHER:
            return "" if value is None else "yes" if is_yes(value) else "no"
        case EntryFieldKind.CHANNEL:
            return choices.channels.label_of(text_in(value))
        case EntryFieldKind.PERSON:
            return choices.people.label_of(text_in(value))
        case EntryFieldKind.LIST:
            return ", ".join(_texts(value))
        case EntryFieldKind.BOXES if each.has_none and value == []:
            return NO_VALUE
        case EntryFieldKind.BOXES | EntryFieldKind.ORDER:
            return ",".join(_texts(value))
        case EntryFieldKind.LINES:
            lines = (f"{key}: {text_in(said)}" for key, said in keyed(value).items())
            return text_in(value) or "\n".join(lines)
        case EntryFieldKind.PEOPLE_LINES:
            people = keyed(value).items()
            return "\n".join(f"{choices.people.label_of(who)}: {text_in(said)}" for who, said in people)
        case _:
            return text_in(value)


def is_flagged(each: EntryField, value: Any) -> bool:  # noqa: ANN401
    return each.is_usual if value is None else is_yes(value)


def rows_of_file(each: EntryField, entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [as_row(each, row) for row in listed(value_at(entry, each.path))]


def as_row(each: EntryField, row: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """A row that stands there by its head alone is one like the others."""
    return {each.head: row} if each.head and isinstance(row, str) else keyed(row)


def said_values(each: EntryField, entry: Mapping[str, Any]) -> Iterator[str]:
    """Of the columns that rows begin with."""
    return (text_in(row.get(each.columns[0].path[0])) for row in rows_of_file(each, entry))


def _texts(value: Any) -> list[str]:  # noqa: ANN401
    """What is defined where it is named is no name."""
    return [each for each in listed(value) if isinstance(each, str)]
