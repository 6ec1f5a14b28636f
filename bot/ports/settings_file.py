"""`desk.yaml` as a file that the desk itself may change: read, checked, and replaced only over what was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.desk import Desk
from bot.domain.sentence import Sentence
from bot.domain.settings.file_change import FileChange


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedText:
    """A text that can be used: the desk it makes, what it says by sections, and what is worth pointing at."""

    desk: Desk
    sections: Mapping[str, Any]
    warnings: Sequence[Sentence] = ()


class SettingsFile(Protocol):
    @property
    def name(self) -> str:
        """Where it is, for people."""
        ...

    @property
    def is_writable(self) -> bool: ...

    def text(self) -> str:
        """Raises ConfigurationError where it cannot be read."""
        ...

    def edited(self, text: str, changes: Sequence[FileChange]) -> str:
        """The text with these changes, its comments and order kept. Raises Refused."""
        ...

    def checked(self, text: str) -> CheckedText:
        """As `deskbell check` checks it. Raises ConfigurationError with every error and its line."""
        ...

    def replace(self, text: str, *, over: str) -> bool:
        """Write the text in one go, where the file has the digest `over`; False where it has another.

        Raises ConfigurationError where it cannot be written.
        """
        ...
