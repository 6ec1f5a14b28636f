"""A rule's condition as rows of a form: one key and its values each, any or all of which hold.

What such rows cannot say is shown as the file has it, and stays as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.config.file.yaml_text import inline
from bot.documents.console.settings.file_values import changes_between, is_yes, keyed, listed
from bot.domain.settings.file_change import AddEntry, FileChange, FileValue, RemoveValue, SetValue, ValuePath

KEYS: Final = (
    "words",
    "inbox",
    "category",
    "group",
    "tier",
    "language",
    "platform",
    "person",
    "pattern",
    "private",
)
"""What a row may ask, in the order in which they are offered."""
ONE: Final = frozenset({"pattern", "private"})
"""Keys whose value is not taken apart at commas."""
ANY, ALL, EACH = "any", "all", ""
"""How rows go together: one entry of a list is enough, all of a list, or all keys of a mapping."""
NEW_ROWS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """`value` is as somebody types it; `path` leads to it from the condition.

    `key` is empty for what rows cannot say.
    """

    key: str
    value: str
    path: ValuePath


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRows:
    """`way` is ANY, ALL or EACH."""

    way: str
    rows: tuple[ConditionRow, ...] = ()

    @property
    def is_any(self) -> bool:
        return self.way == ANY


def rows_of(when: Any) -> ConditionRows:  # noqa: ANN401
    """`when` is as the file has it, None where the rule takes everything."""
    condition = keyed(when)
    for way in (ANY, ALL):
        if set(condition) == {way}:
            entries = enumerate(listed(condition[way]))
            return ConditionRows(way=way, rows=tuple(_row(each, (way, str(at))) for at, each in entries))
    return ConditionRows(way=EACH, rows=tuple(_row({key: value}, ()) for key, value in condition.items()))


def typed_rows(rows: ConditionRows, typed: Mapping[str, str]) -> list[tuple[str, str]]:
    """What stands in the form: those that are there, then new ones, each with its key."""
    found = [(each.key, typed.get(f"when{at}", "").strip()) for at, each in enumerate(rows.rows)]
    new = ((typed.get(f"key{at}", ""), typed.get(f"new{at}", "").strip()) for at in range(NEW_ROWS))
    return [*found, *((key, text) for key, text in new if key in KEYS and text)]


def condition_changes(
    path: ValuePath,
    when: Any,  # noqa: ANN401
    typed: Mapping[str, str],
) -> Iterator[FileChange]:
    """`path` leads to the condition. The rows that differ change; where they go together otherwise, all is new."""
    rows = rows_of(when)
    now = typed_rows(rows, typed)
    kept, added = now[: len(rows.rows)], now[len(rows.rows) :]
    is_any = typed.get("any") == ANY
    keys = [key for key, text in now if text or not key]
    joins_otherwise = len(keys) > 1 and is_any is not rows.is_any
    is_twice = rows.way == EACH and len(set(keys)) < len(keys)
    if not when or not keys or joins_otherwise or is_twice:
        yield from _anew(path, when, rows, now, is_any=is_any)
        return
    gone = []
    for row, (key, text) in zip(rows.rows, kept, strict=True):
        if not key or text == row.value:
            continue
        if text and key in ONE:
            yield SetValue(path=(*path, *row.path), value=_new_value(key, text))
        elif text:
            yield from changes_between((*path, *row.path), _at(when, row.path), _value(text, row, when))
        else:
            gone.append(row.path[:2] if rows.way else row.path)
    for key, text in added:
        if rows.way:
            yield AddEntry(path=(*path, rows.way), value={key: _new_value(key, text)})
        else:
            yield SetValue(path=(*path, key), value=_new_value(key, text))
    yield from (RemoveValue(path=(*path, *each)) for each in reversed(gone))


def new_condition(typed: Mapping[str, str]) -> FileValue:
    """Of a new rule; None for one that takes everything."""
    rows = [(key, text) for key, text in typed_rows(ConditionRows(way=EACH), typed) if text]
    return _joined([{key: _new_value(key, text)} for key, text in rows], is_any=typed.get("any") == ANY)


def told(when: Any) -> tuple[bool, list[tuple[str, str]]]:  # noqa: ANN401
    """Whether one of them is enough, and each key with its values; no key for what rows cannot say."""
    rows = rows_of(when)
    return rows.is_any, [(each.key, each.value) for each in rows.rows]


def _anew(
    path: ValuePath,
    when: Any,  # noqa: ANN401
    rows: ConditionRows,
    now: Sequence[tuple[str, str]],
    *,
    is_any: bool,
) -> Iterator[FileChange]:
    entries: list[dict[str, FileValue]] = []
    for at, (key, text) in enumerate(now):
        if not key:
            entries.append(_as_it_is(when, rows, rows.rows[at]))
        elif text:
            entries.append({key: _new_value(key, text)})
    condition = _joined(entries, is_any=is_any)
    if condition is None:
        if when:
            yield RemoveValue(path=path)
    else:
        yield SetValue(path=path, value=condition)


def _as_it_is(when: Any, rows: ConditionRows, row: ConditionRow) -> dict[str, FileValue]:  # noqa: ANN401
    value = _at(when, row.path)
    return dict(value) if rows.way else {row.path[0]: value}


def _joined(entries: list[dict[str, FileValue]], *, is_any: bool) -> FileValue:
    if not entries:
        return None
    if len(entries) == 1:
        return entries[0]
    keys = [key for each in entries for key in each]
    if is_any:
        return {ANY: entries}
    if len(set(keys)) < len(keys):
        return {ALL: entries}
    return {key: value for each in entries for key, value in each.items()}


def _row(entry: Any, path: ValuePath) -> ConditionRow:  # noqa: ANN401
    keys = list(keyed(entry))
    if len(keys) == 1 and keys[0] in KEYS:
        key = keys[0]
        value = entry[key]
        is_plain = all(isinstance(each, str) and "," not in each for each in listed(value))
        if isinstance(value, str) if key in ONE else is_plain:
            said = ("yes" if is_yes(value) else "no") if key == "private" else ", ".join(listed(value))
            return ConditionRow(key=key, value=said, path=(*path, key))
    return ConditionRow(key="", value=inline(entry), path=path or tuple(keys))


def _value(text: str, row: ConditionRow, when: Any) -> FileValue:  # noqa: ANN401
    parts = _parts(text)
    is_one = isinstance(_at(when, row.path), str) and len(parts) == 1
    return parts[0] if is_one else list(parts)


def _new_value(key: str, text: str) -> FileValue:
    if key == "private":
        return is_yes(text)
    if key == "pattern":
        return text
    parts = _parts(text)
    return list(parts) if key == "words" or len(parts) > 1 else parts[0]


def _parts(text: str) -> list[str]:
    return list(
        dict.fromkeys(filter(None, (each.strip() for each in text.replace("\n", ",").split(","))))
    ) or [text]


def _at(value: Any, path: ValuePath) -> Any:  # noqa: ANN401
    for step in path:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value
