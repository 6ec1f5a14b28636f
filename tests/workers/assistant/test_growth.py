"""What a model writes is shown while it is written, to one person, at a pace; what is cut off is kept and says so."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest

from bot.cli.actions.import_requests import NoProcess
from bot.commands.catalogue import all_commands
from bot.commands.framework.dispatch import Dispatch
from bot.commands.framework.registry import Registry
from bot.domain.assistant.job import CLAIM, LONGEST_ANSWER, AssistantJob, JobStage
from bot.domain.assistant.language_model import LanguageModel, ModelTask
from bot.domain.sentence import Sentence, sentence
from bot.ports.language_model import (
    AnswerEnd,
    FailureKind,
    Heard,
    ModelAnswer,
    ModelFailure,
    ModelOutcome,
    ModelRequest,
    ToolCall,
)
from bot.ports.platform import Capabilities
from bot.services.assistant.jobs import JOB, is_told_anew
from bot.workers.assistant.assistant_jobs import AssistantJobsWorker
from bot.workers.assistant.growth import SLOWER_AFTER, Growth, Pace
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.workers.assistant.asked import AnswersAlone, job, wanted

MODEL = LanguageModel(url="http://127.0.0.1:9/v1", model="tiny", teams=frozenset({"it"}))
PAUSE_S = 0.01


@dataclass
class Writer(AnswersAlone):
    """Writes what it is told, to whoever listens, and then gives this outcome."""

    outcome: ModelOutcome
    listeners: list[Heard] = field(default_factory=list)
    ends: asyncio.Event = field(default_factory=asyncio.Event)

    async def complete(
        self, model: LanguageModel, request: ModelRequest, heard: Heard | None = None
    ) -> ModelOutcome:
        self.listeners += [heard] if heard else []
        await self.ends.wait()
        return self.outcome

    async def writes(self, text: str) -> None:
        while not self.listeners:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        self.listeners[-1](text)


@pytest.fixture
async def desk(headless: HeadlessDesk) -> HeadlessDesk:
    headless.desk = replace(everyday_desk(), language_model=MODEL)
    await headless.opens("My mouse is dead")
    return headless


@asynccontextmanager
async def at_work(desk: HeadlessDesk, writer: Writer, *, ends: bool = True) -> AsyncIterator[None]:
    """A worker that does what is wanted; it has ended once the block has, and the writer with it."""
    worker = AssistantJobsWorker(
        storage=desk.storage,
        contexts=desk.contexts,
        client=writer,
        dispatch=Dispatch(Registry(all_commands()), NoProcess()),
        pace=Pace(PAUSE_S),
    )
    ticking = asyncio.create_task(worker.tick())
    try:
        yield
    finally:
        if ends:
            writer.ends.set()
        else:
            ticking.cancel()
        await asyncio.wait({ticking})


async def told(desk: HeadlessDesk, number: int, *, part: str = "") -> object:
    return await desk.storage.read(lambda uow: uow.outbox.payload_of(f"{JOB}:{number}{part}"))


async def is_gone(desk: HeadlessDesk, number: int) -> bool:
    """Whether the message that showed a part of it is to be removed."""
    ended = await job(desk, number)
    return await desk.storage.read(lambda uow: is_told_anew(uow, ended, key=f"{JOB}:{number}"))


async def until(desk: HeadlessDesk, number: int, is_so: Callable[[AssistantJob], bool]) -> None:
    async with asyncio.timeout(30):
        while not is_so(await job(desk, number)):  # noqa: ASYNC110
            await asyncio.sleep(0.002)


async def test_an_answer_grows_in_one_message_which_becomes_the_whole(desk: HeadlessDesk) -> None:
    number = await wanted(desk)
    writer = Writer(ModelAnswer(text="It is the cable."))
    async with at_work(desk, writer):
        await writer.writes("It is th")
        await until(desk, number, lambda found: found.answer == "It is")
        assert (await job(desk, number)).stage is JobStage.WAITING
        assert await told(desk, number) == {JOB: number}
        await writer.writes("It is the cab")
        await until(desk, number, lambda found: found.answer == "It is the")
    ended = await job(desk, number)
    assert (ended.stage, ended.answer, ended.failure) == (JobStage.ANSWERED, "It is the cable.", None)
    assert await told(desk, number, part=":whole") is None
    assert not await is_gone(desk, number)


async def test_where_the_whole_has_no_room_in_that_message_it_is_told_anew(desk: HeadlessDesk) -> None:
    desk.contexts.capabilities["web"] = Capabilities(message_length=700)  # type: ignore[index]
    number = await wanted(desk)
    text = "cable " * 60
    writer = Writer(ModelAnswer(text=text))
    async with at_work(desk, writer):
        await writer.writes(text)
        await until(desk, number, lambda found: found.answer.endswith("…"))
        assert len((await job(desk, number)).answer) < 100
    assert (await job(desk, number)).answer == text.strip()
    assert await told(desk, number, part=":whole") == {JOB: number}
    assert await is_gone(desk, number)


async def test_an_answer_that_is_there_at_once_is_not_shown_in_part(desk: HeadlessDesk) -> None:
    number = await wanted(desk)
    writer = Writer(ModelAnswer(text="It is the cable."))
    writer.ends.set()
    async with at_work(desk, writer):
        await writer.writes("It is the")
    assert (await job(desk, number)).stage is JobStage.ANSWERED
    assert await told(desk, number) == {JOB: number}, "the worker tells it once, as a whole"


def failure(kind: FailureKind) -> ModelFailure:
    return ModelFailure(kind, sentence("operations.model_garbage", model="tiny", host="host"))


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        (failure(FailureKind.SLOW), "slow"),
        (failure(FailureKind.BROKEN), "midway"),
        (failure(FailureKind.BUSY), "midway"),
        (ModelAnswer(text="It is the ca", end=AnswerEnd.MIDWAY), "midway"),
        (ModelAnswer(text="It is the ca", end=AnswerEnd.LONG), "long"),
    ],
)
async def test_what_is_cut_off_is_kept_and_says_why(
    desk: HeadlessDesk, outcome: ModelOutcome, why: str
) -> None:
    number = await wanted(desk)
    writer = Writer(outcome)
    async with at_work(desk, writer):
        await writer.writes("It is the ca")
    cut = await job(desk, number)
    assert (cut.stage, cut.answer, cut.due_at) == (JobStage.ANSWERED, "It is the", None)
    assert cut.failure == Sentence(f"assistant.failed_{why}")


async def test_an_answer_longer_than_anything_shows_says_so(desk: HeadlessDesk) -> None:
    number = await wanted(desk)
    writer = Writer(ModelAnswer(text="cable " * LONGEST_ANSWER))
    writer.ends.set()
    async with at_work(desk, writer):
        await until(desk, number, lambda found: found.stage is JobStage.ANSWERED)
    cut = await job(desk, number)
    assert len(cut.answer) <= LONGEST_ANSWER
    assert cut.failure == Sentence("assistant.failed_long")


async def test_what_a_process_that_died_has_shown_is_kept_when_nobody_can_go_on(desk: HeadlessDesk) -> None:
    number = await wanted(desk)
    for text in ("It is ", "It is the "):
        writer = Writer(ModelAnswer(text=""))
        async with at_work(desk, writer, ends=False):
            await writer.writes(text)
            await until(desk, number, lambda found, text=text: found.answer == text.strip())  # type: ignore[misc]
        desk.clock.move(CLAIM)
    writer = Writer(ModelAnswer(text=""))
    async with at_work(desk, writer):
        await until(desk, number, lambda found: found.stage is not JobStage.WAITING)
    cut = await job(desk, number)
    assert (cut.stage, cut.answer) == (JobStage.ANSWERED, "It is the")
    assert cut.failure is not None
    assert writer.listeners == []


async def test_whoever_was_too_slow_shows_nothing_any_more(desk: HeadlessDesk) -> None:
    number = await wanted(desk)
    writer = Writer(ModelAnswer(text="It is the mouse."))
    async with at_work(desk, writer, ends=False):
        await writer.writes("It is ")
        await until(desk, number, lambda found: found.answer == "It is")
        desk.clock.move(CLAIM)
        other = Writer(ModelAnswer(text="It is the cable."))
        async with at_work(desk, other):
            await other.writes("No ")
            await until(desk, number, lambda found: found.answer == "No")
            await writer.writes("It is the mouse ")
            await asyncio.sleep(30 * PAUSE_S)
            assert (await job(desk, number)).answer == "No"
    assert (await job(desk, number)).answer == "It is the cable."


async def test_a_long_answer_holds_up_nobody_else(desk: HeadlessDesk) -> None:
    first = await wanted(desk)
    slow = Writer(ModelAnswer(text="It is the cable."))
    async with at_work(desk, slow):
        await slow.writes("It is ")
        second = await wanted(desk)
        async with asyncio.timeout(30):
            while len(slow.listeners) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await slow.writes("The other ")
        await until(desk, second, lambda found: found.answer == "The other")
        assert (await job(desk, first)).answer == "It is"


@pytest.mark.parametrize("end", [AnswerEnd.MIDWAY, AnswerEnd.LONG])
async def test_half_a_plan_is_none_and_nothing_of_one_is_shown_before_it_is_whole(
    desk: HeadlessDesk, end: AnswerEnd
) -> None:
    number = await wanted(desk, task=ModelTask.ASK)
    calls = (ToolCall("1", "propose", {"commands": ["/desk close IT-1"]}),)
    writer = Writer(ModelAnswer(text="/desk close IT-1", calls=calls, end=end))
    async with at_work(desk, writer):
        await asyncio.sleep(5 * PAUSE_S)
        assert writer.listeners == []
    failed = await job(desk, number)
    assert (failed.stage, failed.failure) == (JobStage.FAILED, Sentence("assistant.failed_midway"))


async def test_many_answers_together_are_looked_at_no_more_often_than_one() -> None:
    pace = Pace(10)
    assert pace.turn_s() == 0
    assert 9 < pace.turn_s() <= 10
    assert 19 < pace.turn_s() <= 20


async def test_a_long_answer_is_looked_at_ever_more_rarely() -> None:
    shown: list[str] = []

    async def show(text: str) -> None:
        shown.append(text)

    async with Growth(Pace(PAUSE_S), show) as growth:
        async with asyncio.timeout(30):
            while len(shown) < SLOWER_AFTER:
                growth.hear(f"{len(shown)}")
                await asyncio.sleep(0.001)
        began = len(shown)
        loop = asyncio.get_running_loop()
        at = loop.time()
        while len(shown) == began:
            growth.hear("more")
            await asyncio.sleep(0.001)
        assert loop.time() - at > 1.5 * PAUSE_S
    assert len(shown) == SLOWER_AFTER + 1
