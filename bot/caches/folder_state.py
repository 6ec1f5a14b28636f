"""Whether the folder of articles has been read since this process started: before that nothing is known.

Looking requests up waits for it, but not for long: a folder that cannot be read answers nothing anyway.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

PATIENCE_S: Final = 60.0
"""Real time, from when somebody first waits."""


class FolderState:
    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._read: Path | None = None
        self._awaited: Path | None = None
        self._since = 0.0

    def is_awaited(self, folder: Path | None) -> bool:
        """Whether this folder of `desk.yaml` is about to be read for the first time; False where there is none."""
        if folder is None or folder == self._read:
            return False
        if folder != self._awaited:
            self._awaited, self._since = folder, self._monotonic()
        return self._monotonic() - self._since < PATIENCE_S

    def note_read(self, folder: Path) -> None:
        """It was read, or found to be unreadable."""
        self._read = folder
