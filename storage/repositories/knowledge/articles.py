"""Articles: a row each for what they are now, and one for each version that they had."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Text, bindparam, literal, select, text, update
from sqlalchemy.sql.selectable import Select

from bot.domain.knowledge.article import Article, ArticleAudience, ArticleOrigin, ArticleState, AudienceKind
from bot.domain.knowledge.picture import ArticlePicture
from bot.domain.tickets.conversation import StoredFile
from storage.engine.columns import Row, clean, from_json, index_key, instant, micros, to_json
from storage.engine.session import Session
from storage.tables.knowledge.articles import article_versions, articles

_EMPTY: Final = {"body": "", "pictures": "[]"}
"""What an outline says in place of what is long."""
WRITTEN: Final = tuple(each.name for each in article_versions.columns if each.name != "folded")


def _outline() -> Select[Any]:
    columns: list[ColumnElement[Any]] = [
        literal(_EMPTY[each.name], Text).label(each.name) if each.name in _EMPTY else each
        for each in articles.columns
    ]
    return select(*columns)


FIND = select(articles).where(articles.c.folded == bindparam("the_name"))
OUTLINES = (
    _outline().where(articles.c.state != bindparam("no_state")).order_by(articles.c.title, articles.c.folded)
)
OF_FILES = (
    select(articles)
    .where(articles.c.origin == bindparam("the_origin"), articles.c.state != bindparam("no_state"))
    .order_by(articles.c.folded)
)
ADD: Final = text(
    f"INSERT INTO articles (folded, {', '.join(WRITTEN)})"  # noqa: S608
    f" VALUES (:folded, {', '.join(f':{each}' for each in WRITTEN)}) ON CONFLICT (folded) DO NOTHING"
)
REPLACE = (
    update(articles)
    .where(articles.c.folded == bindparam("the_name"), articles.c.version == bindparam("the_version"))
    .values({each: bindparam(f"new_{each}") for each in WRITTEN})
)
KEEP: Final = text(
    f"INSERT INTO article_versions (folded, {', '.join(WRITTEN)})"  # noqa: S608
    f" VALUES (:folded, {', '.join(f':{each}' for each in WRITTEN)})"
)
VERSIONS = (
    select(article_versions)
    .where(article_versions.c.folded == bindparam("the_name"))
    .order_by(article_versions.c.version.desc())
)


class SqlArticles:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, name: str) -> Article | None:
        return next(iter(_articles_in(self._session.fetch(FIND, the_name=_folded(name)))), None)

    def outlines(self) -> Sequence[Article]:
        return _articles_in(self._session.fetch(OUTLINES, no_state=ArticleState.RETIRED))

    def of_files(self) -> Sequence[Article]:
        found = self._session.fetch(OF_FILES, the_origin=ArticleOrigin.FILE, no_state=ArticleState.RETIRED)
        return _articles_in(found)

    def due_for_review(self, teams: Collection[str], *, by: date) -> Sequence[Article]:
        if not teams:
            return []
        due = (
            _outline()
            .where(
                articles.c.review_by <= by.isoformat(),
                articles.c.team.in_(sorted(teams)),
                articles.c.state == ArticleState.PUBLISHED.value,
            )
            .order_by(articles.c.review_by, articles.c.folded)
        )
        return _articles_in(self._session.fetch_made(due))

    def add(self, article: Article) -> bool:
        if not self._session.count(ADD, folded=_folded(article.name), **_written(article)):
            return False
        self._keep(article)
        return True

    def replace(self, article: Article) -> bool:
        values = {f"new_{name}": value for name, value in _written(article).items()}
        name, before = _folded(article.name), article.version - 1
        if not self._session.count(REPLACE, the_name=name, the_version=before, **values):
            return False
        self._keep(article)
        return True

    def versions(self, name: str) -> Sequence[Article]:
        return _articles_in(self._session.fetch(VERSIONS, the_name=_folded(name)))

    def _keep(self, article: Article) -> None:
        self._session.write(KEEP, folded=_folded(article.name), **_written(article))


def _folded(name: str) -> str:
    return index_key(clean(name).casefold())


def _written(article: Article) -> dict[str, object]:
    return {
        "name": article.name,
        "version": article.version,
        "title": article.title,
        "body": article.body,
        "audience": article.audience.kind,
        "audience_name": article.audience.name,
        "tags": to_json(list(article.tags)),
        "team": article.team,
        "owner": article.owner,
        "review_by": article.review_by.isoformat() if article.review_by is not None else None,
        "language": article.language,
        "origin": article.origin,
        "state": article.state,
        "changed_by": article.changed_by,
        "changed_at": micros(article.changed_at),
        "pictures": clean(to_json([asdict(each) for each in article.pictures])),
    }


def _articles_in(rows: Iterable[Row]) -> Sequence[Article]:
    return [_from_row(row) for row in rows]


def _from_row(row: Row) -> Article:
    return Article(
        name=row["name"],
        version=row["version"],
        title=row["title"],
        body=row["body"],
        audience=ArticleAudience(kind=AudienceKind(row["audience"]), name=row["audience_name"]),
        tags=tuple(from_json(row["tags"])),
        team=row["team"],
        owner=row["owner"],
        review_by=date.fromisoformat(row["review_by"]) if row["review_by"] is not None else None,
        language=row["language"],
        origin=ArticleOrigin(row["origin"]),
        state=ArticleState(row["state"]),
        changed_by=row["changed_by"],
        changed_at=instant(row["changed_at"]),
        pictures=tuple(
            ArticlePicture(source=each["source"], file=StoredFile(**each["file"]))
            for each in from_json(row["pictures"])
        ),
    )
