"""What all commands share at their border: options, and errors as sentences. It loads nothing of the desk."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.domain.errors import DeskbellError

Demo = Annotated[bool, typer.Option("--demo", help="The demo’s desk.")]
Config = Annotated[
    Path | None, typer.Option("--config", help="The file to look at, instead of the configured one.")
]
Port = Annotated[int | None, typer.Option(help="The HTTP port; 0 takes any free one.", show_default=False)]


@contextmanager
def said_plainly() -> Iterator[None]:
    """An error of ours, or of a disk, ends the command with its sentence and exit code 1, not with a traceback."""
    try:
        yield
    except DeskbellError as error:
        sentence = error.sentence
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read what the command says has had enough, such as `head`
            raise
        sentence = f"{error.filename or 'A file'} could not be read or written: {error.strerror or error}."
    else:
        return
    typer.secho(sentence, err=True, fg=typer.colors.RED)
    raise typer.Exit(1)
