"""A YAML file as plain values, with the line of every one of them.

Read with the safe loader's parser only. Every scalar is text, except that an empty one, `~` and `null`
are nothing: so YAML 1.1's surprises (`no`, `9:00`, `3.10`) cannot bite, and the schema decides what a
text means. A key written twice, a tag, a deep nest and an alias that multiplies are errors.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.config.file.problems import DeskFileError, Problem
from bot.domain.errors import reason_of
from bot.domain.sentence import Sentence, sentence
from bot.domain.settings.desk_version import digest_of

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

_STRAY = "any token"
_SYNTAX_HINTS = {
    "mapping values": "configuration.hint_colon",
    "expected ':'": "configuration.hint_key",
    _STRAY: "configuration.hint_quotes",
    "expected key": "configuration.hint_indentation",
    "expected '-'": "configuration.hint_indentation",
    "another document": "configuration.hint_one_document",
}
"""By a piece of what the parser says, how to fix it."""

STARTER = Path(__file__).parents[1] / "starter.yaml"
"""A small desk to begin with, installed with the package."""


_COMMENT_ALONE = re.compile(r"[:-]\s+(?P<comment>#\w\S*)\s*$")
"""A word after a key or a dash that a number sign makes a comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlDocument:
    """`lines` maps locations to lines, counted from 1; a mapping's entry is at the line of its key.

    `source` is how it was written, line by line. `problems` are of values that could not be read, which are `unread`.
    """

    path: Path
    values: dict[str, Plain]
    lines: dict[KeyPath, int]
    source: Sequence[str] = ()
    digest: str = ""
    """Of the whole text."""
    problems: Sequence[Problem] = ()
    unread: frozenset[KeyPath] = frozenset()

    def comment_at(self, location: KeyPath) -> str | None:
        """What stands where this value should, and is a comment: `#help-it`."""
        line = self.lines.get(location)
        if line is None or line > len(self.source):
            return None
        found = _COMMENT_ALONE.search(self.source[line - 1])
        return found["comment"] if found else None

    def line_of(self, location: KeyPath) -> int:
        """The line of this value, or of the nearest one around it."""
        for length in range(len(location), -1, -1):
            if (line := self.lines.get(location[:length])) is not None:
                return line
        return 1


def read_document(path: Path, text: str | None = None) -> YamlDocument:
    """The file as far as it can be read. Raises DeskFileError where it is missing, empty, broken or no mapping.

    `text` is read instead of what the file says now.
    """
    if text is None:
        text = text_of(path, missing=sentence("configuration.file_missing", file=str(STARTER)))
    return _read(text, path, no_keys="configuration.file_no_keys")


def parse_document(text: str, path: Path, *, no_keys: str) -> YamlDocument:
    """The text of this file or a part of it; blank lines before that keep its lines true.

    `no_keys` is the sentence for what is no mapping. Raises DeskFileError for every problem.
    """
    document = _read(text, path, no_keys=no_keys)
    if document.problems:
        raise DeskFileError(path, document.problems)
    return document


