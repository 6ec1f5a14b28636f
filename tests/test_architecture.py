"""The habits no linter knows: small files and functions, plain names, one reader of the environment."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
EMPTY_NAMES = {"utils", "util", "helpers", "common", "manager", "base", "data", "misc"}
# Who may look at the environment: it hands the settings to everybody else.
READERS = {"bot/cli/actions/environment.py"}
# The ways from the event loop to a database thread, and to the bytes of a file that arrive in pieces.
DOORS = {"storage/store.py", "storage/file_store.py"}


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


CODE = modules("bot", "adapters", "storage", "deploy")
ALL = [*CODE, *modules("tests")]

TOP_PARTS = [
    *(PROJECT / "bot").glob("[!_]*.py"),
    *(PROJECT / "bot").glob("*/__init__.py"),
    PROJECT / "bot/__main__.py",
]


def test_no_file_is_longer_than_a_person_reads_in_one_go() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in ALL}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        f"{place(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in ALL
        for function in functions(path)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        place(path)
        for path in CODE
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(path))
    ]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [place(path) for path in ALL if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES] == []


def test_domain_messages_and_storage_never_wait() -> None:
    waiting = [
        f"{place(path)}:{function.name}"
        for path in modules("bot/domain", "bot/messages", "storage")
        for function in functions(path)
        if isinstance(function, ast.AsyncFunctionDef) and place(path) not in DOORS
    ]
    assert waiting == []


def test_every_part_of_the_help_desk_has_its_place_in_the_layers() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = " ".join(settings["tool"]["importlinter"]["contracts"][0]["layers"])
    parts = {path.parent.name if path.stem == "__init__" else path.stem for path in TOP_PARTS}
    assert {part for part in parts if f"bot.{part}" not in re.findall(r"[\w.]+", layers)} == set()


def test_only_the_terminal_reads_the_environment() -> None:
    reading = re.compile(
        r"\bos\.(environ|getenv|environb)\b|\bfrom os import .*\b(environ|getenv)\b|\bdotenv\b"
    )
    readers = {place(path) for path in CODE if reading.search(path.read_text(encoding="utf-8"))}
    assert {path for path in readers if path.startswith(("bot/", "adapters/", "storage/"))} == READERS


def test_every_test_folder_is_a_package() -> None:
    folders = {path.parent for path in modules("tests")}
    assert [place(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_there_are_no_mocks() -> None:
    mocking = re.compile(r"unittest\.mock|\bfrom unittest import mock|\bmocker\b|\bMagicMock\b")
    this = Path(__file__)
    assert [
        place(path)
        for path in modules("tests")
        if path != this and mocking.search(path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize("path", [PROJECT / "README.md", PROJECT / "CHANGELOG.md", PROJECT / "DECISIONS.md"])
def test_the_papers_are_there(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")
