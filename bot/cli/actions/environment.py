"""The settings of a terminal command, from the environment and `.env`; nothing else reads those."""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import typer
from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream

from bot.cli.terminal import say
from bot.demo import file_in
from bot.domain.errors import ConfigurationError, reason_of
from bot.domain.findings import Severity
from bot.domain.sentence import Sentence, sentence
from bot.logging_setup import set_up_logging
from bot.settings import Settings, unknown_variables, variable_for
from bot.text.error_text import english

DOTENV = Path(".env")
_COLON = re.compile(r"(?:export\s+)?([A-Z][A-Z0-9_]*)\s*:")
_QUOTED = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')(.*)""", re.DOTALL)
_COMMENT = re.compile(r"\s#")


def load_settings(*, is_demo: bool = False, is_telling: bool = True) -> Settings:
    """Settings of the environment and `.env`; the demo keeps to a folder and a configuration of its own.

    `is_telling`: doubtful settings are told at once. Raises ConfigurationError.
    """
    file = _read_dotenv()
    environ = {**file.values, **os.environ}
    for doubt in _doubts(file, environ) if is_telling else ():
        say(f"{Severity.WARNING}: {english(doubt)}", is_error=True, color=typer.colors.YELLOW)
    if is_demo:
        data = Path(environ.get("DESKBELL_DATA_DIR") or "data") / "demo"
        environ = {**environ, "DESKBELL_DATA_DIR": str(data), "DESKBELL_DATABASE_URL": ""}
        environ["DESKBELL_CONFIG"] = environ.get("DESKBELL_CONFIG") or str(file_in(data))
    settings = Settings.from_environ(environ)
    set_up_logging(settings)
    return settings


def set_variables() -> dict[str, str]:
    """What is set now, sound or not: variables of the environment, which win, and of `.env`."""
    return {**_read_dotenv().values, **os.environ}


def doubtful_settings() -> list[Sentence]:
    """What `load_settings` tells, for commands that count what is wrong."""
    file = _read_dotenv()
    return _doubts(file, {**file.values, **os.environ})


def keep_private() -> None:
    """What this process makes from now on is for its own user alone: it holds what people wrote, and secrets."""
    os.umask(0o077)


@dataclass(frozen=True, slots=True)
class _Dotenv:
    values: dict[str, str] = field(default_factory=dict)
    doubts: list[Sentence] = field(default_factory=list)
    """What is read otherwise elsewhere, or was probably not meant."""


def _doubts(file: _Dotenv, environ: dict[str, str]) -> list[Sentence]:
    return [*file.doubts, *unknown_variables(environ)]


def _read_dotenv() -> _Dotenv:
    """Raises ConfigurationError with every line that cannot be read; its text may be a secret and is not shown."""
    try:
        text = DOTENV.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return _Dotenv()
    except UnicodeDecodeError:
        raise ConfigurationError(sentence("operations.dotenv_encoding", file=str(DOTENV))) from None
    except PermissionError as error:
        raise ConfigurationError(
            sentence("operations.dotenv_unreadable", file=str(DOTENV), reason=reason_of(error))
        ) from None
    bindings = [(_line_of(each), each) for each in parse_stream(io.StringIO(text))]
    wrong = [_at_line(line, problem) for line, each in bindings if (problem := _problem(each)) is not None]
    if wrong:
        raise ConfigurationError(*wrong)
    read = dotenv_values(stream=io.StringIO(text))
    values = {name: value for name, value in read.items() if value is not None}
    return _Dotenv(values, [*_repeated(bindings), *_commented(bindings)])


def _at_line(line: int, problem: Sentence) -> Sentence:
    return sentence("operations.at_line", file=str(DOTENV), line=str(line), problem=problem)


def _line_of(binding: Binding) -> int:
    """Where it is written, behind the blank lines that the parser counts as its beginning."""
    before = binding.original.string[: -len(binding.original.string.lstrip()) or None]
    return binding.original.line + len(before.splitlines())


def _problem(binding: Binding) -> Sentence | None:
    if not binding.error:
        if binding.value is None and binding.key is not None:
            return sentence("operations.dotenv_no_equals")
        is_ours = binding.key in {variable_for(name) for name in Settings.model_fields}
        if binding.key is not None and is_ours and "\n" in (binding.value or ""):
            return sentence("operations.dotenv_several_lines", variable=binding.key)
        return None
    text = binding.original.string.strip()
    name, equals, value = text.partition("=")
    colon = _COLON.match(text)
    if colon and (not equals or ":" in name):
        return sentence("operations.dotenv_colon", variable=colon[1])
    name = name.removeprefix("export").strip()
    if not equals or not name.isidentifier():
        return sentence("operations.dotenv_not_a_setting")
    quoted = _QUOTED.match(value.strip())
    if quoted and "\n" not in quoted[1]:
        return sentence("operations.dotenv_text_after_quote", variable=name)
    return sentence("operations.dotenv_open_quote", variable=name)


def _repeated(bindings: list[tuple[int, Binding]]) -> Iterator[Sentence]:
    lines: dict[str, list[int]] = {}
    for line, binding in bindings:
        if binding.key is not None:
            lines.setdefault(binding.key, []).append(line)
    for name, given in lines.items():
        if len(given) > 1:
            earlier = tuple(map(str, given[:-1]))
            yield _at_line(given[-1], sentence("operations.dotenv_repeated", variable=name, earlier=earlier))


def _commented(bindings: list[tuple[int, Binding]]) -> Iterator[Sentence]:
    for line, binding in bindings:
        raw = binding.original.string.partition("=")[2]
        quoted = _QUOTED.match(raw.strip())
        if binding.key is not None and _COMMENT.search(f" {quoted[2]}" if quoted else raw):
            yield _at_line(line, sentence("operations.dotenv_commented", variable=binding.key))
