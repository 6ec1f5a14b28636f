"""Something that a language model is asked for one person, from the asking until the answer was shown.

It is a row, so a restart forgets nothing. What a plan proposes is done only once its person says so.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.assistant.language_model import ModelTask
from bot.domain.errors import AlreadySo, Refused
from bot.domain.sentence import Sentence

KEPT: Final = timedelta(days=7)
"""After this time an answer is forgotten, and its buttons are too old."""
CLAIM: Final = timedelta(minutes=10)
"""Whoever claims a job and dies leaves it to others after this time; longer than any time-out."""
MOST_TRIES: Final = 2
LONGEST_ANSWER: Final = 3_000
"""Characters: what fits into every platform's forms."""
MOST_STEPS: Final = 10
"""Of one plan."""


class JobStage(StrEnum):
    WAITING = "waiting"
    """To be asked, or being asked; what came of the answer so far is kept."""
    ANSWERED = "answered"
    FAILED = "failed"
    PLANNED = "planned"
    """Commands are proposed."""
    AGREED = "agreed"
    """Its person pressed the button; they are being done."""
    DONE = "done"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A command of a plan as it would be typed, and once it was done what was answered, as it was said then."""

    command: str
    outcome: str = ""
    is_refused: bool = False
    is_done: bool = False


@dataclass(slots=True, kw_only=True)
class AssistantJob:
    """`words` are the person's own; `language` is what a translation is into. `due_at` is None while nothing is to
    be done for it.
    """

    id: int
    task: ModelTask
    person: str
    ticket: int | None = None
    words: str = ""
    language: str = ""
    asked_at: datetime
    stage: JobStage = JobStage.WAITING
    due_at: datetime | None = None
    tries: int = 0
    answer: str = ""
    model: str = ""
    failure: Sentence | None = None
    """Why there is no answer, or why it is cut off."""
    sources: tuple[tuple[str, str], ...] = ()
    """Titles and links of what a draft was made from."""
    steps: tuple[PlanStep, ...] = ()

    def heard(self, text: str, *, model: str) -> None:
        """So much of the answer has come."""
        self.answer, self.model = text, model

    @property
    def is_begun(self) -> bool:
        """Whether a part of the answer is there, and more may come."""
        return self.stage is JobStage.WAITING and bool(self.answer)

    def answered(
        self,
        text: str,
        *,
        model: str,
        sources: tuple[tuple[str, str], ...] = (),
        cut: Sentence | None = None,
    ) -> None:
        """`cut` says why there is no more of it."""
        self.stage, self.answer, self.model, self.sources = JobStage.ANSWERED, text, model, sources
        self.failure, self.due_at = cut, None

    def failed(self, why: Sentence) -> None:
        """What was heard of an answer is kept, and is cut off."""
        self.stage = JobStage.ANSWERED if self.is_begun else JobStage.FAILED
        self.failure, self.due_at = why, None

    def planned(self, commands: tuple[str, ...], *, text: str, model: str) -> None:
        self.stage, self.answer, self.model = JobStage.PLANNED, text, model
        self.steps, self.due_at = tuple(map(PlanStep, commands)), None

    def agree(self, *, person: str, at: datetime) -> None:
        """Raises Refused for anybody else, and AlreadySo when it was decided before."""
        self._decide(person)
        self.stage, self.due_at = JobStage.AGREED, at

    def decline(self, *, person: str) -> None:
        self._decide(person)
        self.stage = JobStage.DECLINED

    def _decide(self, person: str) -> None:
        if self.person != person:
            raise Refused("refusals.button_too_old")
        if self.stage is not JobStage.PLANNED:
            raise AlreadySo("assistant.already_decided")

    def note_step(self, at: int, *, outcome: str, is_refused: bool) -> None:
        """That command had its turn."""
        done = replace(self.steps[at], outcome=outcome, is_refused=is_refused, is_done=True)
        self.steps = (*self.steps[:at], done, *self.steps[at + 1 :])

    def finish(self) -> None:
        """All commands had their turn."""
        self.stage, self.due_at = JobStage.DONE, None

    @property
    def next_step(self) -> int | None:
        """The place of the first step that is still to be done."""
        return next((at for at, each in enumerate(self.steps) if not each.is_done), None)
