"""Questions about people are asked a few at a time; one that nobody can answer is forgotten."""

import asyncio
from dataclasses import replace

import pytest

from bot.caches.lookup_health import LookupHealth
from bot.domain.directory import Person
from bot.domain.lookups.answer_facts import FactReading
from bot.domain.lookups.lookup import Lookup, LookupField
from bot.domain.lookups.lookup_answer import LookupAnswer
from bot.messages.outbound import Card
from bot.ports.lookups import LookupOutcome, NotAskable, PersonFound
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import UnitOfWork
from bot.workers.lookups import AT_ONCE, CLAIM, Lookups
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import HeadlessDesk

CRM = Lookup(
    name="crm",
    title="CRM",
    url="https://crm.example/{key}",
    fields=(LookupField(name="tier", label="Tier", path=("tier",)),),
)


class Clerk:
    """Knows everybody's tier, unless told what to do instead, and remembers how many asked at a time."""

    def __init__(self, outcome: LookupOutcome | Exception | None = None) -> None:
        self.asked: list[str] = []
        self.most = 0
        self._now = 0
        self._outcome = outcome

    async def ask(self, lookup: Lookup, person: Person) -> LookupOutcome:
        assert lookup is CRM
        self.asked.append(person.key)
        self._now += 1
        self.most = max(self.most, self._now)
        await asyncio.sleep(0.01)
        self._now -= 1
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome or PersonFound(reading=FactReading(facts={"tier": "gold"}))

    async def close(self) -> None:
        """It holds nothing."""


@pytest.fixture
def desk(headless: HeadlessDesk) -> HeadlessDesk:
    headless.desk = replace(everyday_desk(), lookups={"crm": CRM})
    return headless


def worker(desk: HeadlessDesk, clerk: Clerk) -> Lookups:
    return Lookups(storage=desk.storage, contexts=desk.contexts, client=clerk, health=LookupHealth())


async def wanted(desk: HeadlessDesk, *people: str, lookup: str = "crm", known: bool = True) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in people:
            if known:
                uow.people.remember(Person(key=each, name=each))
            uow.lookups.put(LookupAnswer(person=each, lookup=lookup, due_at=desk.clock.now()))

    await desk.storage.run(work)


async def kept(desk: HeadlessDesk, person: str) -> list[LookupAnswer]:
    return list(await desk.storage.read(lambda uow: uow.lookups.of_person(person)))


async def test_all_that_is_due_is_asked_once_and_a_few_at_a_time(desk: HeadlessDesk) -> None:
    people = [f"web:{number}" for number in range(AT_ONCE * 2 + 1)]
    await wanted(desk, *people)
    clerk = Clerk()
    lookups = worker(desk, clerk)
    assert await lookups.tick() == len(people)
    assert sorted(clerk.asked) == sorted(people)
    assert clerk.most == AT_ONCE
    assert [each.facts for each in await kept(desk, "web:1")] == [{"tier": "gold"}]
    assert await lookups.tick() == 0


async def test_a_desk_that_looks_up_nothing_reads_nothing(headless: HeadlessDesk) -> None:
    await wanted(headless, "web:ana")
    clerk = Clerk()
    assert await worker(headless, clerk).tick() == 0
    assert clerk.asked == []


async def test_a_look_up_or_a_person_that_is_gone_is_forgotten(desk: HeadlessDesk) -> None:
    await wanted(desk, "web:nobody", known=False)
    await wanted(desk, "web:eve", lookup="removed")
    clerk = Clerk()
    await worker(desk, clerk).tick()
    assert clerk.asked == []
    assert await kept(desk, "web:nobody") == await kept(desk, "web:eve") == []


async def test_who_cannot_be_asked_about_is_not_tried_again(desk: HeadlessDesk) -> None:
    await wanted(desk, "web:eve")
    await worker(desk, Clerk(NotAskable())).tick()
    (answer,) = await kept(desk, "web:eve")
    assert (answer.due_at, answer.failures, answer.answered_at) == (None, 0, None)


async def test_what_breaks_unforeseen_is_asked_again_and_others_are_kept(desk: HeadlessDesk) -> None:
    await wanted(desk, "web:eve")
    with pytest.raises(ZeroDivisionError):
        await worker(desk, Clerk(ZeroDivisionError())).tick()
    clerk = Clerk()
    lookups = worker(desk, clerk)
    assert await lookups.tick() == 0, "whoever claimed it has a while"
    desk.clock.move(CLAIM)
    assert await lookups.tick() == 1
    assert clerk.asked == ["web:eve"]


async def test_the_cards_of_all_open_tickets_are_drawn_again_when_something_new_is_known(
    desk: HeadlessDesk,
) -> None:
    for text in ("My mouse is dead", "The wifi is gone"):
        await desk.opens(text)
    assert [
        each.content.answers for each in await desk.sent(RowKind.CARD) if isinstance(each.content, Card)
    ] == [
        (),
        (),
    ]
    await worker(desk, Clerk()).tick()
    again = [each.content for each in await desk.sent(RowKind.CARD)]
    assert [each.answers for each in again if isinstance(each, Card)] == [(("Tier", "gold"),)] * 2
    (answer,) = await kept(desk, "web:ana")
    await desk.storage.run(lambda uow: uow.lookups.put(answer.wanted(now=desk.clock.now())))
    assert await worker(desk, Clerk()).tick() == 1
    assert await desk.sent(RowKind.CARD) == [], "nothing new, nothing drawn"
