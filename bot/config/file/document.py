"""A YAML file as plain values, with the line of every one of them.

Read with the safe loader's parser only. Every scalar is text, except that an empty one, `~` and `null`
are nothing: so YAML 1.1's surprises (`no`, `9:00`, `3.10`) cannot bite, and the schema decides what a
text means. A key written twice, a tag, a deep nest and an alias that multiplies are errors.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.config.file.problems import DeskFileError, Problem

KeyPath = tuple[str | int, ...]
"""The way to a value: `("teams", "network", "agents", 0)`."""
Plain = str | list["Plain"] | dict[str, "Plain"] | None

MAX_BYTES = 4_000_000
MAX_DEPTH = 40
MAX_REPEATED_VALUES = 20_000
"""How many values aliases may add by repeating what stands elsewhere."""

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_KNOWN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "value", "merge")
)
"""What the parser makes of plain values by itself; they are text all the same."""

STARTER = Path(__file__).parents[1] / "starter.yaml"
"""A small desk to begin with, installed with the package."""
_NO_FILE = f"there is no such file; begin with a copy of {STARTER}, or set DESKBELL_CONFIG"


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlDocument:
    """`lines` maps locations to lines, counted from 1; a mapping's entry is at the line of its key."""

    path: Path
    values: dict[str, Plain]
    lines: dict[KeyPath, int]

    def line_of(self, location: KeyPath) -> int:
        """The line of this value, or of the nearest one around it."""
        for length in range(len(location), -1, -1):
            if (line := self.lines.get(location[:length])) is not None:
                return line
        return 1


def read_document(path: Path) -> YamlDocument:
    """Raises DeskFileError for a file that is missing, empty, broken or no mapping at its top."""
    text = _text_of(path)
    try:
        _check_nesting(path, text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise DeskFileError(path, [_syntax_problem(error, text)]) from None
    if root is None:
        raise DeskFileError(
            path, [Problem(0, "the file is empty; it needs at least `desk`, `teams` and `routing`")]
        )
    reading = _YamlReader()
    values = reading.plain(root, ())
    if reading.problems:
        raise DeskFileError(path, reading.problems)
    if not isinstance(values, dict):
        raise DeskFileError(
            path, [Problem(1, "the file must hold keys at its top, such as `desk:` and `teams:`")]
        )
    return YamlDocument(path=path, values=values, lines=reading.lines)


class _YamlReader:
    """Turns nodes into values, noting lines and problems on the way."""

    def __init__(self) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self._open: set[int] = set()
        self._seen: set[int] = set()
        self._repeated = 0

    def plain(self, node: yaml.Node, location: KeyPath) -> Plain:
        line = node.start_mark.line + 1
        self.lines.setdefault(location, line)
        if not self._may_enter(node, line):
            return None
        self._open.add(id(node))
        try:
            match node:
                case yaml.MappingNode():
                    return self._mapping(node, location)
                case yaml.SequenceNode():
                    return [self.plain(item, (*location, at)) for at, item in enumerate(node.value)]
                case _:
                    return _scalar(node)
        finally:
            self._open.discard(id(node))

    def _may_enter(self, node: yaml.Node, line: int) -> bool:
        if node.tag not in _KNOWN_TAGS and node.tag != "!":
            self.problems.append(Problem(line, f"the tag `{node.tag}` is not understood here; leave it out"))
            return False
        if id(node) in self._open:
            self.problems.append(
                Problem(line, "an alias stands inside what it repeats; write the values out")
            )
            return False
        self._repeated += id(node) in self._seen
        self._seen.add(id(node))
        if self._repeated > MAX_REPEATED_VALUES:
            if self._repeated == MAX_REPEATED_VALUES + 1:
                self.problems.append(Problem(line, "aliases repeat far too many values; write fewer of them"))
            return False
        return True

    def _mapping(self, node: yaml.MappingNode, location: KeyPath) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(
                    Problem(line, "a key must be a single word or text, not a list or mapping")
                )
                continue
            key = str(key_node.value)
            here = (*location, key)
            if key in values:
                first = self.lines[here]
                self.problems.append(
                    Problem(line, f"`{key}` stands here twice; line {first} has it already: keep one of them")
                )
                continue
            self.lines.setdefault(here, line)
            values[key] = self.plain(value_node, here)
        return values


def _scalar(node: yaml.Node) -> str | None:
    is_plain = isinstance(node, yaml.ScalarNode) and not node.style
    return None if is_plain and node.value in _NOTHING else str(node.value)


def _text_of(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DeskFileError(
                path, [Problem(0, f"the file has {size:,} bytes; {MAX_BYTES:,} are accepted")]
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DeskFileError(path, [Problem(line, "this is not UTF-8 text; save the file as UTF-8")]) from None
    except FileNotFoundError:
        raise DeskFileError(path, [Problem(0, _NO_FILE)]) from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise DeskFileError(path, [Problem(0, f"the file cannot be read: {reason}")]) from None


def _check_nesting(path: Path, text: str) -> None:
    """Composing recurses in C without a limit of its own, so the depth is counted before."""
    depth = 0
    for event in _events(text):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                line = event.start_mark.line + 1 if event.start_mark else 0
                raise DeskFileError(path, [Problem(line, f"values are nested more than {MAX_DEPTH} deep")])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=yaml.CSafeLoader)


def _syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        position = int(getattr(error, "position", 0))
        return Problem(text.count("\n", 0, position) + 1, "a control character stands here; delete it")
    line = mark.line + 1
    written = [*text.splitlines(), ""][mark.line] if mark.line <= text.count("\n") else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return Problem(line, "a tab stands at the start of this line; YAML is indented with spaces")
    said = str(getattr(error, "problem", "")) or "it cannot be read"
    return Problem(line, f"this is not valid YAML: {said}{_syntax_hint(said)}")


def _syntax_hint(said: str) -> str:
    if "mapping values are not allowed" in said:
        return "; put text that holds `: ` in quotes, and check the indentation"
    if "could not find expected ':'" in said:
        return "; a key is followed by `:` and a space"
    if "cannot start any token" in said:
        return "; put text that starts with `@`, `%` or a backtick in quotes"
    if "expected key" in said or "expected '-'" in said:
        return "; check the indentation of this line and the ones above"
    if "another document" in said:
        return "; a desk has one document: delete the `---` line"
    return ""
