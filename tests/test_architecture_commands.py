"""Commands are data: what a verb is stands in its own file, and nothing else names it or knows it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.commands.catalogue import all_commands, command_modules
from bot.commands.framework.command import OptionKind
from bot.messages import verbs
from bot.ports.intake import ShortcutOn

PROJECT = Path(__file__).parents[1]
COMMANDS = PROJECT / "bot" / "commands"
NAMES = PROJECT / "bot" / "messages" / "verbs.py"
# Where what somebody does is read and answered: here a verb's bare word would be the verb.
READERS = ("bot/commands", "bot/intake", "adapters/discord/interactions", "adapters/slack/interactions")
LONGEST_LABEL = 24
CONSTANTS = {name: value for name, value in vars(verbs).items() if name.isupper() and name != "TYPE_CHECKING"}


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Its strings with their lines; what an enumeration's members are called in rows and payloads is no verb."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    members = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and "StrEnum" in map(ast.unparse, node.bases)
        for statement in node.body
        if isinstance(statement, ast.Assign)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in members:
            yield node.lineno, node.value


def files_of_verbs() -> list[Path]:
    return [Path(str(module.__file__)) for module in command_modules()]


def own_files() -> dict[str, str]:
    """The file that declares each command."""
    return {
        command.name: place(Path(str(module.__file__)))
        for module in command_modules()
        for command in module.COMMANDS
    }


def test_no_command_is_named_outside_its_own_file() -> None:
    own = own_files()
    named = [
        f"{place(path)}:{line}: {text}"
        for path in modules("bot", "adapters", "storage")
        for line, text in literals(path)
        if path != NAMES and text in own and own[text] != place(path)
    ]
    assert named == [], "name it in bot/messages/verbs.py, or declare what is special about it on the Command"


PLATFORMS_WORDS = frozenset(
    {"view", "summary", "from", "kb", "new", "draft", "next", "subject", "tag", "private"}
)
"""Verbs that are also what something else is called: Slack's forms are views, each command has a summary in the
catalogue, `kb` is a group of commands, options and orders of lists are called `from` and `new`, an article that
nobody has reviewed is a draft, a time to come may begin with `next`, a file's column is a request's
subject, a day is in German a tag, and a form asks whether a request is to be private.
"""


def test_nothing_that_reads_commands_knows_a_verb() -> None:
    own = own_files()
    homes: dict[str, set[str]] = {}
    for name, path in own.items():
        homes.setdefault(name.partition(" ")[2], set()).add(path)
    for module in command_modules():
        for words in (words for command in module.COMMANDS for words in command.spoken if words in homes):
            homes[words].add(place(Path(str(module.__file__))))
    named = [
        f"{place(path)}:{line}: {text}"
        for path in modules(*READERS)
        for line, text in literals(path)
        if text in homes and place(path) not in homes[text] and text not in PLATFORMS_WORDS
    ]
    assert named == [], "declare what is special about it on the Command"


def test_the_page_in_the_browser_knows_no_verb() -> None:
    own = own_files()
    scripts = sorted((PROJECT / "adapters" / "web" / "static").rglob("*.js"))
    quoted = re.compile(r"""["'`]([a-z-]+ [a-z-]+)["'`]""")
    assert [
        f"{place(path)}: {text}"
        for path in scripts
        for text in quoted.findall(path.read_text(encoding="utf-8"))
        if text in own
    ] == []


def test_a_name_that_others_use_is_that_of_a_command_and_used_by_others() -> None:
    own = own_files()
    assert set(CONSTANTS.values()) <= own.keys()
    texts = {place(path): path.read_text(encoding="utf-8") for path in modules("bot", "adapters")}
    alone = [
        name
        for name, value in CONSTANTS.items()
        if not any(
            f"verbs.{name}" in re.findall(r"verbs\.\w+", text)
            for file, text in texts.items()
            if file != own[value]
        )
    ]
    assert alone == [], "what only its own file names is spelled there"


def test_verbs_build_on_the_framework_and_on_no_other_verb() -> None:
    imported = [
        f"{place(path)} imports {node.module}"
        for path in files_of_verbs()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and str(node.module).startswith("bot.commands")
        and not str(node.module).startswith("bot.commands.framework")
    ]
    assert imported == []


def test_every_file_of_verbs_has_its_test() -> None:
    tests = PROJECT / "tests" / "commands"
    missing = [
        place(path)
        for path in files_of_verbs()
        if not (tests / path.relative_to(COMMANDS).parent / f"test_{path.name}").exists()
    ]
    assert missing == []


def test_shortcuts_fit_the_menus_they_are_for() -> None:
    labels = []
    for command in all_commands():
        for each in map(command.shortcut, command.shortcuts):
            labels.append(each.label)
            assert 1 <= len(each.label) <= LONGEST_LABEL
            assert each.on is not ShortcutOn.THREAD or command.on_ticket is not None, command.name
            people = [option for option in command.options if option.kind == "person"]
            assert each.on is not ShortcutOn.PERSON or people, command.name
    assert len(set(labels)) == len(labels)


def test_one_command_is_what_a_bare_group_means() -> None:
    assert len([command for command in all_commands() if command.is_default]) == 1


def test_whoever_writes_words_on_a_ticket_is_told_who_reads_them() -> None:
    """Dates are no words; a snooze's reason comes after one, so its command says who reads it.

    So does an edit, whose readers are those of what is edited; so does logged time, whose words follow a length,
    and a rating, which may be anonymous. What a model is told comes back to its author alone; what a ticket is merged
    into is no words.
    """
    tells_itself = {
        verbs.SNOOZE,
        verbs.SNOOZE_ALERT,
        verbs.REMIND,
        verbs.EDIT,
        verbs.EDIT_OWN,
        verbs.TIME,
        verbs.RATE,
        verbs.DRAFT,
        verbs.REPHRASE,
        verbs.TRANSLATE,
        verbs.MERGE,
    }
    silent = [
        f"{command.name}: {option.name}"
        for command in all_commands()
        if command.on_ticket is not None and command.name not in tells_itself
        for option in command.options
        if option.kind is OptionKind.TEXT and option.read_by is None
    ]
    assert silent == []
