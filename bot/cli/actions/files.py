"""Files that commands write for people: what cannot be written is a sentence; `-` is standard output."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.domain.errors import UsageError, reason_of
from bot.domain.sentence import sentence

STANDARD_OUTPUT = Path("-")


@contextmanager
def opened(file: Path) -> Iterator[TextIO]:
    """For text, its line ends as they are written. Raises UsageError where it cannot be written."""
    if file == STANDARD_OUTPUT:
        yield sys.stdout
        return
    with said_of(file), file.open("w", encoding="utf-8", newline="") as written:
        yield written


@contextmanager
def said_of(file: Path) -> Iterator[None]:
    """Raises UsageError for what the operating system refuses."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            sentence("terminal.file_not_written", file=str(file), reason=reason_of(error))
        ) from error
