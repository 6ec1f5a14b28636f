"""Articles that are there without anybody having written them."""

from datetime import UTC, datetime

from bot.domain.knowledge.article import EVERYBODY, Article, ArticleAudience, ArticleState
from bot.ports.unit_of_work import UnitOfWork
from bot.services.knowledge.search import index_article

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def article(
    name: str,
    *,
    audience: ArticleAudience = EVERYBODY,
    team: str | None = "it",
    state: ArticleState = ArticleState.PUBLISHED,
    body: str = "Restart the frobnicator.",
) -> Article:
    return Article(
        name=name,
        title=f"About {name}",
        body=body,
        version=1,
        changed_at=MONDAY,
        audience=audience,
        team=team,
        state=state,
        changed_by="web:bo",
    )


def put(uow: UnitOfWork, *articles: Article) -> None:
    for each in articles:
        assert uow.articles.add(each)
        index_article(uow, each)
