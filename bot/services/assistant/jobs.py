"""Jobs of the language model: taken in, shown, forgotten. Nothing is asked here: that waits for no transaction."""

from typing import Final

from bot.domain.assistant.job import KEPT, AssistantJob
from bot.domain.assistant.language_model import LanguageModel, ModelTask
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import NotAllowed, Refused
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import UnitOfWork
from bot.services.assistant.room import fits_into_message
from bot.services.context.context import Context

JOB: Final = "assistant"
"""Under this name the payload of a notice holds the id of the job that it shows, and options of buttons do."""
MOST_WAITING: Final = 5
"""Of one person's."""
LONGEST_WORDS: Final = 3_000


def model_for_ticket(desk: Desk, ticket: Ticket) -> LanguageModel | None:
    """The model that may read the ticket's text; None where there is none, or its team keeps it to itself."""
    model = desk.language_model
    return model if model is not None and desk.team_of(ticket).name in model.teams else None


def model_for_person(desk: Desk, person: Person) -> LanguageModel | None:
    """The model that a member of a team may ask whose text may leave."""
    model = desk.language_model
    is_of_one = model is not None and any(team.name in model.teams for team in desk.teams_of(person))
    return model if is_of_one else None


def ask_about_ticket(
    context: Context, task: ModelTask, ticket: Ticket, *, words: str = "", language: str = ""
) -> AssistantJob:
    """Raises NotAllowed where the ticket's text may not leave, and Refused for too many at once."""
    if model_for_ticket(context.desk, ticket) is None:
        raise NotAllowed("assistant.team_keeps_text", team=context.team_of(ticket).title)
    return _ask(context, task, ticket=ticket.id, words=words, language=language)


def ask_in_general(context: Context, task: ModelTask, *, words: str) -> AssistantJob:
    """The same for what is about no ticket alone."""
    if model_for_person(context.desk, context.actor) is None:
        raise NotAllowed("assistant.no_team_allows")
    return _ask(context, task, words=words)


def own_job(context: Context, job_id: str) -> AssistantJob:
    """Locked. Raises Refused where there is none any more, or it is somebody else's."""
    found = context.uow.assistant_jobs.lock(int(job_id)) if job_id.isdecimal() else None
    if found is None or found.person != context.actor.key:
        raise Refused("refusals.button_too_old")
    return found


def tell_so_far(context: Context, job: AssistantJob, text: str, *, model: str) -> None:
    """Show its person directly how far the answer has come; in one message, which changes as more of it comes."""
    is_shown = job.is_begun
    job.heard(text, model=model)
    context.uow.assistant_jobs.save(job)
    if is_shown:
        show_again(context, job)
    else:
        _tell(context, job, key=key_of(job))


def tell_answer(context: Context, job: AssistantJob, *, is_begun: bool = False) -> None:
    """Show its person directly what became of it.

    `is_begun`: a message shows a part of it, which becomes the whole where it has room. Elsewhere it is removed, and
    the whole is told anew: a message that is changed never becomes two.
    """
    if is_begun:
        show_again(context, job)
    if not (is_begun and fits_into_message(context, job)):
        _tell(context, job, key=_key_anew(job) if is_begun else key_of(job))


def is_told_anew(uow: UnitOfWork, job: AssistantJob, *, key: str) -> bool:
    """Whether the message that was told under this key is to be removed, since another shows the whole answer."""
    is_first = key == key_of(job) and not job.is_begun
    return is_first and uow.outbox.payload_of(_key_anew(job)) is not None


def show_again(context: Context, job: AssistantJob) -> None:
    """Bring what was shown of it up to date."""
    context.uow.outbox.show_again([key_of(job)])


def key_of(job: AssistantJob) -> str:
    return f"{JOB}:{job.id}"


def _key_anew(job: AssistantJob) -> str:
    return f"{key_of(job)}:whole"


def _tell(context: Context, job: AssistantJob, *, key: str) -> None:
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(ChannelRef.direct(job.person)).id,
        key=key,
        payload={JOB: job.id},
        subject=job.ticket or 0,
        now=context.now,
    )


def _ask(
    context: Context, task: ModelTask, *, ticket: int | None = None, words: str = "", language: str = ""
) -> AssistantJob:
    jobs = context.uow.assistant_jobs
    if jobs.waiting_of(context.actor.key) >= MOST_WAITING:
        raise Refused("assistant.too_many_waiting", maximum=MOST_WAITING)
    if len(words) > LONGEST_WORDS:
        raise Refused("assistant.words_too_long", maximum=LONGEST_WORDS)
    job = AssistantJob(
        id=context.uow.new_id(),
        task=task,
        person=context.actor.key,
        ticket=ticket,
        words=words,
        language=language,
        asked_at=context.now,
        due_at=context.now,
    )
    jobs.add(job)
    jobs.forget_before(context.now - KEPT)
    return job
