"""What agents ask of a language model is asked once, outside of transactions, and done once; nothing is lost."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.cli.actions.import_requests import NoProcess
from bot.commands.catalogue import all_commands
from bot.commands.framework.dispatch import Dispatch
from bot.commands.framework.registry import Registry
from bot.domain.assistant.job import CLAIM, JobStage
from bot.domain.assistant.language_model import LanguageModel, ModelTask
from bot.domain.sentence import sentence
from bot.domain.tickets.ticket import Status
from bot.ports.language_model import (
    FailureKind,
    Heard,
    ModelAnswer,
    ModelFailure,
    ModelOutcome,
    ModelRequest,
    ToolCall,
)
from bot.ports.unit_of_work import UnitOfWork
from bot.workers.assistant.assistant_jobs import AssistantJobsWorker
from tests.fakes.desk.desk_without_platform import BO
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.workers.assistant.asked import AnswersAlone, job, wanted

MODEL = LanguageModel(url="http://127.0.0.1:9/v1", model="tiny", teams=frozenset({"it"}), most_requests=3)


class Parrot(AnswersAlone):
    """Gives this outcome whatever it is asked, after a moment."""

    def __init__(self, outcome: ModelOutcome | Exception) -> None:
        self.asked: list[ModelRequest] = []
        self._outcome = outcome

    async def complete(
        self, model: LanguageModel, request: ModelRequest, heard: Heard | None = None
    ) -> ModelOutcome:
        assert model is MODEL
        self.asked.append(request)
        await asyncio.sleep(0.01)
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome


class NoStorage:
    """Fails whoever touches it."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"storage was asked to {name}")


@pytest.fixture
def desk(headless: HeadlessDesk) -> HeadlessDesk:
    headless.desk = replace(everyday_desk(), language_model=MODEL)
    return headless


def worker(desk: HeadlessDesk, parrot: Parrot) -> AssistantJobsWorker:
    dispatch = Dispatch(Registry(all_commands()), NoProcess())
    return AssistantJobsWorker(storage=desk.storage, contexts=desk.contexts, client=parrot, dispatch=dispatch)


async def test_a_desk_without_a_model_reads_nothing_for_it(headless: HeadlessDesk) -> None:
    without = AssistantJobsWorker(
        storage=NoStorage(),
        contexts=headless.contexts,
        client=Parrot(ModelAnswer(text="")),
        dispatch=Dispatch(Registry(all_commands()), NoProcess()),
    )
    assert await without.tick() == 0


async def test_replicas_ask_once(desk: HeadlessDesk) -> None:
    await desk.opens("My mouse is dead")
    number = await wanted(desk)
    parrot = Parrot(ModelAnswer(text="It is the cable.", tokens=7))
    done = await asyncio.gather(*(worker(desk, parrot).tick() for _ in range(3)))
    assert sum(done) == 1
    assert len(parrot.asked) == 1
    assert (await job(desk, number)).answer == "It is the cable."


async def test_what_a_replica_left_behind_is_asked_again_twice_at_most(desk: HeadlessDesk) -> None:
    await desk.opens("My mouse is dead")
    number = await wanted(desk)
    parrot = Parrot(ModelAnswer(text="It is the cable."))

    def die(uow: UnitOfWork) -> None:
        now = desk.clock.now()
        assert uow.assistant_jobs.claim(now=now, until=now + CLAIM, limit=1)

    await desk.storage.run(die)
    assert await worker(desk, parrot).tick() == 0
    desk.clock.move(CLAIM)
    await desk.storage.run(die)
    desk.clock.move(CLAIM)
    assert await worker(desk, parrot).tick() == 1
    assert parrot.asked == []
    assert (await job(desk, number)).stage is JobStage.FAILED


@pytest.mark.parametrize(
    "outcome",
    [
        RuntimeError("a bug"),
        ModelAnswer(text="  "),
        ModelFailure(FailureKind.BROKEN, sentence("operations.model_garbage", model="tiny", host="host")),
    ],
)
async def test_whatever_fails_is_told_once(desk: HeadlessDesk, outcome: ModelOutcome | Exception) -> None:
    await desk.opens("My mouse is dead")
    number = await wanted(desk)
    assert await worker(desk, Parrot(outcome)).tick() == 1
    failed = await job(desk, number)
    assert (failed.stage, failed.failure) == (JobStage.FAILED, sentence("assistant.failed_broken"))
    assert await worker(desk, Parrot(outcome)).tick() == 0


async def test_an_agreed_plan_goes_on_where_another_process_stopped(desk: HeadlessDesk) -> None:
    await desk.opens("My mouse is dead")
    number = await wanted(desk, task=ModelTask.ASK)
    commands = ["/desk claim IT-1", "/desk reply IT-1 On its way"]
    parrot = Parrot(ModelAnswer(text="", calls=(ToolCall("1", "propose", {"commands": commands}),)))
    await worker(desk, parrot).tick()
    planned = await job(desk, number)
    assert [each.command for each in planned.steps] == commands

    def agree_and_die(uow: UnitOfWork) -> None:
        kept = uow.assistant_jobs.lock(number)
        assert kept is not None
        kept.agree(person=BO.key, at=desk.clock.now())
        kept.note_step(0, outcome="done by the one that died", is_refused=False)
        uow.assistant_jobs.save(kept)

    await desk.storage.run(agree_and_die)
    await asyncio.gather(*(worker(desk, parrot).tick() for _ in range(3)))
    done = await job(desk, number)
    assert done.stage is JobStage.DONE
    ticket = await desk.storage.read(lambda uow: uow.tickets.find("IT", 1))
    assert ticket is not None
    assert ticket.assignee is None, "the first command was done already"
    assert ticket.status is Status.OPEN
    said = await desk.storage.read(lambda uow: uow.messages.said_in_public(ticket.id))
    assert [each.text for each in said] == ["My mouse is dead", "On its way"]
