"""What a language model is asked is kept, taken up once, and counted by the day on both databases."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from bot.domain.assistant.job import AssistantJob, JobStage
from bot.domain.assistant.language_model import ModelTask
from bot.domain.sentence import sentence
from bot.ports.unit_of_work import Storage, UnitOfWork

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def job(number: int, **changes: object) -> AssistantJob:
    given: dict[str, object] = {
        "id": number,
        "task": ModelTask.ASK,
        "person": "web:bo",
        "words": "old VPN tickets",
        "language": "de",
        "asked_at": NOW,
        "due_at": NOW,
    }
    return AssistantJob(**(given | changes))  # type: ignore[arg-type]


async def test_a_job_comes_back_as_it_was_kept(storage: Storage) -> None:
    kept = job(1)
    await storage.run(lambda uow: uow.assistant_jobs.add(kept))
    assert await storage.read(lambda uow: uow.assistant_jobs.get(1)) == kept
    kept.planned(("/desk claim IT-1", "/desk close IT-2"), text="Both are \0 old", model="tiny")
    kept.sources = (("IT-7 No VPN", "https://chat.example/7"),)
    kept.failure = sentence("assistant.failed_slow")
    await storage.run(lambda uow: uow.assistant_jobs.save(kept))
    found = await storage.read(lambda uow: uow.assistant_jobs.get(1))
    assert found is not None
    assert found.answer == "Both are � old"
    found.answer = kept.answer
    assert found == kept
    assert await storage.read(lambda uow: uow.assistant_jobs.get(2)) is None


async def test_what_is_due_is_taken_up_once_and_again_when_nobody_ends_it(storage: Storage) -> None:
    def claim(uow: UnitOfWork, now: datetime) -> list[int]:
        until = now + timedelta(minutes=10)
        return [each.id for each in uow.assistant_jobs.claim(now=now, until=until, limit=5)]

    def add(uow: UnitOfWork) -> None:
        uow.assistant_jobs.add(job(1))
        uow.assistant_jobs.add(job(2, due_at=NOW + timedelta(hours=1)))
        uow.assistant_jobs.add(job(3, due_at=None, stage=JobStage.ANSWERED))

    await storage.run(add)
    assert await storage.read(lambda uow: uow.assistant_jobs.next_due_at()) == NOW
    both = await asyncio.gather(*(storage.run(lambda uow: claim(uow, NOW)) for _ in range(2)))
    assert sorted(both) == [[], [1]]
    assert await storage.run(lambda uow: claim(uow, NOW + timedelta(minutes=11))) == [1]
    found = await storage.read(lambda uow: uow.assistant_jobs.get(1))
    assert found is not None
    assert found.tries == 2
    assert await storage.read(lambda uow: uow.assistant_jobs.waiting_of("web:bo")) == 2
    assert await storage.read(lambda uow: uow.assistant_jobs.waiting_of("web:cleo")) == 0


async def test_what_is_old_and_done_is_forgotten(storage: Storage) -> None:
    def add(uow: UnitOfWork) -> None:
        uow.assistant_jobs.add(job(1, due_at=None))
        uow.assistant_jobs.add(job(2))
        uow.assistant_jobs.forget_before(NOW + timedelta(seconds=1))

    await storage.run(add)
    assert await storage.read(lambda uow: uow.assistant_jobs.get(1)) is None
    assert await storage.read(lambda uow: uow.assistant_jobs.get(2)) is not None


async def test_the_day_is_spent_by_all_replicas_together_and_never_above_its_limit(storage: Storage) -> None:
    def spend(uow: UnitOfWork) -> bool:
        return uow.assistant_jobs.spend(TODAY, tokens=100, most_requests=3, most_tokens=None)

    spent = await asyncio.gather(*(storage.run(spend) for _ in range(5)))
    assert sorted(spent) == [False, False, True, True, True]
    assert await storage.read(lambda uow: uow.assistant_jobs.spent(TODAY)) == (3, 300)
    assert await storage.read(lambda uow: uow.assistant_jobs.spent(date(2026, 3, 3))) == (0, 0)


async def test_tokens_are_corrected_once_they_are_known(storage: Storage) -> None:
    def spend(uow: UnitOfWork, tokens: int) -> bool:
        return uow.assistant_jobs.spend(TODAY, tokens=tokens, most_requests=None, most_tokens=1_000)

    assert await storage.run(lambda uow: spend(uow, 1_000))
    assert not await storage.run(lambda uow: spend(uow, 1))
    await storage.run(lambda uow: uow.assistant_jobs.correct(TODAY, tokens=-900))
    assert await storage.run(lambda uow: spend(uow, 900))
