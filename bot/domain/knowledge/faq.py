"""A question that comes again, and what answers it: an article, or a fixed text of the operator's."""

from dataclasses import dataclass

from bot.domain.routing.conditions import Condition
from bot.domain.tickets.subject import subject_of

TITLE = 60
"""Characters of a fixed answer that stand for its title, where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqEntry:
    """Either an article by its name, or an answer in Markdown."""

    condition: Condition
    article: str = ""
    answer: str = ""
    title: str = ""

    @property
    def heading(self) -> str:
        return self.title or subject_of(self.answer, limit=TITLE)
