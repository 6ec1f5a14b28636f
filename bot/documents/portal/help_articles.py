"""Articles that somebody may read, for the pages of their requests: found by words, and listed by title.

Drafts are work of a team and stand in its own pages, not here.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.knowledge.readership import readership_of
from bot.services.context.context import Context
from bot.services.knowledge.article_links import page_path
from bot.services.knowledge.search import find_passages
from bot.text.markdown import markdown_words

FOUND: Final = 5
PERHAPS: Final = 2
"""Where none fits well."""
EXCERPT: Final = 200
"""Characters of the passage that answers."""
LISTED: Final = 50
"""Articles on a page of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpArticle:
    """`excerpt` is empty in a list."""

    title: str
    address: str
    language: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpArticles:
    """A page of a list; `count` is of all pages."""

    lines: tuple[HelpArticle, ...]
    count: int
    page: int
    pages: int


def found_articles(context: Context, sought: str) -> tuple[HelpArticle, ...]:
    """The best first; those that may help where none is likely to."""
    readership = readership_of(context.desk, context.actor)
    found = find_passages(context, sought, readership, language=context.language, limit=FOUND).passages
    likely = [each for each in found if each.is_likely]
    shown = likely or [each for each in found if each.may_help][:PERHAPS]
    return tuple(
        HelpArticle(
            title=each.passage.title,
            address=page_path(each.passage.article),
            language=each.language,
            excerpt=_excerpt(each.passage.text),
        )
        for each in shown
    )


def article_list(context: Context, *, page: int) -> HelpArticles:
    """By title; the last page where there are fewer."""
    readership = readership_of(context.desk, context.actor)
    every = [each for each in context.uow.articles.outlines() if readership.finds(each)]
    pages = max(1, -(-len(every) // LISTED))
    page = max(1, min(page, pages))
    lines = tuple(
        HelpArticle(title=each.title, address=page_path(each.name), language=each.language)
        for each in every[(page - 1) * LISTED : page * LISTED]
    )
    return HelpArticles(lines=lines, count=len(every), page=page, pages=pages)


def _excerpt(text: str) -> str:
    line = " ".join(markdown_words(text).split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rstrip()}…"
