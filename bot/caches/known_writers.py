"""Who is writing on which ticket, as last read: for forms, which open without a transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.directory import ChannelRef
from bot.domain.replies.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWriter:
    """Somebody who writes, with what must be known to say so to the right people.

    `threads` are the channels of the ticket's conversations with the platforms' ids of their threads.
    """

    writer: Writer
    name: str
    reference: str
    team: str
    requester: str
    threads: frozenset[tuple[ChannelRef, str]] = frozenset()
    leaves_at: datetime | None = None
    """When what they have sent goes out, where it can still be taken back; None while they write."""

    @property
    def is_sending(self) -> bool:
        return self.leaves_at is not None

    def is_shown(self, now: datetime) -> bool:
        if self.leaves_at is not None:
            return self.writer.since <= now < self.leaves_at
        return self.writer.is_shown(now)


class KnownWriters:
    """Of all replicas, brought up to date every few seconds and after each change that this process makes."""

    def __init__(self) -> None:
        self._known: Sequence[KnownWriter] = ()

    def replace(self, known: Iterable[KnownWriter]) -> None:
        self._known = tuple(known)

    def note(self, known: KnownWriter) -> None:
        is_sending, writer = known.is_sending, known.writer
        self.forget(writer.ticket, writer.person, is_sending=is_sending)
        self._known = (*self._known, known)

    def forget(self, ticket: int, person: str, *, is_sending: bool = False) -> None:
        """They write no more, or what they were sending is taken back."""
        gone = (ticket, person, is_sending)
        self._known = tuple(each for each in self._known if _what(each) != gone)

    def knows(self, ticket: int, person: str) -> bool:
        """Whether they are writing."""
        return any(_what(each) == (ticket, person, False) for each in self._known)

    def on(
        self, reference: str | None, *, thread: tuple[ChannelRef, str] | None, now: datetime
    ) -> Sequence[KnownWriter]:
        """Who is sending or writes on the ticket of this reference, else on that of this thread.

        Whose reply is about to go out comes first, then who began last.
        """
        found = [
            each
            for each in reversed(self._known)
            if each.is_shown(now)
            and (each.reference == reference if reference is not None else thread in each.threads)
        ]
        return sorted(found, key=lambda each: not each.is_sending)


def _what(known: KnownWriter) -> tuple[int, str, bool]:
    return known.writer.ticket, known.writer.person, known.is_sending
