"""Asks the language model what agents wanted of it, outside of every transaction, and does the plans they agreed to.

What is wanted is a row, so a restart forgets nothing; who claims a row works on it, and the others leave it alone. An
answer that comes twice is written once. What comes of one is shown while it is written; cut off, it is kept.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog

from bot.commands.framework.dispatch import Dispatch
from bot.domain.assistant.job import CLAIM, LONGEST_ANSWER, MOST_TRIES, AssistantJob, JobStage
from bot.domain.assistant.language_model import LanguageModel, ModelTask
from bot.domain.assistant.prompt import Prompt, Source
from bot.domain.directory import Person
from bot.domain.errors import TicketNotFound
from bot.domain.sentence import Sentence, sentence
from bot.ports.language_model import (
    AnswerEnd,
    ChatMessage,
    FailureKind,
    LanguageModelClient,
    ModelAnswer,
    ModelFailure,
    ModelOutcome,
    ModelRequest,
)
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.assistant.jobs import (
    model_for_person,
    model_for_ticket,
    show_again,
    tell_answer,
    tell_so_far,
)
from bot.services.assistant.prompts import names_to_hide, prompt_of, report_prompt
from bot.services.assistant.room import as_much_as_fits
from bot.services.assistant.sources import sources_for
from bot.services.context.context import Context, ContextFactory
from bot.services.context.sight import Sight
from bot.workers.assistant.growth import Growth, Pace
from bot.workers.assistant.plans import Plans

log = structlog.get_logger(__name__)

AT_ONCE: Final = 4
"""Questions that are under way at a time."""
LONGEST_TICK_S: Final = 60.0
"""After this time a tick takes up nothing more. Monotonic time."""
LOOK_S: Final = 0.5
"""How often a tick looks for more, while it waits for answers."""
NO_MODEL: Final = sentence("assistant.failed_gone")
NOT_SEEN: Final = sentence("assistant.failed_unseen")
KEPT_BACK: Final = sentence("assistant.failed_kept_back")
SPENT: Final = sentence("assistant.failed_budget")
FAILED: Final = sentence("assistant.failed_broken")
CUT_OFF: Final = {
    AnswerEnd.LONG: sentence("assistant.failed_long"),
    AnswerEnd.MIDWAY: sentence("assistant.failed_midway"),
    AnswerEnd.SLOW: sentence("assistant.failed_slow"),
}
"""Why an answer is not whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one job asks; made in a transaction, asked outside."""

    model: LanguageModel
    prompt: Prompt
    sources: tuple[tuple[str, str], ...] = ()


class AssistantJobsWorker:
    def __init__(
        self,
        *,
        storage: Storage,
        contexts: ContextFactory,
        client: LanguageModelClient,
        dispatch: Dispatch,
        pace: Pace | None = None,
    ) -> None:
        self._storage = storage
        self._contexts = contexts
        self._client = client
        self.pace = pace or Pace()
        self._plans = Plans(storage=storage, dispatch=dispatch, ask=self._ask, context=self._context)

    async def tick(self) -> int:
        """Work on what is due; returns how many were taken up. Without a model nothing is looked for.

        Who asks while others wait for long answers is not held up by them.
        """
        done, until = 0, time.monotonic() + LONGEST_TICK_S
        working: set[asyncio.Task[None]] = set()
        failed: BaseException | None = None
        try:
            while True:
                room = AT_ONCE - len(working) if time.monotonic() < until else 0
                claimed = await self._taken_up(room) if room else []
                working |= {asyncio.create_task(self._work_on(each)) for each in claimed}
                done += len(claimed)
                if not working:
                    break
                ended, working = await asyncio.wait(
                    working, timeout=LOOK_S, return_when=asyncio.FIRST_COMPLETED
                )
                failed = next(filter(None, (each.exception() for each in ended)), failed)
        finally:
            for each in working:
                each.cancel()
            if working:
                await asyncio.wait(working)
        if failed is not None:
            raise failed
        return done

    async def _taken_up(self, most: int) -> list[AssistantJob]:
        if self._contexts.desk().language_model is None or not await self._storage.read(self._is_due):
            return []
        return await self._storage.run(partial(self._claim, most=most))

    def _is_due(self, uow: UnitOfWork) -> bool:
        due_at = uow.assistant_jobs.next_due_at()
        return due_at is not None and due_at <= self._contexts.clock.now()

    def _claim(self, uow: UnitOfWork, *, most: int) -> list[AssistantJob]:
        now = self._contexts.clock.now()
        return list(uow.assistant_jobs.claim(now=now, until=now + CLAIM, limit=most))

    async def _work_on(self, job: AssistantJob) -> None:
        """One that fails for no fault of anybody's says so, and holds up no other."""
        try:
            if job.stage is JobStage.AGREED:
                await self._plans.carry_out(job)
            elif job.tries > MOST_TRIES:
                await self._end(job, lambda kept: kept.failed(FAILED))
            elif job.task is ModelTask.ASK:
                await self._plan(job)
            else:
                await self._answer(job)
        except Exception:
            log.exception("a language model could not be asked", job=job.id, task=job.task)
            await self._end(job, lambda kept: kept.failed(FAILED))

    async def _answer(self, job: AssistantJob) -> None:
        question = await self._storage.read(partial(self._question, job=job))
        if isinstance(question, Sentence):
            await self._end(job, lambda kept: kept.failed(question))
            return
        request = ModelRequest(
            model=question.model.model_for(job.task),
            messages=(
                ChatMessage("system", question.prompt.system),
                ChatMessage("user", question.prompt.data),
            ),
        )
        prompt, named, sources = question.prompt, request.model, question.sources

        async def show(heard: str) -> None:
            text = shortened(prompt.named_so_far(heard))
            if text:
                await self._storage.run(partial(self._show_so_far, job=job, text=text, model=named))

        async with Growth(self.pace, show) as growth:
            outcome = await self._ask(question.model, request, growth)
        if isinstance(outcome, Sentence):
            await self._end(job, lambda kept: kept.failed(outcome))
            return
        is_whole = outcome.end is AnswerEnd.WHOLE
        text = prompt.named_again(outcome.text) if is_whole else prompt.named_so_far(outcome.text)
        is_cut = not is_whole or len(text) > LONGEST_ANSWER
        cut = (CUT_OFF.get(outcome.end) or CUT_OFF[AnswerEnd.LONG]) if is_cut else None
        if not text.strip():
            await self._end(job, lambda kept: kept.failed(cut or FAILED))
            return
        short = shortened(text)
        await self._end(job, lambda kept: kept.answered(short, model=named, sources=sources, cut=cut))

    def _show_so_far(self, uow: UnitOfWork, *, job: AssistantJob, text: str, model: str) -> None:
        """Unless it has ended, or somebody else works on it by now."""
        kept = uow.assistant_jobs.lock(job.id)
        if kept is None or kept.stage is not JobStage.WAITING or kept.tries != job.tries:
            return
        context = self._context(uow, kept)
        fitting = as_much_as_fits(context, kept, text)
        if fitting != kept.answer:
            tell_so_far(context, kept, fitting, model=model)

    async def _plan(self, job: AssistantJob) -> None:
        model = await self._storage.read(
            lambda uow: model_for_person(self._contexts.desk(), self._context(uow, job).actor)
        )
        found = KEPT_BACK if model is None else await self._plans.proposal(job, model)
        if model is None or isinstance(found, Sentence):
            why = found if isinstance(found, Sentence) else KEPT_BACK
            await self._end(job, lambda kept: kept.failed(why))
            return
        named, proposal = model.model_for(job.task), found
        if not proposal.commands:
            await self._end(job, lambda kept: kept.answered(proposal.remark, model=named))
            return
        await self._end(job, lambda kept: kept.planned(proposal.commands, text=proposal.remark, model=named))

    async def _ask(
        self, model: LanguageModel, request: ModelRequest, growth: Growth | None = None
    ) -> ModelAnswer | Sentence:
        """The answer, or what to tell who asked. The budget is spent first, so that replicas never spend it twice.

        What was heard of an answer before it failed is one that is cut off.
        """
        day = self._contexts.clock.now().date()
        if not await self._storage.run(lambda uow: _spend(uow, model, request, self._contexts)):
            return SPENT
        outcome: ModelOutcome = await self._client.complete(model, request, growth.hear if growth else None)
        if isinstance(outcome, ModelFailure):
            log.warning("the language model gave no answer", kind=outcome.kind, reason=str(outcome.why))
            if growth is not None and growth.heard.strip():
                is_slow = outcome.kind is FailureKind.SLOW
                return ModelAnswer(text=growth.heard, end=AnswerEnd.SLOW if is_slow else AnswerEnd.MIDWAY)
            return outcome.for_agent
        if outcome.tokens is not None and model.most_tokens is not None:
            more = outcome.tokens - request.size
            await self._storage.run(lambda uow: uow.assistant_jobs.correct(day, tokens=more))
        return outcome

    def _question(self, uow: UnitOfWork, *, job: AssistantJob) -> Question | Sentence:
        """What is to be asked, with the rights of this moment; or why nothing is."""
        context = self._context(uow, job)
        if context.desk.language_model is None:
            return NO_MODEL
        if job.ticket is None:
            return self._general_question(context, job)
        try:
            ticket = uow.tickets.get(job.ticket)
        except TicketNotFound:
            return NOT_SEEN
        if context.sight(ticket) is not Sight.TEAMS_SIDE:
            return NOT_SEEN
        model = model_for_ticket(context.desk, ticket)
        if model is None:
            return KEPT_BACK
        messages = uow.messages.of_ticket(ticket.id)
        sources: tuple[Source, ...] = ()
        if job.task is ModelTask.DRAFT:
            asked = next((each.text for each in messages if each.id == ticket.opening), "")
            sources = tuple(sources_for(context, ticket, asked=asked))
        names = names_to_hide(context.desk, messages)
        prompt = prompt_of(job, ticket, messages, sources=sources, names=names)
        shown = tuple((each.title, each.link) for each in sources)
        return Question(model=model, prompt=prompt, sources=shown)

    @staticmethod
    def _general_question(context: Context, job: AssistantJob) -> Question | Sentence:
        model = model_for_person(context.desk, context.actor)
        if model is None:
            return KEPT_BACK
        return Question(model=model, prompt=report_prompt(job.words, language=context.language))

    async def _end(self, job: AssistantJob, change: Callable[[AssistantJob], None]) -> None:
        """Write what came of it, once, and tell its person."""

        def end(uow: UnitOfWork) -> None:
            kept = uow.assistant_jobs.lock(job.id)
            if kept is None or kept.stage is not job.stage:
                return
            context = self._context(uow, kept)
            is_begun = kept.is_begun
            change(kept)
            uow.assistant_jobs.save(kept)
            tell_answer(context, kept, is_begun=is_begun)
            if job.stage is not JobStage.WAITING:
                show_again(context, kept)

        await self._storage.run(end)

    def _context(self, uow: UnitOfWork, job: AssistantJob) -> Context:
        person = uow.people.find(job.person) or Person(key=job.person, name=job.person)
        return self._contexts.context(uow, person)


def shortened(text: str) -> str:
    """As much as everything that shows it has room for."""
    text = text.strip()
    return text if len(text) <= LONGEST_ANSWER else f"{text[: LONGEST_ANSWER - 1].rstrip()}…"


def _spend(uow: UnitOfWork, model: LanguageModel, request: ModelRequest, contexts: ContextFactory) -> bool:
    if model.most_requests is None and model.most_tokens is None:
        return True
    return uow.assistant_jobs.spend(
        contexts.clock.now().date(),
        tokens=request.size,
        most_requests=model.most_requests,
        most_tokens=model.most_tokens,
    )
