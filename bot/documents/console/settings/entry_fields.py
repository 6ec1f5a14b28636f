"""The fields of a team's, an inbox's or a rule's form: what they ask, what was written, what becomes of it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from bot.documents.console.settings.choice_list import ChoiceList, DirectoryNames
from bot.documents.console.settings.file_values import (
    changes_between,
    is_yes,
    keyed,
    listed,
    text_in,
    value_at,
)
from bot.domain.errors import Refused
from bot.domain.settings.file_change import FileChange, FileValue, Remark, SetValue, ValuePath
from bot.messages.outbound import RichText
from bot.text.error_text import explain
from bot.text.sentences import words

NEW: Final = "_new"
"""Behind the name of a field of people: whoever is added by name."""


class EntryFieldKind(StrEnum):
    TEXT = "text"
    CHANNEL = "channel"
    PEOPLE = "people"
    """Those who are there, each with a box, and one more by name."""
    CHOICE = "choice"
    FLAG = "flag"
    LIST = "list"
    """Several with commas between them."""
    LINES = "lines"
    """A key and its value a line, or one value for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryField:
    """`name` is the key in the file. The names of `section` can be chosen there, and `values` always."""

    name: str
    kind: EntryFieldKind
    section: str = ""
    values: tuple[str, ...] = ()
    is_said: bool = False
    """Whether `values` are said in the reader's language; else they are names. Nothing always is."""
    is_required: bool = False
    has_hint: bool = False
    is_kept: bool = True
    """Whether the file has it: else it only asks."""
    within: ValuePath = ()
    """The keys around it, in the entry."""
    none: str = ""
    """Ends the key of what is said where nothing is chosen; its name, else."""

    @property
    def path(self) -> ValuePath:
        return (*self.within, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field as a page shows it. `chosen` are the people who are there, by reference and label."""

    name: str
    label: str
    kind: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    problem: RichText = ()
    is_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryValues:
    """What a form says, as the file would; `problems` by the name of the field."""

    values: Mapping[str, FileValue]
    problems: Mapping[str, RichText] = field(default_factory=dict)


def written_in(
    fields: Sequence[EntryField], typed: Mapping[str, str], choices: DirectoryNames, language: str
) -> EntryValues:
    """Names become what the file calls them."""
    values: dict[str, FileValue] = {}
    problems: dict[str, RichText] = {}
    for each in fields:
        try:
            values[each.name] = _value(each, typed, choices)
        except Refused as refused:
            problems[each.name] = explain(language, refused)
            continue
        if each.is_required and not values[each.name]:
            label = words(language, f"desk_forms.label_{each.name}")
            problems[each.name] = (words(language, "desk_forms.needed", label=label),)
    return EntryValues(values=values, problems=problems)


def field_view(
    each: EntryField,
    entry: Mapping[str, Any],
    typed: Mapping[str, str] | None,
    *,
    values: Mapping[str, Any],
    choices: DirectoryNames,
    language: str,
    problem: RichText = (),
) -> FieldView:
    """`values` are those of the whole file, `entry` those of what is edited; `typed` goes before those."""
    view = FieldView(
        name=each.name,
        label=words(language, f"desk_forms.label_{each.name}"),
        kind=each.kind,
        hint=words(language, f"desk_forms.hint_{each.name}") if each.has_hint else "",
        problem=problem,
        is_required=each.is_required,
        value=typed.get(each.name, "") if typed is not None else as_typed(each, entry, choices),
        choices=tuple(_choices(each, values, entry, language)),
    )
    if each.kind is not EntryFieldKind.PEOPLE:
        return view
    return _with_people(view, entry, typed, choices.people)


def changes_of(
    fields: Sequence[EntryField], path: ValuePath, entry: Mapping[str, Any], written: EntryValues
) -> Iterator[FileChange]:
    for each in fields:
        if each.is_kept:
            before = value_at(entry, each.path)
            yield from changes_between((*path, *each.path), before, written.values[each.name])


def new_entry(fields: Sequence[EntryField], written: EntryValues) -> dict[str, FileValue]:
    """What is said and not empty, in the order of the form."""
    entry: dict[str, Any] = {}
    for each in fields:
        if each.is_kept and written.values[each.name]:
            inner = entry
            for step in each.within:
                inner = inner.setdefault(step, {})
            inner[each.name] = written.values[each.name]
    return entry


def remarks_on(
    fields: Sequence[EntryField], path: ValuePath, changes: Sequence[FileChange], choices: DirectoryNames
) -> Iterator[Remark]:
    """The names of channels whose ids nobody can read, where these changes write them."""
    for each in fields:
        if each.kind is not EntryFieldKind.CHANNEL:
            continue
        here = (*path, each.name)
        for change in changes:
            if not isinstance(change, SetValue) or here[: len(change.path)] != change.path:
                continue
            value = change.value if change.path == here else keyed(change.value).get(each.name)
            if name := choices.channels.remark_of(text_in(value)):
                yield Remark(path=here, text=name)


def _value(each: EntryField, typed: Mapping[str, str], choices: DirectoryNames) -> FileValue:
    text = typed.get(each.name, "").strip()
    match each.kind:
        case EntryFieldKind.FLAG:
            return is_yes(text)
        case EntryFieldKind.CHANNEL:
            return choices.channels.reference_of(text) if text else ""
        case EntryFieldKind.PEOPLE:
            there = [part for part in text.split(",") if part]
            more = choices.people.references_of(typed.get(each.name + NEW, ""))
            return choices.people.joined(there, more)
        case EntryFieldKind.LIST:
            parts = (part.strip() for part in text.replace("\n", ",").split(","))
            return list(dict.fromkeys(filter(None, parts)))
        case EntryFieldKind.LINES:
            return _lines(text)
        case _:
            return text


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


def as_typed(each: EntryField, entry: Mapping[str, Any], choices: DirectoryNames) -> str:
    """What the file says, as somebody would type it."""
    value = value_at(entry, each.path)
    match each.kind:
        case EntryFieldKind.FLAG:
            return "yes" if is_yes(value) else ""
        case EntryFieldKind.CHANNEL:
            return choices.channels.label_of(text_in(value))
        case EntryFieldKind.LIST:
            return ", ".join(map(str, listed(value)))
        case EntryFieldKind.LINES:
            lines = (f"{key}: {text_in(said)}" for key, said in keyed(value).items())
            return text_in(value) or "\n".join(lines)
        case _:
            return text_in(value)


def _choices(
    each: EntryField, values: Mapping[str, Any], entry: Mapping[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    if each.kind is not EntryFieldKind.CHOICE:
        return
    for value in each.values:
        if not value:
            yield value, words(language, f"desk_forms.none_{each.none or each.name}")
        elif each.name == "priority":
            yield value, words(language, f"terms.priority_{value}")
        elif each.is_said:
            yield value, words(language, f"desk_forms.{each.name}_{value}")
        else:
            yield value, value
    named = keyed(values.get(each.section)) if each.section else {}
    for name, section in named.items():
        yield name, text_in(keyed(section).get("title")) or name
    there = text_in(entry.get(each.name))
    if there and there not in {*each.values, *named}:
        yield there, there


def _with_people(
    view: FieldView, entry: Mapping[str, Any], typed: Mapping[str, str] | None, people: ChoiceList
) -> FieldView:
    there = [str(each) for each in listed(entry.get(view.name))]
    more = ""
    if typed is not None:
        there = [each for each in typed.get(view.name, "").split(",") if each]
        more = typed.get(view.name + NEW, "")
        with suppress(Refused):  # it is said beside the field, which keeps what was written
            there, more = people.joined(there, people.references_of(more)), ""
    return FieldView(
        name=view.name,
        label=view.label,
        kind=view.kind,
        value=more,
        chosen=tuple((each, people.label_of(each)) for each in there),
        hint=view.hint,
        problem=view.problem,
        is_required=view.is_required,
    )
