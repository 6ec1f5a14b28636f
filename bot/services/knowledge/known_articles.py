"""Which articles somebody may read and change; one that they may not read is as if it were not there."""

from collections.abc import Sequence

from bot.domain.directory import PublishedBy, Team
from bot.domain.errors import Refused
from bot.domain.knowledge.article import Article, ArticleState
from bot.domain.knowledge.readership import Readership, readership_of
from bot.domain.suggestions import nearest
from bot.messages.inbound import Location
from bot.services.context.context import Context


def readership_here(context: Context, location: Location) -> Readership:
    """The actor's, where they ask: what is for a community is read in it, and by those who work for it."""
    desk = context.desk
    there = desk.community_called(location.community or "")
    name = there.name if there is not None else desk.community_at(location.channel)
    return readership_of(desk, context.actor, communities=() if name is None else (name,))


def may_read(article: Article, readership: Readership) -> bool:
    """Published and for them; or of a team of theirs, whatever its state."""
    return readership.finds(article) or article.team in readership.teams


def find_article(context: Context, words: str, readership: Readership) -> Article:
    """By its name, else by its title, in any letter case. Raises Refused with the one that was probably meant."""
    found = context.uow.articles.find(words)
    if found is not None and may_read(found, readership):
        return found
    known = readable_articles(context, readership)
    titled = next((each for each in known if each.is_called(words)), None)
    whole = context.uow.articles.find(titled.name) if titled is not None else None
    if whole is not None:
        return whole
    names = {name: each.name for each in known for name in (each.name, each.title)}
    if meant := nearest(words.casefold(), [each.casefold() for each in names]):
        name = next(name for said, name in names.items() if said.casefold() == meant)
        raise Refused("knowledge.no_article_meant", text=words, word=name)
    raise Refused("knowledge.no_article", text=words)


def readable_articles(context: Context, readership: Readership) -> Sequence[Article]:
    """All that they may read and that are not retired, by title, with empty bodies."""
    return [each for each in context.uow.articles.outlines() if may_read(each, readership)]


def team_of(context: Context, article: Article) -> Team | None:
    """The team that looks after it, where there still is one."""
    return context.desk.teams.get(article.team) if article.team is not None else None


def may_change(context: Context, article: Article) -> bool:
    """Whether the actor works for the team that looks after it."""
    team = team_of(context, article)
    return team is not None and team.has_agent(context.actor)


def may_publish(context: Context, team: Team) -> bool:
    """Whether the actor decides what the team's readers find."""
    if team.articles_published_by is PublishedBy.LEADS:
        return team.has_lead(context.actor)
    return team.has_agent(context.actor)


def changeable_articles(context: Context) -> Sequence[Article]:
    """All that the actor may change in chat, files included, by title, with empty bodies."""
    return [each for each in context.uow.articles.outlines() if may_change(context, each)]


def is_draft(article: Article) -> bool:
    return article.state is ArticleState.DRAFT
