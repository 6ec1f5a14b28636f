"""What every storage keeps of offers: what was shown to whom, and what is held back."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.domain.directory import ChannelRef
from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.offer import Offer, OfferState, ShownPassage
from bot.domain.tickets.conversation import StoredFile
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket

HELP = ChannelRef("web", "help-it")
TRAY = StoredFile(name="tray.png", media_type="image/png", size=70, digest="ab" * 32)
JAM = ShownPassage(
    article="printers/jam",
    title="Größe \0 & jam",
    text="Open the *tray*",
    is_for_everybody=False,
    pictures=(TRAY,),
)


def an_offer(offer_id: int, *, state: OfferState = OfferState.HELD) -> Offer:
    return Offer(
        id=offer_id,
        person="web:ana",
        mode=AnswerTime.BEFORE,
        state=state,
        at=NOW,
        due_at=NOW + timedelta(minutes=offer_id),
        team="service",
        source=f"web:help-it:m{offer_id}",
        shown=(JAM,),
        request={"text": "It jams", "files": [{"name": "a.png"}], "root": None},
    )


def add_some(uow: UnitOfWork) -> None:
    for number in (2, 1):
        uow.offers.add(an_offer(number), channel=HELP)


async def test_an_offer_is_kept_whole(storage: Storage) -> None:
    await storage.run(add_some)
    kept = await storage.read(lambda uow: uow.offers.get(1))
    expected = an_offer(1)
    assert kept == replace(expected, shown=(replace(JAM, title="Größe \ufffd & jam"),))
    assert await storage.run(lambda uow: uow.offers.lock(1)) == kept
    assert await storage.read(lambda uow: uow.offers.get(3)) is None


async def test_what_is_due_comes_in_its_order_until_it_is_decided(storage: Storage) -> None:
    def due(uow: UnitOfWork, *, minutes: int) -> list[int]:
        return [each.id for each in uow.offers.due(NOW + timedelta(minutes=minutes), limit=10)]

    await storage.run(add_some)
    assert await storage.read(partial(due, minutes=0)) == []
    assert await storage.read(partial(due, minutes=5)) == [1, 2]

    def decide(uow: UnitOfWork) -> int:
        ticket = a_numbered_ticket(uow)
        for number in (1, 2):
            decided = replace(an_offer(number), state=OfferState.ASKED, due_at=None, request={})
            uow.offers.save(replace(decided, ticket=ticket.id if number == 1 else None))
        return ticket.id

    assert await storage.read(lambda uow: uow.offers.holds_some())
    ticket = await storage.run(decide)
    assert not await storage.read(lambda uow: uow.offers.holds_some())
    assert await storage.read(partial(due, minutes=5)) == []
    found = await storage.read(lambda uow: uow.offers.of_ticket(ticket))
    assert found is not None
    assert (found.id, found.state, found.request) == (1, OfferState.ASKED, {})


async def test_held_requests_are_found_by_their_author_and_by_their_message(storage: Storage) -> None:
    await storage.run(add_some)
    held = await storage.read(lambda uow: [each.id for each in uow.offers.held_by("web:ana", HELP)])
    assert sorted(held) == [1, 2]
    elsewhere = ChannelRef("web", "help-hr")
    assert not await storage.read(lambda uow: uow.offers.held_by("web:ana", elsewhere))
    assert not await storage.read(lambda uow: uow.offers.held_by("web:dan", HELP))
    found = await storage.read(lambda uow: uow.offers.held_for("web:help-it:m2"))
    assert found is not None
    assert found.id == 2
    await storage.run(lambda uow: uow.offers.save(an_offer(2, state=OfferState.SOLVED)))
    assert await storage.read(lambda uow: uow.offers.held_for("web:help-it:m2")) is None


async def test_what_somebody_was_shown_is_known_by_its_article(storage: Storage) -> None:
    await storage.run(add_some)

    def shown(uow: UnitOfWork, *, person: str, hours: int) -> frozenset[str]:
        return uow.offers.articles_shown_to(person, since=NOW - timedelta(hours=hours))

    assert await storage.read(partial(shown, person="web:ana", hours=1)) == {"printers/jam"}
    assert await storage.read(partial(shown, person="web:ana", hours=-1)) == frozenset()
    assert await storage.read(partial(shown, person="web:dan", hours=1)) == frozenset()
