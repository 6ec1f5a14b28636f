"""What people read is in the catalogue: no sentence stands in the code, but for logs and programmers' errors."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = ("bot/commands/documentation.py", "bot/config/reference.py")
"""What writes a page of the documentation, which is in English alone."""
DESCRIBED_IN_PAPERS = {"Field", "condition_key"}
"""Calls whose `description` is a line of the reference of desk.yaml, one of those pages."""
TYPED = {"example", "loc", "spoken"}
"""What is given by these names is what people can type, which is the same in every language."""
PROGRAMMERS_ERRORS = {
    "FileNotFoundError",
    "LookupError",
    "ValueError",
    "TypeError",
    "RuntimeError",
    "AssertionError",
    "NotBundled",
}
WORDS_OF_PEOPLE = (
    "bot/config/compile/courtesies.py",
    "bot/domain/assistant/instructions.py",
    "bot/domain/credentials.py",
    "bot/demo/history.py",
    "bot/domain/knowledge/reply_text.py",
    "bot/domain/search/stop_words.py",
    "bot/domain/sorting/unhappiness.py",
    "bot/domain/tickets/confidence_words.py",
    "bot/domain/tickets/note_mark.py",
    "bot/domain/tickets/privacy_words.py",
    "bot/domain/tickets/withdrawal_words.py",
    "bot/intake/greetings.py",
    "bot/services/tickets/status_questions.py",
    "bot/services/tickets/follow_up_detection.py",
    "bot/services/tickets/offers/topics.py",
)
"""What people say, so that it is recognised; what those of the demo have said; and what models are told."""
CLI = ROOT / "bot" / "cli"
TERMINALS_HELP = (
    ROOT / "bot" / "__main__.py",
    *(path for path in CLI.rglob("*.py") if CLI / "actions" not in path.parents),
)
"""Where the terminal's own help stands, which is read before anything may be loaded: help, and that of groups."""
SQL = re.compile(
    r"[\s(…]*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|SET|CAST|CASE|EXPLAIN|INDEXED BY|PRAGMA|ROLLBACK TO"
    r"|ON CONFLICT|IN \(SELECT|\w+ IS (?:NOT )?NULL|\w+ (?:NOT )?IN)\b"
)
"""How a statement begins, or the part of one that is put together; in capitals, as no sentence does."""
SQL_TAKERS = {"text", "executescript", "CheckConstraint"}
"""What is called with SQL alone."""
LOGGED = {"Outage", "StorageWatch"}
"""What is called with a name for log lines."""
WORD = re.compile(r"[A-Za-z’']{2,}")
CODE = sorted(
    path
    for package in ("bot", "adapters", "storage")
    for path in (ROOT / package).rglob("*.py")
    if not str(path.relative_to(ROOT)).startswith((*WORDS_OF_PEOPLE, *PAPERS))
)


ROOMS = sorted({path.relative_to(ROOT).parts[:2] for path in CODE})


@pytest.mark.parametrize("room", ROOMS, ids="/".join)
def test_no_sentence_stands_in_the_code(room: tuple[str, str]) -> None:
    code = {
        path: path.read_text(encoding="utf-8") for path in CODE if path.relative_to(ROOT).parts[:2] == room
    }
    found = {path: [*sentences_in(text, has_help=path in TERMINALS_HELP)] for path, text in code.items()}
    assert {str(path.relative_to(ROOT)): said for path, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('say("You have seven open tickets.")', ["You have seven open tickets."]),
        ('text = f"{name} asked for help"', ["… asked for help"]),
        ('"""A docstring of many words."""\nX = 1\n"""What the attribute above is for."""', []),
        ('log.warning("the database is away")', []),
        ('raise ValueError("two commands have one name")', []),
        ('raise Refused("there is no such ticket")', ["there is no such ticket"]),
        ('raise ConfigurationError("two teams have one name")', ["two teams have one name"]),
        ('say("team.assigned", name=name)', []),
        ('Command(example="claim IT-12 for Ana Lima")', []),
        ('Command(summary="Claim IT-12 for Ana Lima")', ["Claim IT-12 for Ana Lima"]),
        ('write("UPDATE tickets SET status = 1 WHERE id = 2")', []),
        ('write("Update the tickets that are open")', ["Update the tickets that are open"]),
        ('index(where=sa.text("status IS NOT NULL OR team IS NULL"))', []),
        ('database.executescript("BEGIN; the statements of a file; COMMIT")', []),
        ('Outage("the connection to Slack")', []),
        ('re.compile("(?:one|two) or three of them")', []),
        ('Field(default="", description="What people read of it.")', []),
        ('Team(description="What people read of it.")', ["What people read of it."]),
    ],
)
def test_a_sentence_is_found_where_people_would_read_it(code: str, found: list[str]) -> None:
    assert list(sentences_in(code)) == found


def test_the_terminals_help_may_stand_in_its_code_and_nothing_else_there() -> None:
    code = 'typer.Option(help="Do it without asking.")\nsay("Nothing was changed at all.")'
    assert list(sentences_in(code, has_help=True)) == ["Nothing was changed at all."]
    assert len(list(sentences_in(code))) == 2


def sentences_in(code: str, *, has_help: bool = False) -> Iterator[str]:
    """String literals of three words and more that are no docstring, log line, pattern, SQL or programmer's error."""
    tree = ast.parse(code)
    passed_over = {
        id(each)
        for node in ast.walk(tree)
        if _is_not_for_people(node) or (has_help and _is_help(node))
        for each in ast.walk(node)
    }
    passed_over |= {id(each) for node in ast.walk(tree) for line in _papers(node) for each in ast.walk(line)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed_over |= {id(each) for each in node.values}
        if id(node) in passed_over:
            continue
        text = _text(node)
        if len(text.split()) >= 3 and len(WORD.findall(text)) >= 3 and not SQL.match(text):
            yield text


def _is_not_for_people(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "re"))):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in SQL_TAKERS:
            return True
        case ast.Call(func=ast.Name(id=name)) if name in LOGGED:
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
            return name in PROGRAMMERS_ERRORS
        case ast.keyword(arg=str(name)):
            return name in TYPED
        case ast.Assert():
            return True
        case _:
            return False


def _papers(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Call(func=ast.Name(id=name), keywords=given) if name in DESCRIBED_IN_PAPERS:
            yield from (each.value for each in given if each.arg == "description")


def _is_help(node: ast.AST) -> bool:
    match node:
        case ast.keyword(arg="help") | ast.AnnAssign(target=ast.Name(id="GROUPS")):
            return True
        case _:
            return False


def _text(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(str(each.value) if isinstance(each, ast.Constant) else "…" for each in values)
        case _:
            return ""
