"""What became of `desk.yaml` while somebody had a form of it open, and their form over that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.documents.console.settings.choice_list import DirectoryNames
from bot.documents.console.settings.condition_rows import (
    ANY,
    ConditionRows,
    condition_changes,
    rows_of,
    typed_rows,
)
from bot.documents.console.settings.entries import fields_of
from bot.documents.console.settings.file_values import value_at
from bot.documents.console.settings.forms.entry_field import EntryField, EntryFieldKind, names_of
from bot.documents.console.settings.forms.field_changes import field_changes
from bot.documents.console.settings.forms.field_views import FormTexts, told_value
from bot.documents.console.settings.forms.typed_values import EntryValues, as_sent, rows_in
from bot.ports.console.settings_entries import EntryKind
from bot.text.sentences import words


@dataclass(frozen=True, slots=True, kw_only=True)
class RebasedEntry:
    """`typed` has the file's values where its sender changed nothing.

    `conflicts` are fields that others changed too, with what the file says; `condition` is what the sender wrote
    where others changed the condition too.
    """

    typed: Mapping[str, str]
    conflicts: Mapping[str, str]
    condition: str = ""


def rebased(
    kind: EntryKind,
    opened: Mapping[str, Any],
    now: Mapping[str, Any],
    typed: Mapping[str, str],
    written: EntryValues,
    *,
    values: Mapping[str, Any],
    choices: DirectoryNames,
    language: str,
) -> RebasedEntry:
    """A form that was made from the entry `opened`, over the entry `now`; `values` are those of the whole file."""
    found, conflicts = dict(typed), {}
    texts = FormTexts(values=values, choices=choices, language=language, problems={})
    for each in fields_of(kind, is_new=False):
        was, said = value_at(opened, each.path), value_at(now, each.path)
        if was == said or each.name not in written.values:
            continue
        mine = written.values[each.name]
        if not list(field_changes(each, each.path, was, mine)):
            found = _without(each, found) | as_sent(each, now, choices)
        elif list(field_changes(each, each.path, said, mine)):
            conflicts[each.name] = told_value(each, now, texts)
    if kind is not EntryKind.RULE or opened.get("when") == now.get("when"):
        return RebasedEntry(typed=found, conflicts=conflicts)
    condition = ""
    if list(condition_changes(("when",), opened.get("when"), typed)):
        condition = _said(typed_rows(rows_of(opened.get("when")), typed), language)
    return RebasedEntry(
        typed=_with_rows(found, rows_of(now.get("when"))), conflicts=conflicts, condition=condition
    )


def undone_by(text: str, before: str, now: str) -> Sequence[str]:
    """Lines that others added to the file and this text does not have, or removed and it has, with their signs."""
    mine, was, said = (set(each.splitlines()) for each in (text, before, now))
    back = [f"-{line}" for line in now.splitlines() if line not in was and line not in mine]
    again = [f"+{line}" for line in before.splitlines() if line not in said and line in mine]
    return [line for line in (*back, *again) if line[1:].strip()]


def _without(each: EntryField, typed: Mapping[str, str]) -> dict[str, str]:
    """Of rows, which may be fewer now, nothing that was sent stays."""
    if each.kind is not EntryFieldKind.ROWS:
        return dict(typed)
    mine = {
        name for at in range(rows_in(each, typed)) for column in each.row(at) for name in names_of(column)
    }
    return {name: value for name, value in typed.items() if name not in mine}


def _with_rows(typed: Mapping[str, str], rows: ConditionRows) -> dict[str, str]:
    """What was written of the condition gives way to what the file says."""
    others = {
        name: value for name, value in typed.items() if not name.startswith(("when", "key", "new", "any"))
    }
    found = {f"when{at}": each.value for at, each in enumerate(rows.rows) if each.key}
    return {**others, **found, "any": ANY if rows.is_any else "all"}


def _said(rows: Sequence[tuple[str, str]], language: str) -> str:
    lines = (f"{words(language, f'desk_forms.key_{key}')}: {text or '–'}" for key, text in rows if key)
    return "; ".join(lines) or "–"
