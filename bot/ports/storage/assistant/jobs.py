"""What a language model is asked for people, and how much it was asked on which day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.assistant.job import AssistantJob


class AssistantJobs(Protocol):
    """A job that is due is worked on by whoever claimed it."""

    def add(self, job: AssistantJob) -> None: ...

    def get(self, job_id: int) -> AssistantJob | None: ...

    def lock(self, job_id: int) -> AssistantJob | None:
        """Nobody else changes it until the end of the transaction."""
        ...

    def save(self, job: AssistantJob) -> None: ...

    def next_due_at(self) -> datetime | None:
        """When there is something to do; None while nobody wants anything."""
        ...

    def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[AssistantJob]:
        """Those that are due, the longest waiting, put off until then: nobody else works on them meanwhile."""
        ...

    def waiting_of(self, person: str) -> int:
        """How many of somebody's wait for an answer."""
        ...

    def forget_before(self, before: datetime) -> None: ...

    def spent(self, day: date) -> tuple[int, int]:
        """Requests and tokens of that day, of all replicas together."""
        ...

    def spend(self, day: date, *, tokens: int, most_requests: int | None, most_tokens: int | None) -> bool:
        """Note one request that takes so many tokens; False, and nothing is noted, where a limit forbids it."""
        ...

    def correct(self, day: date, *, tokens: int) -> None:
        """So many tokens more, or fewer, than was noted."""
        ...
