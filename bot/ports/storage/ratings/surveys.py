"""Surveys: of which resolutions requesters are asked how it went, and what they answered."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ratings.survey import Survey


class Surveys(Protocol):
    """Whoever changes a survey holds its ticket's lock."""

    def add(self, survey: Survey) -> None: ...

    def get(self, survey_id: int) -> Survey | None: ...

    def of_ticket(self, ticket: int) -> Sequence[Survey]:
        """All of a ticket, oldest first."""
        ...

    def due(self, now: datetime, *, limit: int) -> Sequence[Survey]:
        """Those that are to be asked by now, what is due longest first."""
        ...

    def asked_of(self, accounts: Iterable[str], *, limit: int) -> Sequence[Survey]:
        """Those that these requesters, by their keys, were asked, the newest first."""
        ...

    def save(self, survey: Survey) -> None: ...

    def remove_unasked(self, ticket: int) -> None:
        """Those of the ticket that were not asked yet never will be."""
        ...

    def last_asked_at(self, accounts: Iterable[str]) -> datetime | None:
        """When one of these requesters, by their keys, was asked last."""
        ...

    def supersede(self, ticket: int, *, by: int) -> None:
        """Only this survey's rating of the ticket counts from now on."""
        ...

    def untold_low(self, team: str) -> Sequence[Survey]:
        """Anonymous low ratings of the team that its leads were not told of."""
        ...

    def anonymous_ratings(self, team: str) -> int:
        """How many anonymous ratings of the team count."""
        ...