def _read(text: str, path: Path, *, no_keys: str) -> YamlDocument:
    try:
        _check_nesting(path, text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise DeskFileError(path, [_syntax_problem(error, text)]) from None
    if root is None:
        raise DeskFileError(path, [Problem(0, sentence("configuration.file_empty"))])
    reading = _YamlReader()
    values = reading.plain(root, ())
    if reading.has_given_up or (reading.problems and not isinstance(values, dict)):
        raise DeskFileError(path, reading.problems)
    if not isinstance(values, dict):
        raise DeskFileError(path, [Problem(1, sentence(no_keys))])
    return YamlDocument(
        path=path,
        values=values,
        lines=reading.lines,
        source=text.splitlines(),
        digest=digest_of(text),
        problems=reading.problems,
        unread=frozenset(reading.unread),
    )


class _YamlReader:
    """Turns nodes into values, noting lines and problems on the way."""

    def __init__(self) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self.unread: set[KeyPath] = set()
        self._open: set[int] = set()
        self._seen: set[int] = set()
        self._repeated = 0

    @property
    def has_given_up(self) -> bool:
        return self._repeated > MAX_REPEATED_VALUES

    def plain(self, node: yaml.Node, location: KeyPath) -> Plain:
        line = node.start_mark.line + 1
        self.lines.setdefault(location, line)
        if not self._may_enter(node, line):
            self.unread.add(location)
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
            self._note(line, sentence("configuration.tag", tag=node.tag))
            return False
        if id(node) in self._open:
            self._note(line, sentence("configuration.alias_in_itself"))
            return False
        self._repeated += id(node) in self._seen
        self._seen.add(id(node))
        if self.has_given_up:
            if self._repeated == MAX_REPEATED_VALUES + 1:
                self._note(line, sentence("configuration.aliases_too_many"))
            return False
        return True

    def _mapping(self, node: yaml.MappingNode, location: KeyPath) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._note(line, sentence("configuration.key_not_text"))
                continue
            key = str(key_node.value)
            here = (*location, key)
            if key in values:
                self._note(line, sentence("configuration.key_twice", option=key, line=str(self.lines[here])))
                continue
            self.lines.setdefault(here, line)
            values[key] = self.plain(value_node, here)
        return values

    def _note(self, line: int, problem: Sentence) -> None:
        self.problems.append(Problem(line, problem))


def _scalar(node: yaml.Node) -> str | None:
    is_plain = isinstance(node, yaml.ScalarNode) and not node.style
    return None if is_plain and node.value in _NOTHING else str(node.value)


def text_of(path: Path, *, missing: Sentence | None = None) -> str:
    """What the file says. Raises DeskFileError where it cannot be read, is too large or is no UTF-8.

    `missing` is said where there is no such file.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            too_large = sentence("configuration.file_too_large", number=size, limit=MAX_BYTES)
            raise DeskFileError(path, [Problem(0, too_large)])
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DeskFileError(path, [Problem(line, sentence("configuration.not_utf8"))]) from None
    except OSError as error:
        if missing is not None and isinstance(error, FileNotFoundError):
            raise DeskFileError(path, [Problem(0, missing)]) from None
        unreadable = sentence("configuration.file_unreadable", reason=reason_of(error).lower())
        raise DeskFileError(path, [Problem(0, unreadable)]) from None


def _check_nesting(path: Path, text: str) -> None:
    """Composing recurses in C without a limit of its own, so the depth is counted before."""
    depth = 0
    for event in _events(text):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                line = event.start_mark.line + 1 if event.start_mark else 0
                too_deep = sentence("configuration.nested_too_deep", limit=MAX_DEPTH)
                raise DeskFileError(path, [Problem(line, too_deep)])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=yaml.CSafeLoader)


def _syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        position = int(getattr(error, "position", 0))
        return Problem(text.count("\n", 0, position) + 1, sentence("configuration.control_character"))
    line = mark.line + 1
    said = str(getattr(error, "problem", ""))
    if (tab := _line_of_tab(text.splitlines(), mark.line, said)) is not None:
        return Problem(tab + 1, sentence("configuration.tab"))
    if (quote := _line_of_open_quote(text, mark.line)) is not None:
        return Problem(quote + 1, sentence("configuration.quote_not_closed", line=line))
    return Problem(line, _syntax_sentence(said))


def _line_of_open_quote(text: str, at: int) -> int | None:
    """The line, from 0, of a quote that goes on until this one, where something stands behind it or the file ends."""
    found: int | None = None
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                begins, ends = token.start_mark.line, token.end_mark.line
                found = begins if begins < ends == at else found
    except yaml.YAMLError as error:
        begins_at = getattr(error, "context_mark", None)
        if begins_at is not None and "quoted scalar" in str(getattr(error, "context", "")):
            return int(begins_at.line)
    return found


def _line_of_tab(lines: list[str], at: int, said: str) -> int | None:
    """The line that a tab makes unreadable, from 0: the parser may notice it on the line before or behind."""
    for each in (at, at - 1, at + 1):
        written = lines[each] if 0 <= each < len(lines) else ""
        is_indented_so = "\t" in written[: len(written) - len(written.lstrip("- \t"))]
        if is_indented_so or (each == at and "\t" in written and _STRAY in said):
            return each
    return None


def _syntax_sentence(said: str) -> Sentence:
    """`said` is what the parser does not like, in its own words."""
    if not said:
        return sentence("configuration.yaml_unknown")
    hint = next((key for piece, key in _SYNTAX_HINTS.items() if piece in said), None)
    if hint is None:
        return sentence("configuration.yaml", reason=said)
    return sentence("configuration.yaml_and", reason=said, hint=sentence(hint))
