"""What was written under questions that are not answered yet, until the message asked about has its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsBeneath:
    """One message. `key` is its own, `asked` that of the message that is asked about, `said` JSON."""

    id: int
    key: str
    asked: str
    person: str
    said: Mapping[str, Any]


class QuestionWords(Protocol):
    def add(self, beneath: WordsBeneath) -> None: ...

    def find(self, key: str) -> WordsBeneath | None:
        """The message of this key, while it waits."""
        ...

    def revise(self, key: str, said: Mapping[str, Any]) -> None:
        """Let it say this instead."""
        ...

    def forget(self, key: str) -> None:
        """It was deleted by its author."""
        ...

    def take(self, asked: str) -> Sequence[WordsBeneath]:
        """All that waits for this message, in the order in which it was said; it waits no longer."""
        ...
