"""Up to when everything that was said is known to be here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class Watermarks(Protocol):
    """Up to when everything that was said is known to be committed: by platform, or a channel held back."""

    def all(self) -> Mapping[str, datetime]: ...

    def move(self, name: str, *, to: datetime) -> None:
        """Forward only: an earlier instant changes nothing."""
        ...

    def hold(self, name: str, *, at: datetime) -> None:
        """Backward only: what was said since then is to be read again."""
        ...

    def forget(self, name: str) -> None: ...
