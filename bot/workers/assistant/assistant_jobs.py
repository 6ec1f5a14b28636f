"""Asks the language model what agents wanted of it, outside of every transaction, and does the plans they agreed to.

What is wanted is a row, so a restart forgets nothing; who claims a row works on it, and the others leave it alone. An
answer that comes twice is written once.
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
    ChatMessage,
    LanguageModelClient,
    ModelAnswer,
    ModelFailure,
    ModelOutcome,
    ModelRequest,
)
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.assistant.jobs import model_for_person, model_for_ticket, show_again, tell_answer
from bot.services.assistant.prompts import names_to_hide, prompt_of, report_prompt
from bot.services.assistant.sources import sources_for
from bot.services.context.context import Context, ContextFactory
from bot.services.context.sight import Sight
from bot.workers.assistant.plans import Plans

log = structlog.get_logger(__name__)

AT_ONCE: Final = 4
"""Questions that are under way at a time."""
LONGEST_TICK_S: Final = 4.0
"""After this time a tick begins nothing more. Monotonic time."""
NO_MODEL: Final = sentence("assistant.failed_gone")
NOT_SEEN: Final = sentence("assistant.failed_unseen")
KEPT_BACK: Final = sentence("assistant.failed_kept_back")
SPENT: Final = sentence("assistant.failed_budget")
FAILED: Final = sentence("assistant.failed_broken")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one job asks; made in a transaction, asked outside."""

    model: LanguageModel
    prompt: Prompt
    sources: tuple[tuple[str, str], ...] = ()


class AssistantJobsWorker:
    def __init__(
        self, *, storage: Storage, contexts: ContextFactory, client: LanguageModelClient, dispatch: Dispatch
    ) -> None:
        self._storage = storage
        self._contexts = contexts
        self._client = client
        self._plans = Plans(storage=storage, dispatch=dispatch, ask=self._ask, context=self._context)

    async def tick(self) -> int:
        """Work on what is due; returns how many were taken up. Without a model nothing is looked for."""
        done, until = 0, time.monotonic() + LONGEST_TICK_S
        while time.monotonic() < until:
            if self._contexts.desk().language_model is None or not await self._storage.read(self._is_due):
                break
            claimed = await self._storage.run(self._claim)
            await asyncio.gather(*map(self._work_on, claimed))
            done += len(claimed)
        return done

    def _is_due(self, uow: UnitOfWork) -> bool:
        due_at = uow.assistant_jobs.next_due_at()
        return due_at is not None and due_at <= self._contexts.clock.now()

    def _claim(self, uow: UnitOfWork) -> list[AssistantJob]:
        now = self._contexts.clock.now()
        return list(uow.assistant_jobs.claim(now=now, until=now + CLAIM, limit=AT_ONCE))

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
        outcome = await self._ask(question.model, request)
        if isinstance(outcome, Sentence):
            await self._end(job, lambda kept: kept.failed(outcome))
            return
        text = shortened(question.prompt.named_again(outcome.text))
        if not text:
            await self._end(job, lambda kept: kept.failed(FAILED))
            return
        named, sources = request.model, question.sources
        await self._end(job, lambda kept: kept.answered(text, model=named, sources=sources))

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

    async def _ask(self, model: LanguageModel, request: ModelRequest) -> ModelAnswer | Sentence:
        """The answer, or what to tell who asked. The budget is spent first, so that replicas never spend it twice."""
        day = self._contexts.clock.now().date()
        if not await self._storage.run(lambda uow: _spend(uow, model, request, self._contexts)):
            return SPENT
        outcome: ModelOutcome = await self._client.complete(model, request)
        if isinstance(outcome, ModelFailure):
            log.warning("the language model gave no answer", kind=outcome.kind, reason=str(outcome.why))
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
            change(kept)
            uow.assistant_jobs.save(kept)
            tell_answer(context, kept)
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
