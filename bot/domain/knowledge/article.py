"""An article: an answer that is written once and found by many."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final, Self

from bot.domain.directory import DESK
from bot.domain.knowledge.picture import ArticlePicture

LONGEST_TITLE: Final = 150
LONGEST_BODY: Final = 100_000
"""Characters of Markdown; beyond it, an article is several."""


class AudienceKind(StrEnum):
    EVERYBODY = "everybody"
    TEAM = "team"
    COMMUNITY = "community"
    REPLIES = "replies"
    """Of no article: those who may be shown what a team answered before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAudience:
    """Who may find and read an article; `name` is the team's or the community's, and None for everybody."""

    kind: AudienceKind = AudienceKind.EVERYBODY
    name: str | None = None

    def __post_init__(self) -> None:
        assert (self.kind is AudienceKind.EVERYBODY) == (self.name is None), self

    @property
    def key(self) -> str:
        """One word for it, as it is stored: `everybody`, `team:network`, `community:acme`."""
        return self.kind.value if self.name is None else f"{self.kind.value}:{self.name}"

    @classmethod
    def parse(cls, key: str) -> Self:
        """The audience of this key. Raises ValueError for what is none."""
        kind, _, name = key.partition(":")
        if (kind == AudienceKind.EVERYBODY) == bool(name):
            raise ValueError(key)
        return cls(kind=AudienceKind(kind), name=name or None)


EVERYBODY: Final = ArticleAudience()


class ArticleOrigin(StrEnum):
    """Where an article is kept and changed: in a file of the operator's folder, or in the desk's own database."""

    FILE = "file"
    DESK = "desk"


class ArticleState(StrEnum):
    """Not reviewed, and seen by its team alone · found by its audience · kept for its history, found by nobody."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of an article. `name` is its short name, unique in the desk: a file's path without `.md`."""

    name: str
    title: str
    body: str
    """Markdown."""
    version: int
    """From 1; each change of title, body, audience or tags is a version of its own."""
    changed_at: datetime
    audience: ArticleAudience = EVERYBODY
    tags: tuple[str, ...] = ()
    team: str | None = None
    """The team that looks after it, by its name."""
    owner: str | None = None
    """The person who is told when it is due for review: an address, or the reference of an account."""
    review_by: date | None = None
    language: str = "en"
    """A two-letter code."""
    origin: ArticleOrigin = ArticleOrigin.DESK
    state: ArticleState = ArticleState.PUBLISHED
    changed_by: str = DESK
    """The key of who made this version; the desk itself for one that was read from a file."""
    pictures: tuple[ArticlePicture, ...] = ()
    """Those that its text refers to and that the desk keeps, in the order of the text."""

    def says_the_same(self, other: "Article") -> bool:
        """Whether nothing differs that somebody wrote: only when, by whom, or as which version."""
        return replace(self, **_SIGNED) == replace(other, **_SIGNED)

    @property
    def body_below_title(self) -> str:
        """Without a first heading that says the title again."""
        first, _, rest = self.body.strip().partition("\n")
        return rest if first.lstrip("#").strip() == self.title and first.startswith("#") else self.body

    def is_called(self, words: str) -> bool:
        """By its name or title, in any letter case."""
        return words.casefold() in (self.name.casefold(), self.title.casefold())


_SIGNED: Final[dict[str, Any]] = {
    "version": 0,
    "changed_at": datetime.min.replace(tzinfo=UTC),
    "changed_by": DESK,
}
"""What is put on a version without being part of what it says."""
