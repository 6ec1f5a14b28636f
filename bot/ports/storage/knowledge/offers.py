"""Offers: what requesters were shown of articles, and requests that are held back meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.directory import ChannelRef
from bot.domain.knowledge.offer import Offer
from bot.ports.storage.demand import AskedRequest


class Offers(Protocol):
    def add(self, offer: Offer, *, channel: ChannelRef) -> None:
        """`channel` is where it was asked."""
        ...

    def get(self, offer_id: int) -> Offer | None: ...

    def lock(self, offer_id: int) -> Offer | None:
        """As it is now; nobody else changes it before the commit. The ticket is locked first, where there is one."""
        ...

    def save(self, offer: Offer) -> None:
        """What may change of it: state, due time, ticket, what is shown, and what is held back."""
        ...

    def due(self, now: datetime, *, limit: int) -> Sequence[Offer]:
        """What is to be looked up or opened by now, oldest first."""
        ...

    def held_by(self, person: str, channel: ChannelRef) -> Sequence[Offer]:
        """Requests that this person made there and that are held back."""
        ...

    def held_for(self, source: str) -> Offer | None:
        """The request that is held back and was asked with this message."""
        ...

    def holds_some(self) -> bool:
        """Whether anything is still to be looked up or opened, now or later."""
        ...

    def of_ticket(self, ticket: int) -> Offer | None: ...

    def reported(
        self, *, since: datetime, until: datetime, teams: frozenset[str] | None, limit: int
    ) -> Sequence[Offer]:
        """What was looked up in this time for requests of these teams (None: of all), the newest first."""
        ...

    def unanswered(
        self, *, since: datetime, until: datetime, teams: frozenset[str] | None, limit: int
    ) -> Sequence[AskedRequest]:
        """Requests of theirs for which nothing sure was found, the newest first; private ones are left out."""
        ...

    def articles_shown_to(self, person: str, *, since: datetime) -> frozenset[str]:
        """Names of articles of which they were shown something since then; of fixed answers the titles."""
        ...
