"""Articles found by words and meaning: what fits, what does not, and who may find what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from adapters.meaning.wordllama import find_wordllama
from bot.caches.passage_vectors import PassageVectors
from bot.domain.knowledge.article import Article, ArticleAudience, ArticleState, AudienceKind
from bot.domain.knowledge.readership import ANYBODY, Readership
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.knowledge.fits import Fits, Sense, fits_of
from bot.services.knowledge.search import FoundPassages, index_article, search_passages
from bot.services.knowledge.vectors import make_vectors

AT = datetime(2026, 11, 2, tzinfo=UTC)
HEADSET = Article(
    name="headset",
    title="No sound or microphone in meetings",
    body="Pick the headset for speaker and microphone. Make a test call.",
    version=1,
    changed_at=AT,
)
PARKING = replace(HEADSET, name="parking", title="Parking", body="Register your number plate at the gate.")
PASSWORD = replace(HEADSET, name="password", title="Reset your password", body="Open id.example.com.")
OF_HR = ArticleAudience(kind=AudienceKind.TEAM, name="hr")


@pytest.fixture
def meanings() -> PassageVectors:
    return PassageVectors(find_wordllama())


async def index(storage: Storage, meanings: PassageVectors | None, *articles: Article) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in articles:
            index_article(uow, each)
        if meanings is not None and meanings.meaning is not None:
            make_vectors(uow, meanings.meaning, limit=99)

    await storage.run(work)


async def ask(
    storage: Storage,
    question: str,
    meanings: PassageVectors | None = None,
    *,
    readership: Readership = ANYBODY,
    senses: Sequence[Sense] = tuple(Sense),
    language: str = "en",
) -> FoundPassages:
    return await storage.read(
        lambda uow: search_passages(
            uow, question, readership, meanings=meanings, senses=senses, language=language
        )
    )


def names(found: FoundPassages) -> list[str]:
    return [each.passage.article for each in found.passages]


def fits_of_both(uow: UnitOfWork, *, question: str, meanings: PassageVectors) -> Fits:
    return fits_of(uow, question, ANYBODY, language="en", meanings=meanings, senses=frozenset(Sense))


async def test_other_words_for_the_same_are_found_by_meaning_alone(
    storage: Storage, meanings: PassageVectors
) -> None:
    await index(storage, meanings, HEADSET, PARKING, PASSWORD)
    question = "the others cannot hear anything from my earphones"
    assert names(await ask(storage, question)) == []
    assert names(await ask(storage, question, meanings))[0] == "headset"


@pytest.mark.parametrize("question", ["What is for lunch today?", "thanks a lot!", "the of and", "", "???"])
async def test_silence_is_kept_where_nothing_fits(
    storage: Storage, meanings: PassageVectors, question: str
) -> None:
    await index(storage, meanings, HEADSET, PARKING, PASSWORD)
    assert not (await ask(storage, question)).is_sure
    assert not (await ask(storage, question, meanings)).is_sure


async def test_what_surely_fits_may_be_shown_unasked(storage: Storage, meanings: PassageVectors) -> None:
    await index(storage, meanings, HEADSET, PARKING, PASSWORD)
    for known in (None, meanings):
        found = await ask(storage, "How do I reset my password?", known)
        assert (names(found)[0], found.is_sure) == ("password", True)
        assert 0 < found.passages[0].score <= 1


async def test_an_empty_knowledge_base_costs_one_statement(
    storage: Storage, meanings: PassageVectors
) -> None:
    def work(uow: UnitOfWork) -> int:
        search_passages(uow, "How do I reset my password?", ANYBODY, meanings=meanings)
        return uow.session.sent  # type: ignore[attr-defined, no-any-return]

    assert await storage.read(work) == 1


READERS = {
    "anybody": ANYBODY,
    "of the team": Readership(teams=frozenset({"hr"})),
    "of another team": Readership(teams=frozenset({"it"})),
    "of a community of that name": Readership(communities=frozenset({"hr"})),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("senses", [(Sense.WORDS,), (Sense.MEANING,), tuple(Sense)])
async def test_what_is_private_is_found_by_its_readers_alone_and_changes_nothing_for_others(
    storage: Storage, meanings: PassageVectors, reader: str, senses: tuple[Sense, ...]
) -> None:
    await index(storage, meanings, PARKING, PASSWORD)
    question = "sound of the microphone and the parking gate"
    before = await ask(storage, question, meanings, readership=READERS[reader], senses=senses)
    await index(storage, meanings, replace(HEADSET, audience=OF_HR))
    after = await ask(storage, question, meanings, readership=READERS[reader], senses=senses)
    if reader == "of the team":
        assert "headset" in names(after)
    else:
        assert after == before
        assert "headset" not in names(after)


async def test_what_is_changed_retired_or_gone_is_found_so_at_once(
    storage: Storage, meanings: PassageVectors
) -> None:
    await index(storage, meanings, HEADSET, PARKING, PASSWORD)
    assert names(await ask(storage, "microphone", meanings))[0] == "headset"
    await index(storage, meanings, replace(HEADSET, state=ArticleState.RETIRED))
    assert "headset" not in names(await ask(storage, "microphone", meanings))
    await storage.run(lambda uow: uow.passages.remove("parking"))
    assert "parking" not in names(await ask(storage, "parking", meanings))


async def test_before_it_has_a_vector_an_article_is_found_by_its_words(
    storage: Storage, meanings: PassageVectors
) -> None:
    await index(storage, meanings, PARKING, PASSWORD)
    await index(storage, None, HEADSET)
    assert names(await ask(storage, "no sound from the microphone", meanings))[0] == "headset"


async def test_after_a_rest_it_is_found_again(storage: Storage, meanings: PassageVectors) -> None:
    await index(storage, meanings, HEADSET, PARKING)
    before = await ask(storage, "earphones", meanings)
    meanings.rest()
    meanings.rest()
    assert await ask(storage, "earphones", meanings) == before


async def test_each_language_is_found_in_its_own_way(storage: Storage) -> None:
    german = replace(PARKING, name="netz", title="Netzwerke", body="Dosen prüfen.", language="de")
    await index(storage, None, german, HEADSET)
    assert names(await ask(storage, "mein Netzwerk", language="de")) == ["netz"]
    assert names(await ask(storage, "Netzwerk", language="en")) == ["netz"]


async def test_of_two_articles_that_fit_alike_neither_is_ahead(
    storage: Storage, meanings: PassageVectors
) -> None:
    question, articles = "reset password mail", [HEADSET, PARKING, PASSWORD]
    ahead = []
    for more in ([], [replace(PASSWORD, name="password-2")]):
        await index(storage, meanings, *articles, *more)
        fits = await storage.read(partial(fits_of_both, question=question, meanings=meanings))
        ahead.append(fits.evidence.ahead)
    assert ahead[0] > ahead[1] == 0


async def test_an_article_is_liker_the_question_the_more_of_its_passages_are(
    storage: Storage, meanings: PassageVectors
) -> None:
    other = replace(PASSWORD, body=PASSWORD.body + "\n\n## Lunch\n\nThe canteen opens at noon.")
    both = "\n\n## Locked\n\nReset a password that is locked."
    evidence = []
    for article in (other, replace(other, body=PASSWORD.body + both)):
        await index(storage, meanings, article)
        fits = await storage.read(partial(fits_of_both, question="reset my password", meanings=meanings))
        evidence.append(fits.evidence.article)
    assert evidence[0] < evidence[1] <= 1
