"""What `desk.yaml` says of the knowledge base: its folder of files, and when reviews are due."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgePolicy:
    """`folder` holds articles as Markdown; None where all are written in chat.

    `check_every`: how long a changed file may wait. `remind_before`: how long before its day a review is due.
    """

    folder: Path | None = None
    check_every: timedelta = timedelta(minutes=5)
    remind_before: timedelta = timedelta(days=7)


USUAL_POLICY = KnowledgePolicy()
