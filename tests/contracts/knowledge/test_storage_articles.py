"""What every storage promises about articles and their versions."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.knowledge.article import Article, ArticleAudience, ArticleOrigin, ArticleState, AudienceKind
from bot.domain.knowledge.picture import ArticlePicture
from bot.domain.tickets.conversation import StoredFile
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW

PICTURE = ArticlePicture(
    source="../vpn.png",
    file=StoredFile(name="vpn.png", media_type="image/png", size=70, digest="ab" * 32),
)
WHOLE = Article(
    name="network/VPN",
    title="Set up the VPN 🛡",
    body="# Steps\n\nOpen it.\n",
    version=1,
    changed_at=NOW,
    audience=ArticleAudience(kind=AudienceKind.TEAM, name="network"),
    tags=("vpn", "remote"),
    team="network",
    owner="bo@example.com",
    review_by=date(2026, 3, 1),
    language="de",
    origin=ArticleOrigin.FILE,
    state=ArticleState.DRAFT,
    changed_by="web:bo",
    pictures=(PICTURE,),
)
NUMBERS = count()
PLAIN = Article(name="printer", title="Printers", body="Turn it on.", version=1, changed_at=NOW, team="it")


def added(uow: UnitOfWork, *articles: Article) -> list[bool]:
    return [uow.articles.add(each) for each in articles]


async def test_an_article_is_read_as_it_was_written(storage: Storage) -> None:
    assert await storage.run(lambda uow: added(uow, WHOLE, PLAIN)) == [True, True]
    assert await storage.read(lambda uow: uow.articles.find("NETWORK/vpn")) == WHOLE
    assert await storage.read(lambda uow: uow.articles.find("printer")) == PLAIN
    assert await storage.read(lambda uow: uow.articles.find("vpn")) is None


async def test_a_name_is_taken_once_in_any_letter_case(storage: Storage) -> None:
    twice = replace(PLAIN, name="Printer", body="Another")
    assert await storage.run(lambda uow: added(uow, PLAIN, twice)) == [True, False]
    assert await storage.read(lambda uow: uow.articles.find("printer")) == PLAIN
    assert await storage.read(lambda uow: uow.articles.versions("printer")) == [PLAIN]


async def test_each_version_stays_and_only_the_newest_is_followed(storage: Storage) -> None:
    second = replace(PLAIN, version=2, body="Turn it off.", changed_at=NOW + timedelta(hours=1))
    late = replace(second, body="Somebody else was quicker.")
    await storage.run(lambda uow: added(uow, PLAIN))
    assert await storage.run(lambda uow: uow.articles.replace(second))
    assert not await storage.run(lambda uow: uow.articles.replace(late))
    assert not await storage.run(lambda uow: uow.articles.replace(replace(second, name="nothing")))
    assert await storage.read(lambda uow: uow.articles.find("printer")) == second
    assert await storage.read(lambda uow: uow.articles.versions("PRINTER")) == [second, PLAIN]


async def test_lists_leave_bodies_and_retired_articles_out(storage: Storage) -> None:
    gone = replace(PLAIN, name="fax", title="Fax", state=ArticleState.RETIRED)
    await storage.run(lambda uow: added(uow, WHOLE, gone, PLAIN))
    found = await storage.read(lambda uow: uow.articles.outlines())
    assert found == [replace(PLAIN, body=""), replace(WHOLE, body="", pictures=())]
    assert await storage.read(lambda uow: uow.articles.of_files()) == [WHOLE]


async def test_what_is_due_for_review_is_asked_by_team(storage: Storage) -> None:
    due = replace(PLAIN, name="due", review_by=date(2026, 2, 1))
    later = replace(PLAIN, name="later", review_by=date(2026, 2, 2))
    theirs = replace(due, name="theirs", team="network")
    await storage.run(lambda uow: added(uow, later, due, theirs, WHOLE, PLAIN))

    async def names(*teams: str, by: date) -> list[str]:
        found = await storage.read(lambda uow: uow.articles.due_for_review(teams, by=by))
        return [each.name for each in found]

    assert await names("it", by=date(2026, 2, 1)) == ["due"]
    assert await names("it", by=date(2026, 2, 2)) == ["due", "later"]
    assert await names("network", "it", by=date(2026, 2, 1)) == ["due", "theirs"]
    assert await names(by=date(2026, 2, 2)) == []


CHANGES = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.text(min_size=1, max_size=20),
            "body": st.text(max_size=200),
            "tags": st.lists(st.text(min_size=1, max_size=8), max_size=3).map(tuple),
            "state": st.sampled_from(ArticleState),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES, number=st.integers(0, 10**12))
async def test_random_edits_keep_every_version_readable(
    storage: Storage, changes: list[dict[str, Any]], number: int
) -> None:
    first = replace(PLAIN, name=f"a{number}-{next(NUMBERS)}")
    wanted = [first]
    await storage.run(lambda uow: added(uow, first))
    for version, change in enumerate(changes, start=2):
        article = replace(first, version=version, **_stored(change))
        assert await storage.run(partial(_replaced, article=article))
        wanted.insert(0, article)
    found = await storage.read(lambda uow: uow.articles.versions(first.name))
    assert found == wanted
    assert await storage.read(lambda uow: uow.articles.find(first.name)) == wanted[0]


def _replaced(uow: UnitOfWork, *, article: Article) -> bool:
    return uow.articles.replace(article)


def _stored(change: dict[str, Any]) -> dict[str, Any]:
    """NUL and lone surrogates are no text that a database keeps."""

    def clean(text: str) -> str:
        return text.replace("\0", "\N{REPLACEMENT CHARACTER}")

    return change | {
        "title": clean(str(change["title"])),
        "body": clean(str(change["body"])),
        "tags": tuple(clean(each) for each in change["tags"]),
    }
