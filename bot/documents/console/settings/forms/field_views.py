"""Fields of a form as a page shows them: with their names in the reader's language, and what can be chosen."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.documents.console.settings.choice_list import ChoiceList, DirectoryNames
from bot.documents.console.settings.file_values import keyed, listed, text_in, value_at
from bot.documents.console.settings.forms.entry_field import NEW, NO_VALUE, EntryField, EntryFieldKind
from bot.documents.console.settings.forms.typed_values import (
    as_sent,
    as_typed,
    label_of,
    rows_in,
    rows_of_file,
)
from bot.domain.errors import Refused
from bot.messages.outbound import RichText
from bot.text.catalogue import languages
from bot.text.sentences import words
from bot.text.terms import language_name

NOTHING: Final = "–"
MOST_SLOTS: Final = 3
"""Choices one after the other that are shown at least, where there are so many."""
_CHOSEN: Final = frozenset(
    {EntryFieldKind.CHOICE, EntryFieldKind.EITHER, EntryFieldKind.BOXES, EntryFieldKind.ORDER}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field as a page shows it. `chosen` are the people who are there, by reference and label.

    `picked` are the boxes that are set, or choices in their order. `is_said`: the file says something of it.
    """

    name: str
    label: str
    kind: str
    group: str = ""
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    picked: tuple[str, ...] = ()
    rows: "tuple[FieldRow, ...]" = ()
    hint: str = ""
    problem: RichText = ()
    is_required: bool = False
    is_said: bool = False

    @property
    def every(self) -> "tuple[FieldView, ...]":
        """It and the fields of its rows."""
        return (self, *(each for row in self.rows for each in row))


FieldRow = tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTexts:
    """What a form is shown from: `values` are those of the whole file, `problems` by the name of the field."""

    values: Mapping[str, Any]
    choices: DirectoryNames
    language: str
    problems: Mapping[str, RichText]


def field_views(
    fields: Sequence[EntryField],
    entry: Mapping[str, Any],
    typed: Mapping[str, str] | None,
    texts: FormTexts,
) -> Iterator[FieldView]:
    """Those that can be asked: what there is nothing to choose for is left out where its field says so."""
    for each in fields:
        view = field_view(each, entry, typed, texts)
        if not each.is_left_out_alone or any(value for value, _ in view.choices):
            yield view


def field_view(
    each: EntryField, entry: Mapping[str, Any], typed: Mapping[str, str] | None, texts: FormTexts
) -> FieldView:
    """`entry` is as the file has it; what is typed goes before that."""
    language, choices = texts.language, texts.choices
    if typed is not None and each.kind is not EntryFieldKind.ROWS:
        typed = {**as_sent(each, entry, choices), **typed}
    value = (
        ""
        if each.kind is EntryFieldKind.ROWS
        else (typed.get(each.name, "") if typed is not None else as_typed(each, entry, choices))
    )
    view = FieldView(
        name=each.name,
        label=label_of(each, language),
        kind=each.kind,
        group=each.group,
        hint=words(language, f"desk_forms.hint_{each.label or each.name}") if each.has_hint else "",
        problem=texts.problems.get(each.name, ()),
        is_required=each.is_required and not each.within,
        is_said=value_at(entry, each.path) is not None or _differs(each, entry, typed, texts),
        value=value,
        choices=tuple(_choices(each, entry, texts)) if each.kind in _CHOSEN else (),
    )
    match each.kind:
        case EntryFieldKind.PEOPLE:
            return _with_people(view, each, entry, typed, choices.people)
        case EntryFieldKind.BOXES:
            return replace(view, picked=_parts(value))
        case EntryFieldKind.ORDER:
            known = sum(1 for key, _ in view.choices if key)
            slots = min(max(len(_parts(value)) + 1, MOST_SLOTS), known)
            return replace(view, picked=(*_parts(value), *[""] * slots)[: max(slots, len(_parts(value)))])
        case EntryFieldKind.ROWS:
            return replace(view, rows=tuple(_rows(each, entry, typed, texts)))
        case _:
            return view


def _differs(
    each: EntryField, entry: Mapping[str, Any], typed: Mapping[str, str] | None, texts: FormTexts
) -> bool:
    """Whether somebody wrote something else than the file says."""
    if typed is None:
        return False
    there = as_sent(each, entry, texts.choices)
    given = {name: value for name, value in typed.items() if name in there}
    if each.kind is EntryFieldKind.ROWS:
        rows = (each.row(at) for at in range(rows_in(each, typed)))
        given = {
            column.name: value for row in rows for column in row if (value := typed.get(column.name, ""))
        }
    return any(there.get(name, "") != value for name, value in given.items())


