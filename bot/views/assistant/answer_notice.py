"""What a language model answered, in a direct message to the one person who asked; its text is text and nothing else.

Nothing of it goes anywhere by itself: what is for a requester opens the form of a reply, what is to be done waits for
a button.
"""

from collections.abc import Mapping
from typing import Any

from bot.domain.assistant.job import AssistantJob, JobStage, PlanStep
from bot.domain.assistant.language_model import ModelTask
from bot.domain.errors import TicketNotFound
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, Notice, RichText, Span, Tone
from bot.ports.storage.outbox import OutboxRow
from bot.services.assistant.jobs import JOB, is_told_anew
from bot.services.context.sight import Sight
from bot.services.context.view import View
from bot.text.cldr import language_name
from bot.text.error_text import tell
from bot.text.sentences import joined, say, words


def is_answer(payload: Mapping[str, Any]) -> bool:
    """Whether a notice's row is one of these."""
    return JOB in payload


def answer_notice(view: View, row: OutboxRow) -> Notice | None:
    """None where it is forgotten, its person may not see the ticket's notes any more, or it is shown elsewhere."""
    job = view.uow.assistant_jobs.get(int(row.payload[JOB]))
    if job is None or is_told_anew(view.uow, job, key=row.key):
        return None
    ticket = None
    if job.ticket is not None:
        try:
            ticket = view.uow.tickets.get(job.ticket)
        except TicketNotFound:
            return None
        if view.sight(ticket, job.person) is not Sight.TEAMS_SIDE:
            return None
    title = _title(view, job, ticket)
    if job.is_begun:
        more = say(view.language, "assistant.still_writing")
        return Notice(text=joined(title, (job.answer,), more, by="\n\n"), is_passing=True)
    if job.stage is JobStage.FAILED:
        why = tell(view.language, job.failure) if job.failure is not None else ()
        return Notice(text=joined(title, why, by="\n"), tone=Tone.MUTED)
    if job.stage is JobStage.ANSWERED:
        return _answer(view, job, ticket, title)
    return _plan(view, job, title)


def _title(view: View, job: AssistantJob, ticket: Ticket | None) -> RichText:
    """`Draft for IT-12 (No network):`"""
    if ticket is None:
        if job.task is ModelTask.REPORT:
            return say(view.language, "assistant.title_report")
        return say(view.language, "assistant.title_ask", text=job.words)
    facts: dict[str, Span | RichText] = {
        "reference": view.card_link(ticket, ticket.reference) or Bold(ticket.reference),
        "subject": ticket.subject,
    }
    if job.task is ModelTask.TRANSLATE:
        facts["into"] = language_name(job.language, view.language)
    return say(view.language, f"assistant.title_{job.task}", **facts)


def _answer(view: View, job: AssistantJob, ticket: Ticket | None, title: RichText) -> Notice:
    is_for_requester = ticket is not None and (
        job.task in (ModelTask.DRAFT, ModelTask.REPHRASE)
        or (job.task is ModelTask.TRANSLATE and bool(job.words))
    )
    made_by = say(view.language, "assistant.made_by", model=job.model)
    text = joined(title, (job.answer,), _cut(view, job), _sources(view, job), made_by, by="\n\n")
    buttons: tuple[Button, ...] = ()
    if is_for_requester and ticket is not None:
        label = words(view.language, "assistant.button_use")
        buttons = (
            Button(
                label=label,
                verb=verbs.USE_ANSWER,
                ticket=ticket.reference,
                options={JOB: str(job.id)},
                is_primary=True,
            ),
        )
    return Notice(text=text, buttons=buttons)


def _cut(view: View, job: AssistantJob) -> RichText:
    """That there is no more of it, and why."""
    if job.failure is None:
        return ()
    return joined(say(view.language, "assistant.cut_off"), tell(view.language, job.failure), by=" ")


def _sources(view: View, job: AssistantJob) -> RichText:
    if not job.sources:
        return ()
    lines: list[RichText] = [(f"{title} {link}".rstrip(),) for title, link in job.sources]
    return joined(say(view.language, "assistant.sources"), *lines, by="\n• ")


def _plan(view: View, job: AssistantJob, title: RichText) -> Notice:
    lines = [_line(view, number, each) for number, each in enumerate(job.steps, 1)]
    steps = joined(*lines, by="\n")
    match job.stage:
        case JobStage.PLANNED:
            options = {JOB: str(job.id)}
            do, drop = (words(view.language, f"assistant.button_{each}") for each in ("do", "drop"))
            return Notice(
                text=joined(title, _remark(job), say(view.language, "assistant.plan"), steps, by="\n\n"),
                buttons=(
                    Button(label=do, verb=verbs.DO_PLAN, options=options, is_primary=True),
                    Button(label=drop, verb=verbs.DROP_PLAN, options=options),
                ),
                tone=Tone.ATTENTION,
            )
        case JobStage.DECLINED:
            return Notice(
                text=joined(title, say(view.language, "assistant.plan_dropped"), by="\n"), tone=Tone.MUTED
            )
        case JobStage.DONE:
            return Notice(text=joined(title, say(view.language, "assistant.plan_done"), steps, by="\n\n"))
        case _:
            return Notice(text=joined(title, say(view.language, "assistant.plan_running"), steps, by="\n\n"))


def _remark(job: AssistantJob) -> RichText:
    return (job.answer,) if job.answer else ()


def _line(view: View, number: int, step: PlanStep) -> RichText:
    """`1. /desk close IT-12`, and below it what was answered."""
    line: RichText = (f"{number}. ", Code(step.command))
    if not step.is_done:
        return line
    key = "assistant.step_refused" if step.is_refused else "assistant.step_done"
    said = (
        say(view.language, key, text=step.outcome) if step.outcome else say(view.language, f"{key}_silently")
    )
    return joined(line, said, by="\n")
