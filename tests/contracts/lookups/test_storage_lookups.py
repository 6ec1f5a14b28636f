"""What every storage promises about what other systems said of people."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.lookups.lookup_answer import LookupAnswer
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW

UNTIL = NOW + timedelta(minutes=1)
WHOLE = LookupAnswer(
    person="web:ana",
    lookup="crm",
    question="abc",
    facts={"tier": "gold", "devices": "L-204\nL-205", "odd": "ünï\x00"},
    answered_at=NOW,
    failures=2,
    due_at=UNTIL,
)


async def test_an_answer_is_kept_whole_and_replaces_the_one_before_it(storage: Storage) -> None:
    await storage.run(lambda uow: uow.lookups.put(WHOLE))
    (kept,) = await storage.read(lambda uow: uow.lookups.of_person("web:ana"))
    assert kept == replace(WHOLE, facts={**WHOLE.facts, "odd": "ünï\N{REPLACEMENT CHARACTER}"})
    plain = LookupAnswer(person="web:ana", lookup="crm")
    await storage.run(lambda uow: uow.lookups.put(plain))
    assert await storage.read(lambda uow: uow.lookups.of_person("web:ana")) == [plain]


async def test_answers_about_many_are_read_together(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for person, lookup in (("web:ana", "hr"), ("web:ana", "crm"), ("web:bo", "crm"), ("web:lee", "crm")):
            uow.lookups.put(LookupAnswer(person=person, lookup=lookup))

    await storage.run(work)
    found = await storage.read(lambda uow: uow.lookups.of_people({"web:ana", "web:bo", "web:nobody"}))
    assert {person: [each.lookup for each in answers] for person, answers in found.items()} == {
        "web:ana": ["crm", "hr"],
        "web:bo": ["crm"],
    }


async def test_what_is_due_is_claimed_once_the_longest_waiting_first(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for minutes, person in enumerate(["web:c", "web:b", "web:a", "web:later"]):
            due_at = NOW - timedelta(minutes=3 - minutes)
            later = due_at if person != "web:later" else NOW + timedelta(seconds=1)
            uow.lookups.put(LookupAnswer(person=person, lookup="crm", due_at=later))
        uow.lookups.put(LookupAnswer(person="web:nobody-asks", lookup="crm"))

    await storage.run(work)
    assert await storage.read(lambda uow: uow.lookups.next_due_at()) == NOW - timedelta(minutes=3)
    first = await storage.run(lambda uow: uow.lookups.claim(now=NOW, until=UNTIL, limit=2))
    assert {each.person for each in first} == {"web:b", "web:c"}
    assert {each.due_at for each in first} == {UNTIL}
    rest = await storage.run(lambda uow: uow.lookups.claim(now=NOW, until=UNTIL, limit=9))
    assert [each.person for each in rest] == ["web:a"]
    assert await storage.run(lambda uow: uow.lookups.claim(now=NOW, until=UNTIL, limit=9)) == []
    again = await storage.run(lambda uow: uow.lookups.claim(now=UNTIL, until=UNTIL, limit=9))
    assert len(again) == 4, "whoever claimed and never came back leaves it to others"


async def test_what_is_forgotten_is_gone(storage: Storage) -> None:
    await storage.run(lambda uow: uow.lookups.put(WHOLE))
    await storage.run(lambda uow: uow.lookups.put(replace(WHOLE, lookup="hr", due_at=None)))
    await storage.run(lambda uow: uow.lookups.forget("web:ana", "crm"))
    (left,) = await storage.read(lambda uow: uow.lookups.of_person("web:ana"))
    assert left.lookup == "hr"
    assert await storage.read(lambda uow: uow.lookups.next_due_at()) is None


async def test_many_who_claim_at_once_share_what_is_due(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for number in range(30):
            uow.lookups.put(LookupAnswer(person=f"web:{number}", lookup="crm", due_at=NOW))

    await storage.run(work)
    claims = [storage.run(lambda uow: uow.lookups.claim(now=NOW, until=UNTIL, limit=5)) for _ in range(8)]
    claimed = [each.person for some in await asyncio.gather(*claims) for each in some]
    assert len(claimed) == len(set(claimed)) == 30
