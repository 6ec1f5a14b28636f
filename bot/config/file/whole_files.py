"""Files that are replaced as a whole: whoever reads one reads the old text or the new, whatever happens meanwhile."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from signal import SIG_BLOCK, SIG_SETMASK, SIGHUP, SIGINT, SIGTERM, pthread_sigmask
from stat import S_IMODE

NEW_FILES = 0o644
"""The mode of a file that was not there."""


def replace_files(texts: Mapping[Path, str], *, modes: Mapping[Path, int] | None = None) -> None:
    """Write each beside its place, down to the disk, then move all into place; a link's target is replaced.

    The mode of what was there is kept where `modes` gives none. Raises OSError; where writing failed nothing changed.
    """
    given = modes or {}
    with contextlib.ExitStack() as unmoved:
        written = [
            (unmoved.enter_context(_beside(path.resolve(), text, mode=given.get(path))), path.resolve())
            for path, text in texts.items()
        ]
        with _undisturbed():
            for new, path in written:
                new.replace(path)
        for folder in {path.parent for _, path in written}:
            _settle(folder)


def is_writable(path: Path) -> bool:
    """Whether the file, or a new one in its place, could be written there."""
    place = path.resolve()
    is_open = not place.exists() or os.access(place, os.W_OK)
    return is_open and os.access(place.parent, os.W_OK) and not place.is_mount()


@contextmanager
def _beside(path: Path, text: str, *, mode: int | None) -> Iterator[Path]:
    """A new file in the same folder, which is gone afterwards unless it was moved."""
    if mode is None:
        mode = S_IMODE(path.stat().st_mode) if path.exists() else NEW_FILES
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Of several files all are moved, though somebody ends the command just then."""
    before = pthread_sigmask(SIG_BLOCK, {SIGINT, SIGTERM, SIGHUP})
    try:
        yield
    finally:
        pthread_sigmask(SIG_SETMASK, before)


def _settle(folder: Path) -> None:
    """Down to the disk, what is in the folder; some file systems cannot."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
