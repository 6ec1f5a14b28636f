"""What a file says after a change, reckoned from what it said before: what an edited text is held against."""

from collections.abc import Mapping

from bot.config.file.document import Plain
from bot.domain.errors import Refused
from bot.domain.settings.file_change import (
    NAMED_BY,
    AddEntry,
    FileChange,
    FileValue,
    MoveEntry,
    Remark,
    RemoveValue,
    SetValue,
    written,
)


def applied(values: dict[str, Plain], change: FileChange) -> dict[str, Plain]:
    """A copy with the change. Raises Refused where the path leads to nothing, or through what has no keys."""
    if isinstance(change, Remark):
        return values
    changed = _changed(values, change, ())
    assert isinstance(changed, dict), "a file is a mapping"
    return changed


def plain(value: FileValue) -> Plain:
    """As the file is read."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value]


def _changed(value: Plain, change: FileChange, done: tuple[str, ...]) -> Plain:
    rest = change.path[len(done) :]
    if not rest:
        return _at_end(value, change)
    step, here = rest[0], (*done, rest[0])
    if isinstance(value, list):
        place = _place(value, step)
        if place is None:
            raise Refused("settings.nothing_there", path=written(here))
        if len(rest) == 1 and isinstance(change, RemoveValue):
            return [*value[:place], *value[place + 1 :]]
        if len(rest) == 1 and isinstance(change, MoveEntry):
            if place + 1 == len(value):
                raise Refused("settings.nothing_there", path=written((*done, str(place + 1))))
            return [*value[:place], value[place + 1], value[place], *value[place + 2 :]]
        return [*value[:place], _changed(value[place], change, here), *value[place + 1 :]]
    if isinstance(value, str):
        raise Refused("settings.no_keys", path=written(done), name=step)
    keyed = value or {}
    if isinstance(change, MoveEntry) and (len(rest) == 1 or step not in keyed):
        raise Refused("settings.no_list", path=written(done))
    if isinstance(change, RemoveValue):
        if step not in keyed:
            raise Refused("settings.nothing_there", path=written(here))
        if len(rest) == 1:
            return {key: each for key, each in keyed.items() if key != step}
    return {**keyed, step: _changed(keyed.get(step), change, here)}


def _at_end(value: Plain, change: FileChange) -> Plain:
    if isinstance(change, AddEntry):
        if value is not None and not isinstance(value, list):
            raise Refused("settings.no_list", path=written(change.path))
        entries = value or []
        place = len(entries) if change.place is None else change.place
        return [*entries[:place], plain(change.value), *entries[place:]]
    assert isinstance(change, SetValue), "a removal ends at what is around it"
    return plain(change.value)


def _place(entries: list[Plain], step: str) -> int | None:
    if step.isascii() and step.isdigit():
        return int(step) if int(step) < len(entries) else None
    for at, each in enumerate(entries):
        if each == step or (isinstance(each, dict) and any(each.get(name) == step for name in NAMED_BY)):
            return at
    return None
