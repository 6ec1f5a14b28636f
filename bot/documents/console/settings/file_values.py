"""Values of `desk.yaml` as they were written, and the changes between two of them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.domain.settings.file_change import AddEntry, FileChange, FileValue, RemoveValue, SetValue, ValuePath

YES: Final = frozenset({"true", "yes", "on", "1"})


def keyed(value: Any) -> Mapping[str, Any]:  # noqa: ANN401
    return value if isinstance(value, Mapping) else {}


def listed(value: Any) -> list[Any]:  # noqa: ANN401
    """One value where a list may stand is a list of one."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def value_at(value: Any, path: ValuePath) -> Any:  # noqa: ANN401
    """None where nothing is there."""
    for step in path:
        value = keyed(value).get(step)
    return value


def text_in(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else ""


def is_yes(value: Any) -> bool:  # noqa: ANN401
    return text_in(value).casefold() in YES


def changes_between(path: ValuePath, before: Any, after: FileValue) -> Iterator[FileChange]:  # noqa: ANN401
    """What is empty afterwards is left out of the file, and of a list only the entries change that differ."""
    if isinstance(after, bool):
        if is_yes(before) is not after:
            yield SetValue(path=path, value=True) if after else RemoveValue(path=path)
    elif isinstance(after, list):
        yield from _of_list(path, before, after)
    elif isinstance(after, Mapping) and isinstance(before, Mapping):
        yield from (RemoveValue(path=(*path, key)) for key in before if key not in after)
        for key, value in after.items():
            yield from changes_between((*path, key), before.get(key), value)
    elif isinstance(after, Mapping):
        yield SetValue(path=path, value=after)
    elif (isinstance(before, Mapping) or text_in(before) != (after or "")) and (after or before):
        yield SetValue(path=path, value=after) if after else RemoveValue(path=path)


def _of_list(path: ValuePath, before: Any, after: list[Any]) -> Iterator[FileChange]:  # noqa: ANN401
    """An entry that is no text is more than its name says, and stays."""
    known = listed(before)
    if known == after:
        return
    if not after and all(isinstance(each, str) for each in known):
        yield RemoveValue(path=path)
    elif not isinstance(before, list) or len({*after}) < len(after):
        yield SetValue(path=path, value=after)
    else:
        yield from (AddEntry(path=path, value=each) for each in after if each not in known)
        gone = [at for at, each in enumerate(known) if isinstance(each, str) and each not in after]
        yield from (RemoveValue(path=(*path, str(at))) for at in reversed(gone))
