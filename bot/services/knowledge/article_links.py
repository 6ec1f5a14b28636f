"""Where an article can be opened in a browser by anybody: what is quoted in chat leads there."""

from urllib.parse import quote

from bot.domain.knowledge.article import EVERYBODY, Article, ArticleState
from bot.services.context.context import Context


def page_path(name: str) -> str:
    """Of an article's page, below the desk's address."""
    return f"/kb/{quote(name)}"


def article_address(context: Context, article: Article) -> str:
    """Empty where not everybody may read it, the operator wants no pages, or people have no way to the desk."""
    is_open = article.audience == EVERYBODY and article.state is ArticleState.PUBLISHED
    if not is_open or not context.desk.knowledge.has_pages or not context.public_url:
        return ""
    return f"{context.public_url}{page_path(article.name)}"
