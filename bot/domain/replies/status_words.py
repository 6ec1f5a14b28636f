"""What somebody said with a change of status: no message, and yet others were told it.

It is said differently, or taken back, as a message is; the status stays. The audit log keeps what it said before.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.domain.events import Event
from bot.domain.tickets.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWordsEdited(Event):
    """`change` says with which of its ticket's changes of status they were said: 1 is the first."""

    stored_as: ClassVar[str] = "StatusWordsEdited"
    change: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWordsRecalled(Event):
    """As `TicketMessageRecalled` says of a message: `author` said them, `before` is what they said."""

    stored_as: ClassVar[str] = "StatusWordsRecalled"
    change: int
    author: str
    before: str
    is_owed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """Words that came with a change to `status`, as they read now; `actor` is the key of who said them.

    `change` counts the changes of status in the log that they were found in. `cause` is that of the change: words
    with one were put together by the desk. `recalled_by` is the key of who took them back; there is no text then.
    """

    at: datetime
    actor: str
    status: Status
    text: str
    change: int
    cause: str = ""
    is_edited: bool = False
    recalled_by: str = ""

    @property
    def name(self) -> str:
        """What a button calls them by."""
        return f"status-{self.change}"

    def reword(self, text: str, *, actor: str, at: datetime) -> list[Event]:
        """Say this instead. Nothing for the same text."""
        if text == self.text:
            return []
        return [StatusWordsEdited(actor=actor, at=at, change=self.change, before=self.text, after=text)]

    def recall(self, *, actor: str, at: datetime, is_owed: bool) -> list[Event]:
        """Take them back. `is_owed`: they were the requester's answer, which is owed again."""
        return [
            StatusWordsRecalled(
                actor=actor, at=at, change=self.change, author=self.actor, before=self.text, is_owed=is_owed
            )
        ]
