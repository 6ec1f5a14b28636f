"""Which field of a form a finding of the file's check is about, by the lines of the text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import yaml

from bot.documents.console.settings.entry_fields import EntryField
from bot.documents.console.settings.settings_view import ProblemLine
from bot.domain.settings.file_change import ValuePath
from bot.messages.outbound import RichText


def by_field(
    found: Sequence[ProblemLine], text: str, path: ValuePath, fields: Sequence[EntryField]
) -> tuple[dict[str, RichText], list[ProblemLine]]:
    """What is said at fields by their names, and the rest: without a line for what is about the entry as a whole."""
    at_fields: dict[str, RichText] = {}
    rest: list[ProblemLine] = []
    if not found:
        return {}, []
    file = yaml.compose(text, Loader=yaml.SafeLoader)
    entry = _lines(file, path)
    places = {each.name: _lines(file, (*path, *each.path)) for each in fields if each.is_kept}
    for each in found:
        names = [name for name, lines in places.items() if each.number in lines]
        if len(names) == 1 and names[0] not in at_fields:
            at_fields[names[0]] = each.what
        else:
            rest.append(replace(each, number=0, source="") if each.number in entry else each)
    return at_fields, rest


def _lines(file: yaml.Node | None, path: ValuePath) -> range:
    """Counted from 1; empty where nothing is there."""
    node = key = file
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
