"""Changes in the text of a YAML file: only the lines that are meant change, and comments and order stay.

Every change is read back: a text that does not say exactly what was meant is not given out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from bot.config.edits.expected_values import applied
from bot.config.file.document import read_document
from bot.config.file.yaml_text import inline, scalar
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

_NAMED = re.compile(r"\s+# (?P<name>#[^\s:,]+)")
"""A comment that begins with the name of a channel."""
STEP = 2
"""Columns by which what is new is indented."""


def edited(text: str, changes: Sequence[FileChange], *, path: Path) -> str:
    """The text with these changes, one after another. Raises Refused for what cannot be changed so."""
    for change in changes:
        before = read_document(path, text).values
        expected = applied(before, change)
        text = _Text(text).with_change(change)
        if read_document(path, text).values != expected:
            raise Refused("settings.not_editable", path=written(change.path))
    return text


class _Text:
    """A text and its nodes, whose marks count characters."""

    def __init__(self, text: str) -> None:
        self._text = text if text.endswith("\n") else f"{text}\n"
        root = yaml.compose(self._text, Loader=yaml.SafeLoader)
        assert root is not None, "an empty file was refused"
        self._root: yaml.Node = root

    def with_change(self, change: FileChange) -> str:
        match change:
            case SetValue():
                return self._set(change)
            case RemoveValue():
                return self._removed(change)
            case AddEntry():
                return self._added(change)
            case MoveEntry():
                return self._moved(change)
            case Remark():
                return self._remarked(change)

    def _set(self, change: SetValue) -> str:
        node, depth = self._deepest(change.path)
        rest = change.path[depth:]
        if not rest:
            return self._replaced(node, change.path, inline(change.value))
        value: FileValue = change.value
        for step in reversed(rest[1:]):
            value = {step: value}
        return self._with_key(node, change.path[:depth], rest[0], value)

    def _added(self, change: AddEntry) -> str:
        node, depth = self._deepest(change.path)
        if depth < len(change.path) or _is_empty(node):
            return self._set(SetValue(path=change.path, value=[change.value]))
        assert isinstance(node, yaml.SequenceNode), "what is no list was refused"
        entries = node.value
        place = len(entries) if change.place is None else change.place
        if node.flow_style:
            if place < len(entries):
                return self._spliced(
                    _start(entries[place]), _start(entries[place]), f"{inline(change.value)}, "
                )
            end = _end(entries[-1])
            return self._spliced(end, end, f", {inline(change.value)}")
        column = node.start_mark.column
        lines = _block_entry(change.value, " " * column)
        at = self._line_end(_end(node)) if place >= len(entries) else self._extent(node, entries[place])[0]
        return self._spliced(at, at, lines)

    def _removed(self, change: RemoveValue) -> str:
        parent, depth = self._deepest(change.path[:-1])
        assert depth == len(change.path) - 1, "what is not there was refused"
        items = _items(parent)
        index = next(
            at for at, (key, _) in enumerate(_entries(parent)) if key == self._key(parent, change.path[-1])
        )
        if len(items) == 1:
            empty = "{}" if isinstance(parent, yaml.MappingNode) else "[]"
            return self._replaced(parent, change.path[:-1], empty)
        first, last = items[index]
        start, end = _start(first), _end(last)
        if _is_flow(parent):
            if index + 1 < len(items):
                return self._spliced(start, _start(items[index + 1][0]), "")
            return self._spliced(_end(items[index - 1][1]), end, "")
        if isinstance(parent, yaml.SequenceNode):
            start = self._text.rindex("-", 0, start + 1)
        elif self._text[self._line_start(start) : start].strip():  # the first key after a list's dash
            return self._spliced(start, _start(items[index + 1][0]), "")
        return self._spliced(self._line_start(start), self._line_end(end), "")

    def _moved(self, change: MoveEntry) -> str:
        """With the comments right above it; what stands between the two stays there."""
        parent, _ = self._deepest(change.path[:-1])
        at = self._key(parent, change.path[-1])
        assert isinstance(parent, yaml.SequenceNode), "what is no list was refused"
        assert isinstance(at, int), "what is not there was refused"
        (a, b), (c, d) = (self._extent(parent, each) for each in parent.value[at : at + 2])
        moved = self._text[c:d] + self._text[b:c] + self._text[a:b]
        return self._text[:a] + moved + self._text[d:]

    def _extent(self, parent: yaml.SequenceNode, entry: yaml.Node) -> tuple[int, int]:
        """Where an entry of a list begins and ends: in lines of its own, with the comments right above it."""
        start, end = _start(entry), _end(entry)
        if parent.flow_style:
            return start, end
        start = self._line_start(self._text.rindex("-", 0, start + 1))
        while start and self._text[self._line_start(start - 1) : start].lstrip().startswith("#"):
            start = self._line_start(start - 1)
        return start, self._line_end(end)

    def _remarked(self, change: Remark) -> str:
        node, depth = self._deepest(change.path)
        assert depth == len(change.path), "what is not there was refused"
        end = _end(node)
        line_end = self._text.index("\n", end)
        behind = self._text[end:line_end]
        if not behind.strip():
            return self._spliced(end, line_end, f"  # {change.text}")
        named = _NAMED.match(behind)
        if named is None:
            return self._text
        return self._spliced(end + named.start("name"), end + named.end("name"), change.text)

    def _replaced(self, node: yaml.Node, path: Sequence[str], new: str) -> str:
        """The value's own text; the comment behind it stays."""
        if not path:
            raise Refused("settings.not_editable", path="")
        start, end = _start(node), _end(node)
        if not _is_flow(node) and not isinstance(node, yaml.ScalarNode):
            parent, _ = self._deepest(path[:-1])
            if isinstance(parent, yaml.MappingNode):
                key = next(key for key, value in parent.value if value is node)
                start = self._text.index(":", key.end_mark.index) + 1
                new = f" {new}"
        elif start == end:
            new = f" {new}"
        elif isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            new = f"{new}\n"
        return self._spliced(start, end, new)

    def _with_key(self, node: yaml.Node, path: Sequence[str], key: str, value: FileValue) -> str:
        if _is_empty(node) or not isinstance(node, yaml.MappingNode):
            return self._replaced(node, path, inline({key: value})) if path else self._appended(key, value, 0)
        if node.flow_style:
            end = _end(node.value[-1][1])
            return self._spliced(end, end, f", {scalar(key)}: {inline(value)}")
        column = node.value[0][0].start_mark.column
        at = self._line_end(_end(node))
        return self._spliced(at, at, _block_key(key, value, " " * column))

    def _appended(self, key: str, value: FileValue, column: int) -> str:
        return self._text + _block_key(key, value, " " * column)

    def _deepest(self, path: Sequence[str]) -> tuple[yaml.Node, int]:
        """The last node on the way that is there, and how many steps lead to it."""
        node, depth = self._root, 0
        for step in path:
            key = self._key(node, step)
            child = next((child for at, child in _entries(node) if at == key), None)
            if child is None:
                break
            if child.start_mark.index < node.start_mark.index:  # an alias: it stands elsewhere
                raise Refused("settings.not_editable", path=written(tuple(path)))
            node, depth = child, depth + 1
        return node, depth

    def _key(self, node: yaml.Node, step: str) -> str | int | None:
        """A mapping's key, or the place of an entry of a list."""
        if not isinstance(node, yaml.SequenceNode):
            return step
        if step.isascii() and step.isdigit():
            return int(step)
        for at, entry in enumerate(node.value):
            named = dict(_entries(entry)) if isinstance(entry, yaml.MappingNode) else {}
            if any(name in named and named[name].value == step for name in NAMED_BY):
                return at
            if isinstance(entry, yaml.ScalarNode) and entry.value == step:
                return at
        return None

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """Behind the line that ends after what stands there, with its comment."""
        if at and self._text[at - 1] == "\n":
            return at
        return self._text.index("\n", at) + 1

    def _spliced(self, start: int, end: int, new: str) -> str:
        return self._text[:start] + new + self._text[end:]


