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


class KnownWriters:
    """Of all replicas, brought up to date every few seconds and after each change that this process makes."""

    def __init__(self) -> None:
        self._known: Sequence[KnownWriter] = ()

    def replace(self, known: Iterable[KnownWriter]) -> None:
        self._known = tuple(known)

    def note(self, known: KnownWriter) -> None:
        self._known = (*(each for each in self._known if not _is_same(each.writer, known.writer)), known)

    def forget(self, ticket: int, person: str) -> None:
        self._known = tuple(
            each for each in self._known if (each.writer.ticket, each.writer.person) != (ticket, person)
        )

    def knows(self, ticket: int, person: str) -> bool:
        return any((each.writer.ticket, each.writer.person) == (ticket, person) for each in self._known)

    def on(
        self, reference: str | None, *, thread: tuple[ChannelRef, str] | None, now: datetime
    ) -> Sequence[KnownWriter]:
        """Who writes on the ticket of this reference, else on that of this thread; who began last first."""
        return [
            each
            for each in reversed(self._known)
            if each.writer.is_shown(now)
            and (each.reference == reference if reference is not None else thread in each.threads)
        ]


def _is_same(one: Writer, other: Writer) -> bool:
    return (one.ticket, one.person) == (other.ticket, other.person)
