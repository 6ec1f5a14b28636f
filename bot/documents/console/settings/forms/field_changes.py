"""What a form changes in the file: its own lines alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.documents.console.settings.choice_list import DirectoryNames
from bot.documents.console.settings.file_values import (
    changes_between,
    is_yes,
    keyed,
    listed,
    text_in,
    value_at,
)
from bot.documents.console.settings.forms.entry_field import (
    EntryField,
    EntryFieldKind,
    inside,
    sections_of,
)
from bot.documents.console.settings.forms.typed_values import EntryValues, as_row, is_flagged
from bot.domain.settings.file_change import (
    AddEntry,
    FileChange,
    FileValue,
    Remark,
    RemoveValue,
    SetValue,
    ValuePath,
)


def changes_of(
    fields: Sequence[EntryField], path: ValuePath, entry: Mapping[str, Any], written: EntryValues
) -> Iterator[FileChange]:
    """A section of which nothing is left goes as a whole."""
    asked = [each for each in fields if each.is_kept and each.name in written.values]
    changes = {
        each.name: list(
            field_changes(each, (*path, *each.path), value_at(entry, each.path), written.values[each.name])
        )
        for each in asked
    }
    for section in sections_of(asked):
        there = inside(section, asked)
        is_changed = any(changes.get(each.name) for each in there)
        are_empty = all(each.is_empty(written.values[each.name]) for each in there)
        if is_changed and are_empty and _says_only(value_at(entry, section), section, there):
            yield RemoveValue(path=(*path, *section))
            changes |= {each.name: [] for each in there}
    for found in changes.values():
        yield from found


def new_entry(fields: Sequence[EntryField], written: EntryValues) -> dict[str, FileValue]:
    """What is said and not empty, in the order of the form."""
    entry: dict[str, Any] = {}
    for each in fields:
        value = written.values.get(each.name)
        if not each.is_kept or each.name not in written.values or each.is_empty(value):
            continue
        if each.kind is EntryFieldKind.ROWS:
            value = [_short(each, keyed(row)) for row in listed(value) if row]
            if not value:
                continue
        inner = entry
        for step in each.within:
            inner = inner.setdefault(step, {})
        inner[each.path[-1]] = _single(each, value)
    return entry


def field_changes(
    each: EntryField,
    path: ValuePath,
    before: Any,  # noqa: ANN401
    after: FileValue,
) -> Iterator[FileChange]:
    """`path` leads to the value, which was `before`."""
    match each.kind:
        case EntryFieldKind.FLAG:
            if is_flagged(each, before) is not after:
                yield RemoveValue(path=path) if after is each.is_usual else SetValue(path=path, value=after)
        case EntryFieldKind.EITHER:
            if ("" if before is None else is_yes(before)) != after:
                yield SetValue(path=path, value=after) if isinstance(after, bool) else RemoveValue(path=path)
        case EntryFieldKind.BOXES:
            yield from _of_boxes(each, path, before, after)
        case EntryFieldKind.ROWS:
            yield from _of_rows(each, path, listed(before), [keyed(row) for row in listed(after)])
        case _ if each.in_order:
            if listed(before) != after:
                yield SetValue(path=path, value=_single(each, after)) if after else RemoveValue(path=path)
        case _:
            yield from changes_between(path, before, after)


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


def _of_boxes(
    each: EntryField,
    path: ValuePath,
    before: Any,  # noqa: ANN401
    after: FileValue,
) -> Iterator[FileChange]:
    """Nothing and an empty list are the same, except where that says something of its own."""
    if each.has_none and (after == [] or before == []):
        if after is None:
            yield RemoveValue(path=path)
        elif before != after:
            yield SetValue(path=path, value=after)
    elif before or after:
        yield from changes_between(path, before, listed(after))


def _of_rows(
    each: EntryField, path: ValuePath, before: Sequence[Any], after: Sequence[Mapping[str, FileValue]]
) -> Iterator[FileChange]:
    """An empty row is gone; those behind the ones that are there are new."""
    for at, row in enumerate(before):
        if at < len(after) and after[at]:
            yield from _of_row(each, (*path, str(at)), row, after[at])
    new = [AddEntry(path=path, value=_short(each, row)) for row in after[len(before) :] if row]
    gone = [at for at in range(len(before)) if at >= len(after) or not after[at]]
    yield from new
    if gone and not new and len(gone) == len(before):
        yield RemoveValue(path=path)
    else:
        yield from (RemoveValue(path=(*path, str(at))) for at in reversed(gone))


def _of_row(
    each: EntryField,
    path: ValuePath,
    before: Any,  # noqa: ANN401
    after: Mapping[str, FileValue],
) -> Iterator[FileChange]:
    if isinstance(before, str):
        if as_row(each, before) != after:
            yield SetValue(path=path, value=_short(each, after))
        return
    for column in each.columns:
        key = column.path[0]
        now = after.get(key, [] if column.kind in _LISTS else "")
        yield from field_changes(column, (*path, key), before.get(key), now)


_LISTS = frozenset({EntryFieldKind.LIST, EntryFieldKind.PEOPLE})


def _short(each: EntryField, row: Mapping[str, FileValue]) -> FileValue:
    return row[each.head] if each.head and set(row) == {each.head} else row


def _single(each: EntryField, value: FileValue) -> FileValue:
    """One of several ways stands there without brackets."""
    found: list[FileValue] = listed(value)
    return found[0] if each.kind is EntryFieldKind.ORDER and len(found) == 1 else value


def _says_only(value: Any, section: ValuePath, fields: Sequence[EntryField]) -> bool:  # noqa: ANN401
    """Whether what stands in the section is what these fields ask."""
    known = {each.path for each in fields}

    def leaves(value: Any, path: ValuePath) -> Iterator[ValuePath]:  # noqa: ANN401
        if isinstance(value, Mapping) and path not in known:
            for key, inner in value.items():
                yield from leaves(inner, (*path, str(key)))
        else:
            yield path

    return isinstance(value, Mapping) and all(leaf in known for leaf in leaves(value, section))
