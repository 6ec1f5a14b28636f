"""Words that platforms show as they are (labels, hints, titles, buttons, menus) have no markup in them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import bot
from bot.commands.catalogue import all_commands
from bot.commands.framework.command import Command

ROOT = Path(bot.__file__).parent
SHOWN_AS_THEY_ARE = {
    "about",
    "confirm",
    "form_title",
    "hint",
    "label",
    "placeholder",
    "submit",
    "summary",
    "title",
}


def words_of(command: Command) -> Iterator[str]:
    yield from (command.summary, command.form_title, command.usage, command.example)
    for option in command.options:
        yield from (option.label, option.hint)
    for shortcut in command.shortcuts:
        yield from (shortcut.label, shortcut.about)


def written_in(file: Path) -> Iterator[tuple[int, str]]:
    """What the source gives to parameters of these names."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.keyword) and node.arg in SHOWN_AS_THEY_ARE:
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.lineno, part.value


def has_markup(words: str) -> bool:
    return "`" in words or "**" in words


def test_no_command_has_markup_in_its_words() -> None:
    assert [
        (each.name, words) for each in all_commands() for words in words_of(each) if has_markup(words)
    ] == []


def test_no_button_menu_or_form_has_markup_in_its_words() -> None:
    files = [
        file for part in ("commands", "views", "services", "intake") for file in (ROOT / part).rglob("*.py")
    ]
    found = [(file.name, *words) for file in files for words in written_in(file)]
    assert len(found) > 100
    assert [each for each in found if has_markup(each[2])] == []
