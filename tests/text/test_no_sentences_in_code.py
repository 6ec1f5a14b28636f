"""What people read is in the catalogue: no sentence stands in the code, but for logs and programmers' errors."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS_TO_COME = (
    "bot/cli",
    "bot/config",
    "bot/demo",
    "bot/domain/routing/conditions.py",
    "bot/domain/routing/router.py",
    "bot/intake/request_columns.py",
    "bot/intake/request_file.py",
    "bot/settings.py",
    "bot/bootstrap",
    "bot/workers",
    "bot/__main__.py",
    "storage",
)
"""Rooms whose sentences still stand where they are said; it gets shorter."""
PAPERS = ("bot/commands/documentation.py",)
"""What writes a page of the documentation, which is in English alone."""
TYPED = {"command", "example", "loc"}
"""What is given by these names is what people can type, which is the same in every language."""
FOR_OPERATORS = (
    "adapters/discord/api/calls.py",
    "adapters/discord/api/downloads.py",
    "adapters/discord/api/errors.py",
    "adapters/discord/api/outage_log.py",
    "adapters/discord/capabilities.py",
    "adapters/discord/delivery/delivery.py",
    "adapters/discord/diagnostics.py",
    "adapters/discord/events/history.py",
    "adapters/discord/permissions.py",
    "adapters/discord/platform.py",
    "adapters/http/server.py",
    "adapters/kit/outcomes.py",
    "adapters/kit/rate_limits.py",
    "adapters/slack/api/calls.py",
    "adapters/slack/api/downloads.py",
    "adapters/slack/api/errors.py",
    "adapters/slack/api/people.py",
    "adapters/slack/capabilities.py",
    "adapters/slack/delivery/delivery.py",
    "adapters/slack/diagnostics.py",
    "adapters/slack/events/bolt_app.py",
    "adapters/slack/events/directory_sync.py",
    "adapters/slack/events/history.py",
    "adapters/slack/events/http_endpoint.py",
    "adapters/slack/events/socket.py",
    "adapters/slack/manifest.py",
    "adapters/slack/platform.py",
    "adapters/web/platform.py",
    "adapters/web/posts/desk_posts.py",
    "adapters/web/server/event_queue.py",
    "adapters/web/store/attachments.py",
    "adapters/web/store/messages.py",
    "adapters/web/store/pending_events.py",
    "adapters/web/store/store.py",
    "adapters/webhook/platform.py",
)
"""Findings, why something was not delivered, permissions, log lines and SQL: what operators read, in English."""
PROGRAMMERS_ERRORS = {
    "ValueError",
    "TypeError",
    "RuntimeError",
    "AssertionError",
    "KeyError",
    "NotImplementedError",
}
OPERATORS_ERRORS = {"ConfigurationError"}
"""Told in English, at the terminal and in the log."""
WORDS_OF_PEOPLE = (
    "bot/domain/search/stop_words.py",
    "bot/intake/greetings.py",
    "bot/services/tickets/follow_up_detection.py",
)
"""What people say, so that it is recognised."""
WORD = re.compile(r"[A-Za-z’']{2,}")
CODE = sorted(
    path
    for package in ("bot", "adapters", "storage")
    for path in (ROOT / package).rglob("*.py")
    if not str(path.relative_to(ROOT)).startswith((*ROOMS_TO_COME, *WORDS_OF_PEOPLE, *PAPERS, *FOR_OPERATORS))
)


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_stands_in_the_code(path: Path) -> None:
    assert list(sentences_in(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('say("You have seven open tickets.")', ["You have seven open tickets."]),
        ('text = f"{name} asked for help"', ["… asked for help"]),
        ('"""A docstring of many words."""\nX = 1\n"""What the attribute above is for."""', []),
        ('log.warning("the database is away")', []),
        ('raise ValueError("two commands have one name")', []),
        ('raise Refused("there is no such ticket")', ["there is no such ticket"]),
        ('raise ConfigurationError("two teams have one name")', []),
        ('say("team.assigned", name=name)', []),
        ('Command(example="claim IT-12 for Ana Lima")', []),
        ('Command(summary="Claim IT-12 for Ana Lima")', ["Claim IT-12 for Ana Lima"]),
        ('re.compile("(?:one|two) or three of them")', []),
    ],
)
def test_a_sentence_is_found_where_people_would_read_it(code: str, found: list[str]) -> None:
    assert list(sentences_in(code)) == found


def sentences_in(code: str) -> Iterator[str]:
    """String literals of three words and more that are no docstring, log line, pattern or programmer's error."""
    tree = ast.parse(code)
    passed_over = {id(each) for node in ast.walk(tree) if _is_not_for_people(node) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed_over |= {id(each) for each in node.values}
        if id(node) in passed_over:
            continue
        text = _text(node)
        if len(text.split()) >= 3 and len(WORD.findall(text)) >= 3:
            yield text


def _is_not_for_people(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "re"))):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
            return name in PROGRAMMERS_ERRORS | OPERATORS_ERRORS
        case ast.keyword(arg=str(name)):
            return name in TYPED
        case ast.Assert():
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
