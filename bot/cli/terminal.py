"""What all commands share at their border: options, and sentences for a terminal. It loads nothing of the desk."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.domain.errors import DeskbellError
from bot.domain.sentence import Sentence, sentence
from bot.messages.plain import in_plain_quotes
from bot.text.error_text import english, in_english

Demo = Annotated[bool, typer.Option("--demo", help="The demo’s desk.")]
Config = Annotated[
    Path | None, typer.Option("--config", help="The file to look at, instead of the configured one.")
]
Port = Annotated[
    int | None,
    typer.Option(help="The HTTP port; 0 takes any free one.", min=0, max=65535, show_default=False),
]
PROGRAM = "deskbell"
_MADE = "demo"


@contextmanager
def said_plainly() -> Iterator[None]:
    """An error of ours, or of a disk, ends the command with its sentence and exit code 1, not with a traceback."""
    try:
        yield
    except DeskbellError as error:
        told: str | Sentence = in_english(error)
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read what the command says has had enough, such as `head`
            raise
        told = _file_failed(error)
    else:
        return
    say(told, is_error=True, color=typer.colors.RED)
    raise typer.Exit(1)


def say(told: str | Sentence, *, is_error: bool = False, color: str | None = None) -> None:
    """Print a sentence, its backticks as a terminal shows them."""
    typer.secho(for_terminal(told), err=is_error, fg=color)


def for_terminal(told: str | Sentence) -> str:
    """In English, with plain quotes for backticks; a command in them is as it can be typed at this terminal."""
    return in_plain_quotes(told if isinstance(told, str) else english(told), typed=_as_typed)


def _file_failed(error: OSError) -> Sentence:
    reason = error.strerror or str(error)
    if error.filename:
        return sentence("terminal.file_failed", file=str(error.filename), reason=reason)
    return sentence("terminal.some_file_failed", reason=reason)


def _as_typed(words: str) -> str:
    if words.startswith("--") and _is_run_by_make():
        return f'make {_MADE} ARGS="{words}"'
    first, space, rest = words.partition(" ")
    return f"{_program()}{space}{rest}" if first == PROGRAM else words


def _is_run_by_make() -> bool:
    """Whether it is a target of the Makefile, which bears the command's name and hands on ARGS: `make demo`."""
    by_module = Path(sys.argv[0]).name == "__main__.py"
    return "MAKELEVEL" in os.environ and by_module and sys.argv[1:2] == [_MADE]


def _program() -> str:
    """How to call this program again: by its name where the shell finds that, else by its path."""
    if shutil.which(PROGRAM):
        return PROGRAM
    beside = Path(sys.executable).with_name(PROGRAM)
    if not beside.exists():
        return f"{sys.executable} -m bot"
    here = Path.cwd()
    return str(beside.relative_to(here) if beside.is_relative_to(here) else beside)
