"""Words that platforms show as they are (labels, hints, titles, buttons, menus) have no markup in them."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import bot
from bot.commands.catalogue import all_commands
from bot.commands.framework.command import Command
from bot.text.catalogue import entry, has, languages
from tests.text.keys_in_code import keys_needed_by, optional_keys_of

ROOT = Path(bot.__file__).parent
SHOWN_AS_THEY_ARE = {
    "about",
    "confirm",
    "hint",
    "label",
    "placeholder",
    "submit",
    "title",
}


def words_of(command: Command) -> Iterator[str]:
    """In every language, as the catalogue has them."""
    yield from (*(command.usage(language) for language in languages()), command.example)
    keys = keys_needed_by(command) | optional_keys_of(command)
    for language, key in product(languages(), keys):
        if has(language, key):
            yield entry(language, key).forms[0].source


def written_in(file: Path) -> Iterator[tuple[int, str]]:
    """What the source gives to parameters of these names."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.keyword) and node.arg in SHOWN_AS_THEY_ARE:
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.lineno, in_the_catalogue(part.value)


def in_the_catalogue(text: str) -> str:
    """What a key stands for; any other text as it is."""
    return entry("en", text).forms[0].source if has("en", text) else text


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
    assert found
    assert [each for each in found if has_markup(each[2])] == []
