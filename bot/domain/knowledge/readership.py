"""Who asks: what they may find and read of what the desk knows. What they may not is as if it were not there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.knowledge.article import Article, ArticleAudience, ArticleState, AudienceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Readership:
    """The teams somebody works for, and the communities they are in, by their names."""

    teams: frozenset[str] = frozenset()
    communities: frozenset[str] = frozenset()
    replies: tuple[ArticleAudience, ...] = ()
    """Whose earlier answers are looked for, and then nothing else: they change nothing of what articles are found."""

    def covers(self, audience: ArticleAudience) -> bool:
        """Whether what is for this audience is for them."""
        match audience.kind:
            case AudienceKind.EVERYBODY:
                return True
            case AudienceKind.TEAM:
                return audience.name in self.teams
            case AudienceKind.COMMUNITY:
                return audience.name in self.communities
            case AudienceKind.REPLIES:
                return audience in self.replies

    def finds(self, article: Article) -> bool:
        """Whether a search may name the article: it is published, and for them."""
        return article.state is ArticleState.PUBLISHED and self.covers(article.audience)

    @property
    def audiences(self) -> tuple[ArticleAudience, ...]:
        """Every audience that covers them, in a fixed order: what a database is asked for."""
        if self.replies:
            return self.replies
        teams = (ArticleAudience(kind=AudienceKind.TEAM, name=name) for name in sorted(self.teams))
        communities = (
            ArticleAudience(kind=AudienceKind.COMMUNITY, name=name) for name in sorted(self.communities)
        )
        return (ArticleAudience(), *teams, *communities)


ANYBODY: Final = Readership()
"""Somebody of whom nothing is known: they read what is for everybody."""


def readership_of(desk: Desk, person: Person, *, communities: Iterable[str] = ()) -> Readership:
    """As `desk.yaml` has it for this account; `communities` are those they ask in, by their names.

    An agent reads what is for the community of their team; those of a team of no community serve all of them.
    """
    teams = desk.teams_of(person)
    theirs = {team.community for team in teams if team.community is not None}
    everywhere = desk.communities if any(team.community is None for team in teams) else ()
    return Readership(
        teams=frozenset(team.name for team in teams),
        communities=frozenset({*theirs, *everywhere, *communities}),
    )