def _entries(node: yaml.Node) -> Iterator[tuple[str | int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)


def _items(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    """First and last node of each entry."""
    if isinstance(node, yaml.MappingNode):
        return list(node.value)
    assert isinstance(node, yaml.SequenceNode), "a text has no entries"
    return [(each, each) for each in node.value]


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _is_empty(node: yaml.Node) -> bool:
    return not node.value


def _start(node: yaml.Node) -> int:
    return int(node.start_mark.index)


def _end(node: yaml.Node) -> int:
    """Behind the last thing of it; a collection's own mark stands behind the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        if isinstance(node, yaml.MappingNode):
            key, value = last
            return max(_end(value), int(key.end_mark.index) + 1)
        return max(_end(last), _start(last))
    return int(node.end_mark.index)


def _block_key(key: str, value: FileValue, indent: str) -> str:
    deeper = indent + " " * STEP
    head = f"{indent}{scalar(key)}:"
    if isinstance(value, Mapping) and value:
        return f"{head}\n" + "".join(_block_key(each, inner, deeper) for each, inner in value.items())
    if _is_list_of_mappings(value):
        assert isinstance(value, Sequence), "a list"
        return f"{head}\n" + "".join(_block_entry(each, deeper) for each in value)
    return f"{head} {inline(value)}\n"


def _block_entry(value: FileValue, indent: str) -> str:
    if not isinstance(value, Mapping) or not value:
        return f"{indent}- {inline(value)}\n"
    lines = "".join(_block_key(key, each, indent + " " * STEP) for key, each in value.items())
    return f"{indent}- {lines[len(indent) + STEP :]}"


def _is_list_of_mappings(value: FileValue) -> bool:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return False
    return bool(value) and all(isinstance(each, Mapping) for each in value)
