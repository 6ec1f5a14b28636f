"""The live boards of escalation channels, and what they and the digests ask of the tickets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.directory import ChannelRef
from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBoard:
    """A channel's board: its message is the outbox row with this `number` as its subject.

    It goes on in a message with the next number every so often; `begun_at` is when this one was begun.
    `refreshed_at` is when somebody looked last whether it must be drawn anew, and `is_calm` what was found then.
    """

    conversation: int
    number: int
    begun_at: datetime
    refreshed_at: datetime
    is_calm: bool
    has_ended: bool = False
    """Whether the channel has no board any more; should it have one again, that is another message."""


@dataclass(frozen=True, slots=True)
class RunningTarget:
    """A running timer of a live ticket."""

    ticket: Ticket
    timer: SlaTimer

    @property
    def due_at(self) -> datetime:
        assert self.timer.due_at is not None, "a running timer is due some time"
        return self.timer.due_at


class Boards(Protocol):
    def all(self) -> Mapping[ChannelRef, KeptBoard]: ...

    def find(self, conversation: int) -> KeptBoard | None: ...

    def begin(self, conversation: int, *, number: int, is_calm: bool, now: datetime) -> bool:
        """The board goes on in a message of this number; False when it does already, through another replica."""
        ...

    def refresh(self, conversation: int, *, is_calm: bool, before: datetime, now: datetime) -> bool:
        """Note that somebody looks now; False when somebody has since `before`."""
        ...

    def end(self, conversation: int) -> None:
        """The channel has no board any more."""
        ...

    def due_by(
        self, teams: Iterable[str], at: datetime, *, after: datetime | None = None, limit: int
    ) -> Sequence[RunningTarget]:
        """What these teams owe by then and what they owe already, soonest due first.

        With `after`, only of tickets of which nothing was due by that instant.
        """
        ...

    def stages(self, policies: Iterable[str]) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """The stages of these copies of policies, as JSON, by their keys."""
        ...
