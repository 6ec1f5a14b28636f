"""The desk's own marks of the messages that it has shown: where each stands, and by which webhook.

They are kept with the outbox row, so an edit finds a message at any age. A conversation's first mark is the plain
id that its thread has.
"""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRef:
    """A message. `room` is the thread it is in, None where the address says it; `webhook` posted it, if one did.

    `holds_files`: it came after the text, for files that had no room there, so no edit of the text concerns it.
    """

    message: int
    room: int | None = None
    webhook: int | None = None
    holds_files: bool = False

    def written(self) -> str:
        """`123`, `thread/123`, `thread/123@webhook`, and `+` at the end of one that holds files."""
        target = f"{self.room}/" if self.room is not None else ""
        by = f"@{self.webhook}" if self.webhook is not None else ""
        return f"{target}{self.message}{by}{'+' if self.holds_files else ''}"

    @classmethod
    def read(cls, mark: str) -> Self:
        target, slash, rest = mark.removesuffix("+").rpartition("/")
        message, _, webhook = rest.partition("@")
        return cls(
            message=int(message),
            room=int(target) if slash else None,
            webhook=int(webhook) if webhook else None,
            holds_files=mark.endswith("+"),
        )
