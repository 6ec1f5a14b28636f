"""What is kept of a look-up about one person: the last facts, whether it fails now, and when to ask again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Self

from bot.domain.lookups.lookup import Lookup

FIRST_RETRY: Final = timedelta(minutes=1)
LAST_RETRY: Final = timedelta(hours=1)
MOST_RETRIES: Final = 8
"""Attempts after one that failed, about three hours of them; then it waits for the person's next request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupAnswer:
    """One person, one look-up. Instants are desk time, UTC.

    `facts` are the last that were found, however old; empty where the other system does not know the person.
    """

    person: str
    lookup: str
    question: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    answered_at: datetime | None = None
    """When the facts were found."""
    failures: int = 0
    """Attempts in a row that failed since then."""
    due_at: datetime | None = None
    """When to ask next; None while nobody wants to know."""

    def is_good(self, lookup: Lookup, *, now: datetime) -> bool:
        """Whether it need not be asked again yet."""
        is_known = self.answered_at is not None and self.question == lookup.question
        return is_known and not self.failures and now - (self.answered_at or now) < lookup.keep

    def wanted(self, *, now: datetime) -> Self:
        """Asked as soon as may be, unless that is due anyway."""
        is_due = self.due_at is not None and self.due_at <= now
        return self if is_due else replace(self, due_at=now)

    def answered(self, lookup: Lookup, facts: Mapping[str, str], *, now: datetime) -> Self:
        return replace(self, question=lookup.question, facts=facts, answered_at=now, failures=0, due_at=None)

    def failed(self, *, now: datetime) -> Self:
        """What was known stays known; it is tried again after a while, each time a longer one."""
        wait = min(FIRST_RETRY * 2**self.failures, LAST_RETRY)
        due_at = now + wait if self.failures < MOST_RETRIES else None
        return replace(self, failures=self.failures + 1, due_at=due_at)

    def unaskable(self) -> Self:
        """The person lacks what the question needs, such as an e-mail address."""
        return replace(self, failures=0, due_at=None)
