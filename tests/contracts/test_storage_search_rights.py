"""What may not be seen is not found, not counted and not suggested, on each database."""

from collections.abc import Iterable

import pytest

from bot.domain.directory import Person
from bot.domain.search.query import SearchOrder, Term
from bot.domain.search.stems import variants
from bot.domain.search.visibility import Visibility, own_visibility, visibility_of
from bot.domain.tickets.conversation import MessageKind
from bot.ports.storage.search import SoughtTerm, TicketSearch
from bot.ports.unit_of_work import Storage, UnitOfWork
from storage.repositories.search import common_words
from tests.domain.search.searchable_desk import ANA, EVE, PEOPLE, PIA, a_desk, covered, tickets
from tests.storage.sample_rows import NOW, a_message

EVERY = {each.id: each for each in tickets()}


@pytest.fixture(autouse=True, params=["rare", "common"])
def words_are(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found does not depend on how many texts hold a word."""
    if request.param == "common":
        monkeypatch.setattr(common_words, "MOST_TEXTS", 0)


@pytest.fixture
async def filled(storage: Storage) -> Storage:
    """A ticket of each kind, with a note and a public word."""

    def work(uow: UnitOfWork) -> None:
        for person in PEOPLE:
            uow.people.remember(person)
        for ticket in EVERY.values():
            uow.tickets.add(ticket)
            a_message(uow, ticket, text="a tiger")
            a_message(uow, ticket, kind=MessageKind.NOTE, text="a rhino")

    await storage.run(work)
    return storage


async def found(storage: Storage, visibility: Visibility, *words: str, without: str = "") -> set[int]:
    def terms(*words: str) -> tuple[SoughtTerm, ...]:
        return tuple(SoughtTerm(variants=variants(Term(words=(each,)), ())) for each in words)

    wanted = TicketSearch(now=NOW, terms=terms(*words), excluded=terms(without) if without else ())

    def work(uow: UnitOfWork) -> set[int]:
        page = uow.search.find(wanted, visibility=visibility, order=SearchOrder.BEST, limit=1_000)
        assert page.count == len(page.tickets) == uow.search.count(wanted, visibility=visibility).count
        return {each.id for each in page.tickets}

    return await storage.read(work)


def whatever_somebody_may_see() -> Iterable[Visibility]:
    """Of everybody on a desk of two servers and on one of none; what both have in common, once."""
    shared, followed = [*EVERY][::7], [*EVERY][::5]
    return dict.fromkeys(
        each
        for desk in (a_desk(), a_desk(with_servers=False))
        for person in PEOPLE
        for each in (
            visibility_of(desk, person),
            own_visibility(person),
            visibility_of(desk, person, shared=shared, followed=followed),
            own_visibility(person, shared=shared),
            visibility_of(desk, person, accounts=[ANA.key], followed=followed),
            own_visibility(person, accounts=[ANA.key, EVE.key]),
        )
    )


async def test_everybody_finds_what_they_may_see_and_nothing_else(filled: Storage) -> None:
    for visibility in whatever_somebody_may_see():
        seen = covered(visibility)
        with_notes = {each.id for each in EVERY.values() if visibility.reads_notes(each)}
        for words in ((), ("elephant",), ("tiger",), ("elephant", "tiger")):
            assert await found(filled, visibility, *words) == seen, (visibility, words)
        for word in ("rhino", "giraffe"):
            assert await found(filled, visibility, word) == with_notes, (visibility, word)
            assert await found(filled, visibility, "tiger", word) == with_notes, (visibility, word)
            left = seen - with_notes
            assert await found(filled, visibility, without=word) == left, (visibility, word)


async def test_nobody_is_suggested_whose_requests_may_not_be_seen(filled: Storage) -> None:
    desk = a_desk()

    async def suggested(visibility: Visibility) -> set[str]:
        people = await filled.read(lambda uow: uow.search.requesters("", visibility=visibility, limit=50))
        return {each.key for each in people}

    for person in PEOPLE:
        visibility = visibility_of(desk, person)
        assert await suggested(visibility) == {EVERY[each].requester for each in covered(visibility)}
    nobody = Person(key="web:nobody", name="Nobody")
    assert await suggested(visibility_of(desk, nobody)) == set()
    assert await suggested(own_visibility(ANA)) == {ANA.key}
    assert {EVE.key, PIA.key} <= await suggested(visibility_of(desk, PIA))
