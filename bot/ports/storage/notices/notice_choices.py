"""How each agent wants to be told."""

from typing import Protocol

from bot.domain.notices.choice import NoticeChoice


class NoticeChoices(Protocol):
    """Each person's once; who chose nothing has what everybody has."""

    def put(self, choice: NoticeChoice) -> None:
        """In place of what the person had chosen before."""
        ...

    def of(self, person: str) -> NoticeChoice: ...
