"""What was learned of sorting, what was suggested, and the tickets to learn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.sorting.policy import SortedField
from bot.domain.sorting.suggestion import LearnedModel, Suggestion, SuggestionState, SuggestionTally


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRequest:
    """A ticket with what was asked, and by field what it is sorted under, where a person stands behind that.

    That is: who set it, or who finished the ticket and left it as a rule or its requester had it. What Deskbell
    filled in counts only where somebody accepted it.
    """

    ticket_id: int
    text: str
    labels: Mapping[SortedField, tuple[str, ...]]


class SortingRecords(Protocol):
    def put_model(self, learned: LearnedModel) -> None:
        """In place of what was learned of the field before."""
        ...

    def models(self) -> Sequence[LearnedModel]:
        """Of all fields, in their order, without the models themselves."""
        ...

    def model(self, field: SortedField) -> LearnedModel | None: ...

    def put(self, suggestion: Suggestion) -> None:
        """A ticket's first of this field and label. The ticket is new, or locked."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[Suggestion]:
        """The surest first."""
        ...

    def settle(self, suggestion: Suggestion, state: SuggestionState) -> None:
        """What people made of it. The ticket is locked."""
        ...

    def tallies(self, *, since: datetime, threshold: float) -> Mapping[SortedField, SuggestionTally]:
        """Of suggestions that were made since then; fields without any are left out."""
        ...

    def requests(self, *, before: int | None, limit: int) -> Sequence[PastRequest]:
        """The newest first, beginning with those before the ticket of this id; an empty page ends it."""
        ...
