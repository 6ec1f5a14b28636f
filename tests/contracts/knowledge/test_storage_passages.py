"""What every storage promises about passages: found by their words, counted, and by whom they may be read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.knowledge.article import Article, ArticleAudience, ArticleState, AudienceKind
from bot.domain.knowledge.passage import passages_of
from bot.domain.knowledge.readership import ANYBODY, Readership
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.knowledge.search import index_article, search_passages

NETWORK = ArticleAudience(kind=AudienceKind.TEAM, name="network")
ACME = ArticleAudience(kind=AudienceKind.COMMUNITY, name="acme")
VPN = Article(
    name="network/vpn",
    title="Connect to the VPN",
    body="Open AnyConnect.\n\n## Certificates\n\nAn expired certificate is renewed at the portal.",
    version=1,
    changed_at=datetime(2026, 11, 2, tzinfo=UTC),
    tags=("remote",),
)
PRINTER = replace(VPN, name="printer", title="Printers", body="Add a printer by its label.", tags=())
DRUCKER = replace(
    VPN, name="de/drucker", title="Drucker", body="Drucker werden am Schild erkannt.", tags=(), language="de"
)


async def index(storage: Storage, *articles: Article) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in articles:
            index_article(uow, each)

    await storage.run(work)


async def found(storage: Storage, question: str, readership: Readership = ANYBODY) -> list[str]:
    answer = await storage.read(lambda uow: search_passages(uow, question, readership))
    return [each.passage.article for each in answer.passages]


async def test_an_article_is_found_by_its_words_in_whatever_form(storage: Storage) -> None:
    await index(storage, VPN, PRINTER, DRUCKER)
    assert await found(storage, "My certificates have expired") == ["network/vpn"]
    assert await found(storage, "a printer’s label?") == ["printer"]
    assert await found(storage, "any connect? anyconnect!") == ["network/vpn"]
    assert await found(storage, "Der Drückér") == ["de/drucker"]
    assert await found(storage, "where is the canteen") == []
    assert await found(storage, "") == []


async def test_a_passage_is_kept_whole(storage: Storage) -> None:
    await index(storage, VPN)
    answer = await storage.read(lambda uow: search_passages(uow, "certificate", ANYBODY))
    assert [each.passage for each in answer.passages] == [passages_of(VPN)[1]]


async def test_a_changed_article_is_found_as_it_is_now(storage: Storage) -> None:
    await index(storage, VPN, PRINTER)
    await index(storage, replace(VPN, body="Use the browser.", version=2))
    assert await found(storage, "anyconnect") == []
    assert await found(storage, "browser") == ["network/vpn"]
    await index(storage, replace(VPN, state=ArticleState.RETIRED))
    assert await found(storage, "browser vpn") == []
    counts = await storage.read(lambda uow: uow.passages.counts(["vpn", "browser", "printer"], ANYBODY))
    assert counts == {"printer": 1}
    assert await storage.read(lambda uow: uow.passages.languages(ANYBODY)) == {"en": 1}


@pytest.mark.parametrize("state", [ArticleState.DRAFT, ArticleState.RETIRED])
async def test_what_is_not_published_is_found_by_nobody(storage: Storage, state: ArticleState) -> None:
    await index(storage, replace(VPN, state=state, audience=NETWORK))
    assert await found(storage, "vpn", Readership(teams=frozenset({"network"}))) == []


READERS = {
    "anybody": (ANYBODY, ["all"]),
    "network": (Readership(teams=frozenset({"network"})), ["all", "team"]),
    "another team": (Readership(teams=frozenset({"hr", "acme"})), ["all"]),
    "acme": (Readership(communities=frozenset({"acme"})), ["acme", "all"]),
    "another community": (Readership(communities=frozenset({"network"})), ["all"]),
    "both": (
        Readership(teams=frozenset({"network"}), communities=frozenset({"acme"})),
        ["acme", "all", "team"],
    ),
}


@pytest.mark.parametrize("reader", READERS)
async def test_who_may_not_read_an_article_does_not_find_or_count_it(storage: Storage, reader: str) -> None:
    readership, readable = READERS[reader]
    every = {
        "all": replace(PRINTER, name="all"),
        "team": replace(PRINTER, name="team", audience=NETWORK),
        "acme": replace(PRINTER, name="acme", audience=ACME),
    }
    await index(storage, *every.values())

    def work(uow: UnitOfWork) -> tuple[int, int, list[str]]:
        counted = uow.passages.counts(["printer"], readership)["printer"]
        ids = uow.passages.holding({"printer": 1.0}, readership, limit=9)
        unrestricted = [each.id for each in uow.passages.without_vector("any", limit=9)]
        read = uow.passages.get_many(unrestricted, readership)
        assert sorted(each.id for each in read) == sorted(ids)
        return counted, len(ids), sorted(each.passage.article for each in read)

    assert await storage.read(work) == (len(readable), len(readable), readable)
    assert sorted(await found(storage, "printer", readership)) == readable


async def test_what_somebody_may_not_read_changes_nothing_for_them(storage: Storage) -> None:
    await index(storage, VPN, PRINTER)
    before = await storage.read(lambda uow: search_passages(uow, "printer label vpn", ANYBODY))
    secret = [replace(PRINTER, name=f"secret{each}", audience=NETWORK) for each in range(9)]
    await index(storage, *secret)
    assert await storage.read(lambda uow: search_passages(uow, "printer label vpn", ANYBODY)) == before


async def test_vectors_are_kept_for_those_passages_that_are_still_there(storage: Storage) -> None:
    await index(storage, VPN, PRINTER)
    open_ones = await storage.read(lambda uow: uow.passages.without_vector("small-1", limit=9))
    assert [each.passage.article for each in open_ones] == ["network/vpn", "network/vpn", "printer"]
    revision = await storage.read(lambda uow: uow.passages.revision())
    made = {each.id: bytes([0, 255, place]) for place, each in enumerate(open_ones)}
    await index(storage, replace(PRINTER, state=ArticleState.RETIRED))
    await storage.run(lambda uow: uow.passages.keep_vectors(made, model="small-1"))

    kept = await storage.read(lambda uow: uow.passages.vectors("small-1", after=0, limit=9))
    assert [each.vector for each in kept] == [b"\x00\xff\x00", b"\x00\xff\x01"]
    assert await storage.read(lambda uow: uow.passages.vectors("small-2", after=0, limit=9)) == []
    assert await storage.read(lambda uow: uow.passages.without_vector("small-1", limit=9)) == []
    assert len(await storage.read(lambda uow: uow.passages.without_vector("small-2", limit=1))) == 1
    assert await storage.read(lambda uow: uow.passages.revision()) > revision


async def test_the_passages_of_one_article_are_known_to_its_readers_alone(storage: Storage) -> None:
    await index(storage, replace(VPN, audience=NETWORK), PRINTER)
    theirs = Readership(teams=frozenset({"network"}))
    ids = await storage.read(lambda uow: uow.passages.of_article("network/vpn", theirs))
    whole = await storage.read(lambda uow: uow.passages.get_many(ids, theirs))
    assert {each.passage.text for each in whole} == {each.text for each in passages_of(VPN)}
    assert await storage.read(lambda uow: uow.passages.of_article("network/vpn", ANYBODY)) == []
    assert await storage.read(lambda uow: uow.passages.of_article("nothing", theirs)) == []
