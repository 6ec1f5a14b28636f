"""What was told to whom, and what was not, and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.notices.notice_record import NoticeRecord


class NoticeLog(Protocol):
    """Append-only: whether something is told again is decided from what stands here."""

    def add(self, record: NoticeRecord) -> None: ...

    def of_ticket(
        self, ticket: int, *, after: datetime | None = None, limit: int = 200
    ) -> Sequence[NoticeRecord]:
        """The newest of them, oldest first; those of this transaction too."""
        ...

    def on_card(self, ticket: int, *, conversation: int) -> Sequence[str]:
        """Keys of the people whom the ticket's card in this conversation mentions."""
        ...

    def mentioned(self, message: int, *, conversation: int) -> Sequence[str]:
        """Keys of the people whom the copy of this message in this thread mentions."""
        ...
