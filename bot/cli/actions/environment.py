"""The settings of a terminal command, from the environment and `.env`; nothing else reads those."""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import typer
from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream

from bot.cli.terminal import say
from bot.domain.errors import ConfigurationError
from bot.domain.findings import Severity
from bot.logging_setup import set_up_logging
from bot.settings import Settings, unknown_variables, variable_for

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
    for sentence in _doubts(file, environ) if is_telling else ():
        say(f"{Severity.WARNING}: {sentence}", is_error=True, color=typer.colors.YELLOW)
    if is_demo:
        data = Path(environ.get("DESKBELL_DATA_DIR") or "data") / "demo"
        environ = {**environ, "DESKBELL_DATA_DIR": str(data), "DESKBELL_DATABASE_URL": ""}
        environ["DESKBELL_CONFIG"] = environ.get("DESKBELL_CONFIG") or str(files("bot.demo") / "desk.yaml")
    settings = Settings.from_environ(environ)
    set_up_logging(settings)
    return settings


def doubtful_settings() -> list[str]:
    """What `load_settings` tells, for commands that count what is wrong."""
    file = _read_dotenv()
    return _doubts(file, {**file.values, **os.environ})


def keep_private() -> None:
    """What this process makes from now on is for its own user alone: it holds what people wrote, and secrets."""
    os.umask(0o077)


@dataclass(frozen=True, slots=True)
class _Dotenv:
    values: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    """What is read otherwise elsewhere, or was probably not meant."""


def _doubts(file: _Dotenv, environ: dict[str, str]) -> list[str]:
    return [*file.doubts, *unknown_variables(environ)]


def _read_dotenv() -> _Dotenv:
    """Raises ConfigurationError with every line that cannot be read; its text may be a secret and is not shown."""
    try:
        text = DOTENV.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return _Dotenv()
    except UnicodeDecodeError:
        raise ConfigurationError(f"{DOTENV} is not UTF-8 text. Save it as UTF-8.") from None
    except PermissionError as error:
        raise ConfigurationError(
            f"{DOTENV} could not be read: {error.strerror}. Let the user that runs Deskbell read it: "
            f"`chmod u+r {DOTENV}`, or `chown` it to that user."
        ) from None
    bindings = [(_line_of(each), each) for each in parse_stream(io.StringIO(text))]
    wrong = [
        f"{DOTENV}, line {line}: {problem}"
        for line, each in bindings
        if (problem := _problem(each)) is not None
    ]
    if wrong:
        raise ConfigurationError("\n".join(wrong))
    read = dotenv_values(stream=io.StringIO(text))
    values = {name: value for name, value in read.items() if value is not None}
    return _Dotenv(values, [*_repeated(bindings), *_commented(bindings)])


def _line_of(binding: Binding) -> int:
    """Where it is written, behind the blank lines that the parser counts as its beginning."""
    before = binding.original.string[: -len(binding.original.string.lstrip()) or None]
    return binding.original.line + len(before.splitlines())


def _problem(binding: Binding) -> str | None:
    if not binding.error:
        if binding.value is None and binding.key is not None:
            return "there is no `=`. Write NAME=value, or put # before a comment."
        is_ours = binding.key in {variable_for(name) for name in Settings.model_fields}
        if is_ours and "\n" in (binding.value or ""):
            return (
                f"the value of {binding.key} spans several lines. Is its quote closed? Write it on one line."
            )
        return None
    text = binding.original.string.strip()
    name, equals, value = text.partition("=")
    colon = _COLON.match(text)
    if colon and (not equals or ":" in name):
        return f"{colon[1]} has a colon behind it. Write {colon[1]}=value."
    name = name.removeprefix("export").strip()
    if not equals or not name.isidentifier():
        return "this is not a setting. Write NAME=value, or put # before a comment."
    quoted = _QUOTED.match(value.strip())
    if quoted and "\n" not in quoted[1]:
        return f"there is text behind the closing quote of {name}. Quote the whole value, or remove the text."
    return f"the quote of {name} is not closed. Close it, or write {name}=value without quotes."


def _repeated(bindings: list[tuple[int, Binding]]) -> Iterator[str]:
    lines: dict[str, list[int]] = {}
    for line, binding in bindings:
        if binding.key is not None:
            lines.setdefault(binding.key, []).append(line)
    for name, given in lines.items():
        if len(given) > 1:
            earlier = " and ".join(map(str, given[:-1]))
            yield (
                f"{DOTENV}, line {given[-1]}: {name} is already set in line {earlier}; this line counts. "
                "Remove the other."
            )


def _commented(bindings: list[tuple[int, Binding]]) -> Iterator[str]:
    for line, binding in bindings:
        raw = binding.original.string.partition("=")[2]
        quoted = _QUOTED.match(raw.strip())
        if binding.key is not None and _COMMENT.search(f" {quoted[2]}" if quoted else raw):
            yield (
                f"{DOTENV}, line {line}: {binding.key} has a comment behind its value. It is ignored here, but "
                "systemd takes it for a part of the value: put the comment on a line of its own."
            )
