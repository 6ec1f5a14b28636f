"""What `desk.yaml` says of the knowledge base: its folder of files, and when reviews are due."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.faq import FaqEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgePolicy:
    """`folder` holds articles as Markdown; None where all are written in chat.

    `check_every`: how long a changed file may wait. `remind_before`: how long before its day a review is due.
    """

    folder: Path | None = None
    check_every: timedelta = timedelta(minutes=5)
    remind_before: timedelta = timedelta(days=7)
    answers: AnswerTime = AnswerTime.OFF
    """When requests are looked up, where their inbox does not say, and in direct messages."""
    faq: tuple[FaqEntry, ...] = ()
    """Answers that come before what a search finds; the first that holds."""
    open_after: timedelta = timedelta(minutes=10)
    """How long a request is held back for its requester to decide, before it opens as a ticket."""
    from_replies: frozenset[str] = frozenset()
    """Teams whose replies that ended a resolved ticket answer others who ask the same."""
    has_pages: bool = False
    """Whether anybody may open in a browser what is for everybody."""


USUAL_POLICY = KnowledgePolicy()
