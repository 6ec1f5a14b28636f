"""Articles for browsers: as pages, with the rights of whoever opens them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from bot.domain.directory import Person
from bot.domain.tickets.conversation import StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """`policy` is the Content-Security-Policy that it needs. `is_found`: else it says that there is no article."""

    html: str
    policy: str
    is_found: bool


class ArticlePages(Protocol):
    async def page(self, name: str, *, reader: Person | None, language: str, person: str = "") -> ArticlePage:
        """`reader` None is anybody; `person` is how the page's own addresses name them. Raises StorageUnavailable."""
        ...

    async def picture(self, name: str, digest: str, *, reader: Person | None) -> StoredFile | None:
        """A picture of an article that they may read; None for any other. Raises StorageUnavailable."""
        ...

    def read(self, digest: str) -> AsyncIterator[bytes]:
        """Raises FileNotFoundError for what is not kept any more."""
        ...
