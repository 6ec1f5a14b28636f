"""Rules of ARCHITECTURE.md that no linter knows: small folders, files and functions, nouns as names, no circles."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.project.imports import first_circle, import_graph, type_checking_imports

PROJECT = Path(__file__).parents[1]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MOST_MODULES = 15
# One module a repository, and the outbox's statements.
# What was migrated once keeps its name, and there is one more with each change of the tables.
MIGRATIONS = "storage/migrations/versions"
PRODUCT = ("bot", "adapters", "storage")
# Words in -ing that are nouns of the trade.
NOUNS_IN_ING = {"routing", "parsing", "loading", "opening", "meaning", "sorting"}
# How a delivery or a wish ended is a closed set of participles; a finding and preformatted text are things.
PARTICIPLES = {"Delivered", "Postponed", "Refused", "Finding", "Preformatted"}
# Participles that do not end in -ed.
IRREGULAR = re.compile(
    "Begun|Broken|Built|Chosen|Done|Drawn|Found|Given|Gone|Heard|Held|Kept|Known|Left|Lost|Made|Met|Read|Said|Seen|"
    "Sent|Shown|Spoken|Taken|Told|Written"
)
EMPTY_NAMES = {"utils", "util", "helpers", "common", "manager", "base", "data", "misc"}
# Who may look at the environment: the one hands the settings to everybody else, the other looks for `make`.
READERS = {"bot/cli/actions/environment.py", "bot/cli/terminal.py"}
# The ways from the event loop to a database thread, and to the bytes of a file that arrive in pieces.
DOORS = {"storage/store.py", "storage/file_store.py"}


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))


def classes(path: Path) -> Iterator[str]:
    return (node.name for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))


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


def test_no_folder_holds_more_modules_than_one_can_survey() -> None:
    modules_in = Counter(place(path.parent) for path in ALL if path.stem != "__init__")
    del modules_in[MIGRATIONS]
    assert {folder: count for folder, count in modules_in.items() if count > MOST_MODULES} == {}


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


def test_modules_are_named_by_nouns() -> None:
    names = {place(path): path.stem.removeprefix("test_") for path in ALL if place(path.parent) != MIGRATIONS}
    assert [where for where, name in names.items() if name.endswith("ing") and name not in NOUNS_IN_ING] == []


def test_classes_are_named_by_nouns() -> None:
    bare = re.compile(r"_*([A-Z][a-z]+)")
    names = {
        f"{place(path)}:{name}": word[1]
        for path in modules(*PRODUCT)
        for name in classes(path)
        if (word := bare.fullmatch(name))
    }
    assert [
        where
        for where, word in names.items()
        if word not in PARTICIPLES and (word.endswith(("ing", "ed")) or IRREGULAR.fullmatch(word))
    ] == []


def test_no_two_classes_of_the_help_desk_have_one_name() -> None:
    counts = Counter(name for path in modules("bot") for name in classes(path) if not name.startswith("_"))
    assert [name for name, count in counts.items() if count > 1] == []


def test_no_module_imports_another_in_a_circle() -> None:
    assert first_circle(import_graph(PROJECT, PRODUCT)) == []


def test_a_circle_is_seen_that_hides_in_a_function_or_from_the_type_checker(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk/card.py").write_text("def show():\n    from desk.board import draw\n")
    (tmp_path / "desk/board.py").write_text("if TYPE_CHECKING:\n    from desk import card\n")
    assert set(first_circle(import_graph(tmp_path, ["desk"]))) == {"desk.card", "desk.board"}


def test_the_type_checker_imports_nothing_of_ours_that_the_program_does_not() -> None:
    ours = {
        place(path): [name for name in type_checking_imports(path) if name.split(".")[0] in PRODUCT]
        for path in modules(*PRODUCT)
    }
    assert {where: names for where, names in ours.items() if names} == {}


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
