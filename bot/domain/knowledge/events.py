"""What happened to articles."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleChanged(Event):
    """`what` was done with an article: `made`, `changed`, `published` or `retired`, which gave it this version."""

    stored_as: ClassVar[str] = "ArticleChanged"
    article: str
    version: int
    team: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswerChosen(Event):
    """An agent said whether what ended the ticket may answer others."""

    stored_as: ClassVar[str] = "EarlierAnswerChosen"
    is_used: bool
