"""`bot.ports.console.overviews.KnowledgePages` of a desk: read in one transaction, rendered after it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bot.documents.articles.article_html import article_html
from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.console_reader import ConsoleReader
from bot.documents.console.knowledge.article_lists import (
    ArticleLine,
    article_address,
    line_of,
    lists_of,
)
from bot.domain.directory import DESK
from bot.domain.knowledge.article import Article, ArticleOrigin, ArticleState
from bot.domain.knowledge.readership import readership_of
from bot.domain.tickets.conversation import StoredFile
from bot.messages import verbs
from bot.ports.console.pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.file_store import FileStore
from bot.ports.unit_of_work import Storage
from bot.services.context.context import Context, ContextFactory
from bot.services.context.reader import zone_of
from bot.services.knowledge.known_articles import is_draft, may_change, may_publish, may_read, team_of
from bot.services.knowledge.written_articles import file_of
from bot.text.catalogue import best
from bot.text.instants import stamp
from bot.text.sentences import words

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    number: int
    name: str
    at: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownArticle:
    """`verbs` are what the reader may do with it; `file` is the one it is kept in, for its team."""

    line: ArticleLine
    body: "Markup"
    language: str
    version: int
    is_newest: bool
    file: str
    verbs: tuple[str, ...]
    versions: tuple[VersionLine, ...]


class KnowledgeReader(ConsoleReader):
    def __init__(
        self, frame: ConsoleFrame, *, storage: Storage, contexts: ContextFactory, files: FileStore
    ) -> None:
        super().__init__(frame, storage=storage, contexts=contexts)
        self._files = files

    async def articles(
        self, visitor: ConsoleVisitor, *, sought: str = "", with_gaps: bool = False, said: str = ""
    ) -> ConsolePage:
        lists = await self._read(visitor, lambda context: lists_of(context, sought, with_gaps=with_gaps))
        return self._frame.page(
            "knowledge_page.html",
            visitor,
            section=ConsoleSection.KNOWLEDGE,
            lists=lists,
            sought=sought,
            said=said,
            verbs=verbs,
        )

    async def article(
        self, visitor: ConsoleVisitor, name: str, *, version: str = "", said: str = ""
    ) -> ConsolePage:
        def read(context: Context) -> ShownArticle | None:
            article = _find(context, name)
            return _shown(context, article, version) if article is not None else None

        article = await self._read(visitor, read)
        if article is None:
            return self._frame.missing(visitor)
        return self._frame.page(
            "article_page.html",
            visitor,
            section=ConsoleSection.KNOWLEDGE,
            article=article,
            said=said,
            word=verbs.word,
        )

    async def picture(self, visitor: ConsoleVisitor, name: str, digest: str) -> StoredFile | None:
        article = await self._read(visitor, lambda context: _find(context, name))
        pictures = article.pictures if article is not None else ()
        return next((each.file for each in pictures if each.file.digest == digest), None)

    def read(self, digest: str) -> AsyncIterator[bytes]:
        return self._files.read(digest)


def _find(context: Context, name: str) -> Article | None:
    article = context.uow.articles.find(name) if name else None
    readership = readership_of(context.desk, context.actor)
    return article if article is not None and may_read(article, readership) else None


def _shown(context: Context, newest: Article, version: str) -> ShownArticle | None:
    """Earlier versions are for those who may change it."""
    is_theirs = may_change(context, newest)
    versions = context.uow.articles.versions(newest.name) if is_theirs else ()
    article = newest
    if version and version != str(newest.version):
        earlier = next((each for each in versions if str(each.version) == version), None)
        if earlier is None:
            return None
        article = earlier
    people = context.uow.people.find_many({each.changed_by for each in versions} - {DESK})
    names = {key: each.name for key, each in people.items()}
    names[DESK] = words(context.language, "knowledge.the_file")
    return ShownArticle(
        line=line_of(context, article),
        body=_body(article),
        language=best(article.language, context.language),
        version=article.version,
        is_newest=article is newest,
        file=file_of(context, article) if is_theirs and article.origin is ArticleOrigin.FILE else "",
        verbs=_verbs(context, newest) if article is newest else (),
        versions=tuple(
            VersionLine(
                number=each.version,
                name=names.get(each.changed_by, each.changed_by),
                at=stamp(each.changed_at, zone=zone_of(context), language=context.language),
                address=article_address(each.name, version=str(each.version)),
            )
            for each in versions
        ),
    )


def _body(article: Article) -> "Markup":
    from markupsafe import Markup

    def picture(digest: str) -> str:
        return f"/console/knowledge/picture?{urlencode({'name': article.name, 'digest': digest})}"

    html = article_html(
        article.body_below_title,
        name=article.name,
        pictures={
            each.source: picture(each.file.digest)
            for each in article.pictures
            if each.file.digest is not None
        },
        page_of=article_address,
    )
    return Markup(html)  # noqa: S704  Markdown of people becomes HTML there, and none of theirs passes


def _verbs(context: Context, article: Article) -> tuple[str, ...]:
    """What the commands would allow: of a file's article nothing, since its file is changed."""
    team = team_of(context, article)
    if article.origin is not ArticleOrigin.DESK or team is None or not may_change(context, article):
        return ()
    publishes = may_publish(context, team)
    is_published = article.state is ArticleState.PUBLISHED
    retires = article.state is not ArticleState.RETIRED and (publishes or not is_published)
    return (
        *((verbs.PUBLISH_ARTICLE,) if publishes and is_draft(article) else ()),
        verbs.EDIT_ARTICLE,
        *((verbs.RETIRE_ARTICLE,) if retires else ()),
    )
