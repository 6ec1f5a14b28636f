"""Articles read for browsers: by anybody where the operator wants that, else as somebody of the browser workspace.

What somebody may not read is answered as if it were not there.
"""

import hashlib
from base64 import b64encode
from collections.abc import AsyncIterator
from functools import cached_property, partial
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from bot.documents.articles.article_html import article_html
from bot.domain.directory import Person
from bot.domain.knowledge.article import Article
from bot.domain.knowledge.readership import ANYBODY, readership_of
from bot.domain.tickets.conversation import StoredFile
from bot.messages import verbs
from bot.ports.article_pages import ArticlePage
from bot.ports.file_store import FileStore
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.knowledge.article_links import page_path
from bot.services.knowledge.known_articles import may_read, team_of
from bot.text.catalogue import best
from bot.text.instants import day_in_words
from bot.text.page_templates import PageTemplates
from bot.text.sentences import words

TEMPLATES: Final = Path(__file__).parents[1] / "templates"


class ArticleReader:
    """`bot.ports.article_pages.ArticlePages` of a desk."""

    def __init__(self, *, storage: Storage, contexts: ContextFactory, files: FileStore) -> None:
        self._storage = storage
        self._contexts = contexts
        self._files = files
        self._templates = PageTemplates(TEMPLATES)

    async def page(self, name: str, *, reader: Person | None, language: str, person: str = "") -> ArticlePage:
        has_requests = reader is not None and not person

        def render(uow: UnitOfWork) -> tuple[str, bool]:
            article = self._find(uow, name, reader)
            if article is None:
                return self._nothing(language, has_requests=has_requests), False
            shown = self._rendered(uow, article, language=language, person=person, has_requests=has_requests)
            return shown, True

        html, is_found = await self._storage.read(render)
        return ArticlePage(html=html, policy=self._policy, is_found=is_found)

    async def picture(self, name: str, digest: str, *, reader: Person | None) -> StoredFile | None:
        article = await self._storage.read(lambda uow: self._find(uow, name, reader))
        pictures = article.pictures if article is not None else ()
        return next((each.file for each in pictures if each.file.digest == digest), None)

    def read(self, digest: str) -> AsyncIterator[bytes]:
        return self._files.read(digest)

    def _find(self, uow: UnitOfWork, name: str, reader: Person | None) -> Article | None:
        desk = self._contexts.desk()
        if reader is None and not desk.knowledge.has_pages:
            return None
        readership = ANYBODY if reader is None else readership_of(desk, reader)
        article = uow.articles.find(name)
        return article if article is not None and may_read(article, readership) else None

    def _rendered(
        self, uow: UnitOfWork, article: Article, *, language: str, person: str, has_requests: bool
    ) -> str:
        """`has_requests`: whether it leads to the reader's own ones."""
        context = self._contexts.context(uow)
        as_person = {"person": person} if person else {}

        def address(name: str, **query: str | None) -> str:
            given = urlencode({key: value for key, value in {**query, **as_person}.items() if value})
            return f"{page_path(name)}?{given}" if given else page_path(name)

        team = team_of(context, article)
        facts = {"day": day_in_words(article.changed_at.date(), language=language)}
        changed = (
            words(language, "knowledge.page_changed_by_team", team=team.title, **facts)
            if team is not None
            else words(language, "knowledge.page_changed", **facts)
        )
        return self._templates.render(
            "article.html",
            language=language,
            article_language=best(article.language, language),
            desk=context.desk.name,
            title=article.title,
            body=article_html(
                article.body_below_title,
                name=article.name,
                pictures={
                    each.source: address(article.name, picture=each.file.digest) for each in article.pictures
                },
                page_of=address,
            ),
            notes=[changed],
            style=self._style,
            say=partial(words, language),
            has_requests=has_requests,
        )

    def _nothing(self, language: str, *, has_requests: bool) -> str:
        desk = self._contexts.desk()
        command = verbs.typed(desk.command_names, verbs.LIST_ARTICLES)
        return self._templates.render(
            "article.html",
            language=language,
            article_language=language,
            desk=desk.name,
            title=words(language, "knowledge.page_missing"),
            body="",
            notes=[words(language, "knowledge.page_missing_why", command=command)],
            style=self._style,
            say=partial(words, language),
            has_requests=has_requests,
        )

    @cached_property
    def _style(self) -> str:
        return (TEMPLATES / "article.css").read_text(encoding="utf-8")

    @cached_property
    def _policy(self) -> str:
        """Nothing but its own style and the desk's own pictures."""
        digest = b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        only = ("default-src 'none'", "img-src 'self'", f"style-src 'sha256-{digest}'")
        closed = ("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
        return "; ".join((*only, *closed))
