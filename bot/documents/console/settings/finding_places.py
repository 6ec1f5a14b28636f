"""Which field of a form a finding of the file's check is about, by where it is, else by the lines of the text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import yaml

from bot.documents.console.settings.file_values import keyed, listed
from bot.documents.console.settings.forms.entry_field import EntryField, EntryFieldKind
from bot.documents.console.settings.forms.typed_values import EntryValues
from bot.documents.console.settings.settings_view import ProblemLine
from bot.domain.settings.file_change import ValuePath
from bot.messages.outbound import RichText


def by_field(
    found: Sequence[ProblemLine],
    text: str,
    path: ValuePath,
    fields: Sequence[EntryField],
    written: EntryValues,
) -> tuple[dict[str, RichText], list[ProblemLine]]:
    """What is said at fields by their names, and the rest: without a line for what is about the entry as a whole."""
    if not found:
        return {}, []
    at_fields: dict[str, RichText] = {}
    rest: list[ProblemLine] = []
    places = {name: (*path, *place) for name, place in _places(fields, written)}
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    lines = {name: _lines(root, place) for name, place in places.items()}
    entry = _lines(root, path)
    for each in found:
        name = _by_place(each.at, places) or _by_line(each.number, lines)
        if name and name not in at_fields:
            at_fields[name] = each.what
        else:
            rest.append(replace(each, number=0, source="") if each.number in entry else each)
    return at_fields, rest


def _places(fields: Sequence[EntryField], written: EntryValues) -> Iterator[tuple[str, ValuePath]]:
    """Where each stands, once the rows that are empty are gone."""
    for each in fields:
        if not each.is_kept:
            continue
        yield each.name, each.path
        if each.kind is not EntryFieldKind.ROWS:
            continue
        there = [at for at, row in enumerate(listed(written.values.get(each.name))) if keyed(row)]
        for place, at in enumerate(there):
            for column in each.row(at):
                yield column.name, (*each.path, str(place), *column.path)


def _by_place(at: ValuePath, places: Mapping[str, ValuePath]) -> str:
    """The field that stands there, or else the innermost around it."""
    around = [name for name, place in places.items() if at[: len(place)] == place]
    return max(around, key=lambda name: len(places[name]), default="")


def _by_line(number: int, lines: Mapping[str, range]) -> str:
    """The only field of that line; of rows and their fields, the field."""
    names = [name for name, found in lines.items() if number in found]
    shortest = min((len(lines[name]) for name in names), default=0)
    nearest = [name for name in names if len(lines[name]) == shortest]
    return nearest[0] if len(nearest) == 1 else ""


def _lines(node: yaml.Node | None, path: ValuePath) -> range:
    """Counted from 1; empty where nothing is there."""
    key = node
    for step in path:
        found = next((pair for pair in _entries(node) if pair[0] == step), None)
        if found is None:
            return range(0)
        _, key, node = found
    if key is None or node is None:
        return range(0)
    is_block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    return range(key.start_mark.line + 1, node.end_mark.line + (1 if is_block else 2))


def _entries(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((str(at), value, value) for at, value in enumerate(node.value))