def told_value(each: EntryField, entry: Mapping[str, Any], texts: FormTexts) -> str:
    """What the file says, as its form would show it, in a line."""
    if each.kind is EntryFieldKind.ROWS:
        rows = rows_of_file(each, entry)
        told = (", ".join(_said(column, row, texts) for column in each.row(0)) for row in rows)
        return "; ".join(row.strip(", ") for row in told) or NOTHING
    return _said(each, entry, texts) or NOTHING


def _said(each: EntryField, entry: Mapping[str, Any], texts: FormTexts) -> str:
    view = field_view(each, entry, None, texts)
    match each.kind:
        case EntryFieldKind.PEOPLE:
            parts = [label for _, label in view.chosen]
        case kind if kind in _CHOSEN:
            parts = [dict(view.choices).get(key, key) for key in _parts(view.value) or ("",)]
        case _:
            parts = view.value.splitlines()
    return ", ".join(filter(None, parts))


def _rows(
    each: EntryField, entry: Mapping[str, Any], typed: Mapping[str, str] | None, texts: FormTexts
) -> Iterator[tuple[FieldView, ...]]:
    """Those that are there, and an empty one to fill in."""
    there = rows_of_file(each, entry)
    count = max(len(there), rows_in(each, typed or {}))
    is_last_empty = count > len(there) and not any(
        (typed or {}).get(name, "")
        for column in each.row(count - 1)
        for name in (column.name, column.name + NEW)
    )
    for at in range(count if is_last_empty else count + 1):
        row = there[at] if at < len(there) else {}
        given = typed if at < rows_in(each, typed or {}) else None
        yield tuple(field_views(each.row(at), row, given, texts))


def _parts(value: str) -> tuple[str, ...]:
    return tuple(filter(None, value.split(",")))


def _choices(each: EntryField, entry: Mapping[str, Any], texts: FormTexts) -> Iterator[tuple[str, str]]:
    language = texts.language
    for value in each.values:
        if not value:
            yield value, words(language, f"desk_forms.none_{each.none or each.label or each.name}")
        else:
            yield value, _value_words(each, value, language)
    named = _named(each.section, texts)
    yield from named.items()
    for there in listed(value_at(entry, each.path)):
        is_known = not isinstance(there, str) or there in {*each.values, *named}
        if not is_known and each.kind is not EntryFieldKind.EITHER:
            yield there, there
    if each.has_none:
        yield NO_VALUE, words(language, "desk_forms.none_of_them")


def _value_words(each: EntryField, value: str, language: str) -> str:
    if each.term:
        return words(language, f"terms.{each.term}_{value}")
    return words(language, f"desk_forms.{each.said}_{value}") if each.said else value


def _named(section: str, texts: FormTexts) -> Mapping[str, str]:
    """By name, with titles: a section's, else Deskbell's languages or the categories of the desk."""
    match section:
        case "":
            return {}
        case "languages":
            names = {code: language_name(code, texts.language) for code in languages()}
            return dict(sorted(names.items(), key=lambda each: each[1].casefold()))
        case "categories":
            found = listed(keyed(texts.values.get("desk")).get("categories"))
            return {each: each for each in found if isinstance(each, str)}
        case _:
            named = keyed(texts.values.get(section))
            titles = ((name, keyed(each)) for name, each in named.items())
            return {
                name: text_in(each.get("title")) or text_in(each.get("label")) or name
                for name, each in titles
            }


def _with_people(
    view: FieldView,
    each: EntryField,
    entry: Mapping[str, Any],
    typed: Mapping[str, str] | None,
    people: ChoiceList,
) -> FieldView:
    there = [str(reference) for reference in listed(value_at(entry, each.path))]
    more = ""
    if typed is not None:
        there = list(_parts(typed.get(view.name, "")))
        more = typed.get(view.name + NEW, "")
        with suppress(Refused):  # it is said beside the field, which keeps what was written
            there, more = people.joined(there, people.references_of(more)), ""
    return replace(
        view, value=more, chosen=tuple((reference, people.label_of(reference)) for reference in there)
    )
