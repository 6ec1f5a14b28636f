"""Which keys the code and its templates name: whole in a string, or begun by one that ends in a fact."""

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.commands.catalogue import all_commands
from bot.commands.framework.command import Command
from bot.commands.framework.option_helps import CHOSEN_IN_FORMS

PACKAGES = ("bot", "adapters", "storage")


@dataclass(frozen=True)
class Keys:
    literal: frozenset[str]
    patterns: frozenset[str]
    """Regular expressions of keys that are put together: `team.label_{kind}`."""
    suffixes: frozenset[str]
    """What is put behind whole keys: `{key}_until`."""

    def uses(self, key: str) -> bool:
        is_longer = any(key.endswith(end) and key.removesuffix(end) in self.literal for end in self.suffixes)
        return key in self.literal or is_longer or any(pattern.fullmatch(key) for pattern in self._compiled)

    @cached_property
    def _compiled(self) -> list[re.Pattern[str]]:
        return [re.compile(pattern) for pattern in self.patterns]


def keys_in_code(root: Path, audiences: Collection[str]) -> Keys:
    begins = re.compile(rf"(?:{'|'.join(audiences)})\.")
    whole = re.compile(rf"(?:{'|'.join(audiences)})\.\w+")
    literal: set[str] = set()
    patterns: set[str] = set()
    suffixes: set[str] = set()
    for package in PACKAGES:
        for path in (root / package).rglob("*.py"):
            for node in _strings(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and whole.fullmatch(str(node.value)):
                    literal.add(str(node.value))
                elif isinstance(node, ast.JoinedStr) and begins.match(_first(node)):
                    patterns.add(_pattern(node))
                elif isinstance(node, ast.JoinedStr):
                    suffixes |= _suffix(node)
        for path in (root / package).rglob("*.html"):
            for key, is_begun in _in_template(path.read_text(encoding="utf-8"), audiences):
                patterns.add(rf"{re.escape(key)}.+") if is_begun else literal.add(key)
    for command in all_commands():
        literal |= keys_needed_by(command)
    optional = {key for command in all_commands() for key in optional_keys_of(command)}
    patterns |= {re.escape(key) for key in optional}
    return Keys(frozenset(literal), frozenset(patterns), frozenset(suffixes))


def _in_template(text: str, audiences: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The keys that a template names, and whether a fact ends them."""
    for found in re.finditer(rf'"((?:{"|".join(audiences)})\.\w+)"(\s*~)?', text):
        yield found[1], found[2] is not None


def keys_needed_by(command: Command) -> set[str]:
    """What `Command.key` makes of its name: the words that help, menus and forms show of it."""
    needed = {command.key("summary")}
    if command.has_form:
        needed |= {command.key("form"), command.key("submit")}
    if command.confirms_choice:
        needed |= {command.key("confirm"), command.key("submit")}
    for option in command.options:
        if command.has_form or not option.is_form_only or option.kind in CHOSEN_IN_FORMS:
            needed.add(command.key(option.name, "label"))
    for on in command.shortcuts:
        needed |= {command.key("shortcut", on), command.key("shortcut", on, "about")}
    return needed


def optional_keys_of(command: Command) -> set[str]:
    """Hints of what its form asks, and what is said where a value is missing."""
    hints = {command.key(each.name, "hint") for each in command.options if command.has_form}
    return hints | {command.key(each.name, "missing") for each in command.options if each.is_required}


def _strings(tree: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    within = {each for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for each in node.values}
    for node in ast.walk(tree):
        if node in within:
            continue
        if isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Constant) and isinstance(node.value, str)
        ):
            yield node


def _first(node: ast.JoinedStr) -> str:
    first = node.values[0] if node.values else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _suffix(node: ast.JoinedStr) -> set[str]:
    """`_until` of `f"{key}_until"`."""
    match node.values:
        case [ast.FormattedValue(), ast.Constant(value=str(end))] if end.startswith("_"):
            return {end}
        case _:
            return set()


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(each.value)) if isinstance(each, ast.Constant) else r"\w+" for each in node.values
    )
