"""Articles: one of a name, in any letter case, and each version that it ever had."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from bot.domain.knowledge.article import Article


class Articles(Protocol):
    def find(self, name: str) -> Article | None:
        """Its newest version, whatever its state."""
        ...

    def outlines(self) -> Sequence[Article]:
        """All that are not retired, by title, with empty bodies: for lists and completion."""
        ...

    def of_files(self) -> Sequence[Article]:
        """All that are kept in files and not retired, whole, by name."""
        ...

    def due_for_review(self, teams: Collection[str], *, by: date) -> Sequence[Article]:
        """Published articles of these teams whose day of review is not after `by`, the longest due first.

        With empty bodies.
        """
        ...

    def add(self, article: Article) -> bool:
        """Its first version. False where there is one of that name, and nothing is written."""
        ...

    def replace(self, article: Article) -> bool:
        """In place of the version before this one, which stays among its versions.

        False where that is not the newest, and nothing is written.
        """
        ...

    def versions(self, name: str) -> Sequence[Article]:
        """Every version, the newest first."""
        ...
