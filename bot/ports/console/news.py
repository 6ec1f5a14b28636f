"""What changes while consoles are open, told to each of them as far as its reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.directory import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedTickets:
    """References of tickets that changed. `is_more`: there were too many to name."""

    tickets: Sequence[str]
    is_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentPeople:
    """Who else looks at the ticket that a console shows, by name."""

    names: Sequence[str]


ConsoleNewsItem = ChangedTickets | PresentPeople


class ConsoleFeed(Protocol):
    """What one console hears."""

    async def next(self, *, within_s: float) -> ConsoleNewsItem | None:
        """What happened since the last call, put together; None where nothing did in that time."""
        ...


class ConsoleNews(Protocol):
    async def follow(self, person: Person, *, ticket: str = "", since: int | None = None) -> ConsoleFeed:
        """Begin to hear. `ticket` is the reference of the one that the console shows, if they work on it.

        `since` is the line of the audit log up to which its page was read. Raises StorageUnavailable.
        """
        ...

    def leave(self, feed: ConsoleFeed) -> None: ...

    def touch(self, ticket: str) -> None:
        """Somebody began or ceased to write on this ticket: consoles that show it look again soon."""
        ...
