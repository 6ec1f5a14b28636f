"""Plain words become a plan of commands, and a plan that its person agreed to is done: each command once.

A model may look at lists of tickets and propose commands; it does nothing. What is done is what was shown, by the
ordinary dispatch, in a transaction for each command, with the rights that the person has then.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog

from bot.commands.framework.assistant.plan import checked_plan, read_line, verbs_told
from bot.commands.framework.dispatch import Dispatch
from bot.domain.assistant import instructions
from bot.domain.assistant.job import AssistantJob, JobStage
from bot.domain.assistant.language_model import LanguageModel, ModelTask
from bot.domain.assistant.masks import masked
from bot.domain.directory import ChannelRef
from bot.domain.errors import Refused, StorageUnavailable
from bot.domain.sentence import Sentence, sentence
from bot.messages.inbound import CommandGiven, Location
from bot.messages.outbound import PrivateReply
from bot.messages.plain import plain
from bot.ports.language_model import AnswerEnd, ChatMessage, ModelAnswer, ModelRequest, Tool, ToolCall
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.assistant.jobs import show_again
from bot.services.assistant.looks import tickets_for_model
from bot.services.context.context import Context
from bot.text.error_text import explain
from bot.text.sentences import words

log = structlog.get_logger(__name__)

MOST_ROUNDS: Final = 4
"""Questions for one plan; in the last one nothing can be looked at any more."""
MOST_CALLS: Final = 3
LONGEST_REMARK: Final = 400
LONGEST_OUTCOME: Final = 300
NOTHING: Final = sentence("assistant.no_plan")
CUT_OFF: Final = sentence("assistant.failed_midway")
LOOK: Final = Tool(
    name="look",
    about=instructions.LOOK,
    parameters={"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]},
)
PROPOSE: Final = Tool(
    name="propose",
    about=instructions.PROPOSE,
    parameters={
        "type": "object",
        "properties": {
            "commands": {"type": "array", "items": {"type": "string"}},
            "remark": {"type": "string"},
        },
        "required": ["commands"],
    },
)

Asking = Callable[[LanguageModel, ModelRequest], Awaitable[ModelAnswer | Sentence]]
InContext = Callable[[UnitOfWork, AssistantJob], Context]


@dataclass(frozen=True, slots=True)
class Proposal:
    commands: tuple[str, ...]
    remark: str
    left_out: int


class Plans:
    """`ask` puts a question to the model within the budget; `context` is that of a job's person."""

    def __init__(self, *, storage: Storage, dispatch: Dispatch, ask: Asking, context: InContext) -> None:
        self._storage = storage
        self._dispatch = dispatch
        self._ask = ask
        self._context = context

    async def proposal(self, job: AssistantJob, model: LanguageModel) -> Proposal | Sentence:
        """What the model makes of the words; or why there is none."""
        system = await self._storage.read(partial(self._system, job=job))
        messages = [ChatMessage("system", system), ChatMessage("user", masked(job.words))]
        for left in reversed(range(MOST_ROUNDS)):
            request = ModelRequest(
                model=model.model_for(ModelTask.ASK),
                messages=tuple(messages),
                tools=(LOOK, PROPOSE) if left else (PROPOSE,),
                must_use="" if left else PROPOSE.name,
            )
            answer = await self._ask(model, request)
            if isinstance(answer, Sentence):
                return answer
            if answer.end is not AnswerEnd.WHOLE:  # the last command could be half of one
                return CUT_OFF
            looks = [each for each in answer.calls if each.name == LOOK.name][:MOST_CALLS]
            if not looks or any(each.name == PROPOSE.name for each in answer.calls):
                return await self._storage.read(partial(self._checked, job=job, answer=answer))
            messages.append(ChatMessage("assistant", answer.text, calls=tuple(looks)))
            for each in looks:
                seen = await self._storage.read(partial(self._seen, job=job, call=each))
                messages.append(ChatMessage("tool", seen, call=each.id))
        return NOTHING

    async def carry_out(self, job: AssistantJob) -> None:
        """All steps that are still to be done; one that is refused stops none of the others."""
        while True:
            try:
                is_more = await self._storage.run(partial(self._do_next, job_id=job.id))
            except StorageUnavailable:
                raise
            except Refused as refused:
                is_more = await self._storage.run(partial(self._refuse_next, job_id=job.id, refused=refused))
            except Exception:
                log.exception("a command of a plan failed", job=job.id)
                is_more = await self._storage.run(partial(self._refuse_next, job_id=job.id, refused=None))
            if not is_more:
                return

    def _system(self, uow: UnitOfWork, *, job: AssistantJob) -> str:
        context = self._context(uow, job)
        told = instructions.PLAN.format(
            today=f"{context.now:%A %Y-%m-%d}", verbs=verbs_told(context, self._dispatch.registry)
        )
        return f"{instructions.RULE}\n\n{told}"

    def _seen(self, uow: UnitOfWork, *, job: AssistantJob, call: ToolCall) -> str:
        return tickets_for_model(self._context(uow, job), str(call.arguments.get("query", "")))

    def _checked(self, uow: UnitOfWork, *, job: AssistantJob, answer: ModelAnswer) -> Proposal | Sentence:
        proposed: list[object] = []
        remark = ""
        for each in answer.calls:
            if each.name == PROPOSE.name:
                given = each.arguments.get("commands")
                proposed += given if isinstance(given, list) else []
                remark = remark or str(each.arguments.get("remark") or "")
        if not answer.calls:  # a model that knows no tools writes them down
            lines = answer.text.splitlines()
            proposed = [line for line in lines if line.strip().startswith("/")]
            remark = "\n".join(line for line in lines if not line.strip().startswith("/"))
        plan = checked_plan(self._context(uow, job), self._dispatch.registry, proposed)
        remark = remark.strip()[:LONGEST_REMARK]
        if not plan.commands and not remark:
            return NOTHING
        return Proposal(plan.commands, remark, plan.left_out)

    def _do_next(self, uow: UnitOfWork, *, job_id: int) -> bool:
        """One command, in the transaction that notes that it was done. Raises Refused; then nothing of it is."""
        job = uow.assistant_jobs.lock(job_id)
        if job is None or job.stage is not JobStage.AGREED:
            return False
        at = job.next_step
        context = self._context(uow, job)
        if at is None:
            job.finish()
            uow.assistant_jobs.save(job)
            show_again(context, job)
            return False
        self._note(context, job, at, outcome=self._typed(context, job, at), is_refused=False)
        return True

    def _typed(self, context: Context, job: AssistantJob, at: int) -> str:
        read = read_line(context, self._dispatch.registry, job.steps[at].command)
        if read is None:
            raise Refused("assistant.step_unknown")
        group, _, typed = read
        event = CommandGiven(
            key=f"assistant:{job.id}:{at}",
            actor=context.actor,
            location=Location(channel=ChannelRef.direct(context.actor.key)),
            at=context.now,
            group=group,
            words=typed,
        )
        reply = self._dispatch.run_words(context, event)
        if not isinstance(reply, PrivateReply | None) or (reply is not None and reply.is_question):
            raise Refused("assistant.step_needs_more")
        return _short(plain(reply.text)) if reply is not None else ""

    def _refuse_next(self, uow: UnitOfWork, *, job_id: int, refused: Refused | None) -> bool:
        job = uow.assistant_jobs.lock(job_id)
        at = job.next_step if job is not None else None
        if job is None or job.stage is not JobStage.AGREED or at is None:
            return False
        context = self._context(uow, job)
        language = context.language
        why = (
            plain(explain(language, refused))
            if refused is not None
            else words(language, "assistant.step_failed")
        )
        self._note(context, job, at, outcome=_short(why), is_refused=True)
        return True

    def _note(self, context: Context, job: AssistantJob, at: int, *, outcome: str, is_refused: bool) -> None:
        job.note_step(at, outcome=outcome, is_refused=is_refused)
        context.uow.assistant_jobs.save(job)
        show_again(context, job)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_OUTCOME else f"{text[:LONGEST_OUTCOME]}…"
