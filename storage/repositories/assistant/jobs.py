"""Jobs of the language model; a job is put off by the one statement that takes it up, and a day is counted by one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, select, text, update

from bot.domain.assistant.job import AssistantJob, JobStage, PlanStep
from bot.domain.assistant.language_model import ModelTask
from bot.domain.sentence import Sentence
from storage.engine.columns import (
    Row,
    from_json,
    index_key,
    instant,
    instant_or_none,
    micros,
    micros_or_none,
    to_json,
)
from storage.engine.session import Session
from storage.engine.statements import Insertion
from storage.tables.assistant import assistant_days, assistant_jobs

JOB: Final = Insertion(assistant_jobs, tuple(assistant_jobs.columns.keys()))
_CHANGES: Final = ("stage", "due_at", "tries", "answer", "model", "failure", "sources", "steps")
_is_the_one = assistant_jobs.c.id == bindparam("the_id")

GET = select(assistant_jobs).where(_is_the_one)
LOCK = GET.with_for_update()
SAVE = update(assistant_jobs).where(_is_the_one).values({name: bindparam(name) for name in _CHANGES})
_DUE = (
    select(assistant_jobs.c.id)
    .where(assistant_jobs.c.due_at <= bindparam("now"))
    .order_by(assistant_jobs.c.due_at, assistant_jobs.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # what another process is taking up is left alone
    .cte("due")
)
CLAIM = (
    update(assistant_jobs)
    .where(assistant_jobs.c.id == _DUE.c.id)
    .values(due_at=bindparam("until"), tries=assistant_jobs.c.tries + 1)
    .returning(*assistant_jobs.c)
)
NEXT_DUE = select(func.min(assistant_jobs.c.due_at).label("due_at")).where(
    assistant_jobs.c.due_at.is_not(None)
)
WAITING_OF = select(func.count().label("waiting")).where(
    assistant_jobs.c.due_at.is_not(None), assistant_jobs.c.person == bindparam("the_person")
)
FORGET = delete(assistant_jobs).where(
    assistant_jobs.c.asked_at < bindparam("before"), assistant_jobs.c.due_at.is_(None)
)
SPENT = select(assistant_days).where(assistant_days.c.day == bindparam("the_day"))
BEGIN_DAY: Final = text(
    "INSERT INTO assistant_days (day, requests, tokens) VALUES (:day, 0, 0) ON CONFLICT (day) DO NOTHING"
)
SPEND = (
    update(assistant_days)
    .where(
        assistant_days.c.day == bindparam("the_day"),
        assistant_days.c.requests < bindparam("most_requests"),
        assistant_days.c.tokens + bindparam("more") <= bindparam("most_tokens"),
    )
    .values(requests=assistant_days.c.requests + 1, tokens=assistant_days.c.tokens + bindparam("more"))
)
CORRECT = (
    update(assistant_days)
    .where(assistant_days.c.day == bindparam("the_day"))
    .values(tokens=assistant_days.c.tokens + bindparam("more"))
)
_NO_LIMIT: Final = 2**62


class SqlAssistantJobs:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, job: AssistantJob) -> None:
        kept = {
            "id": job.id,
            "task": job.task.value,
            "person": index_key(job.person),
            "ticket_id": job.ticket,
            "words": job.words,
            "language": job.language,
            "asked_at": micros(job.asked_at),
        }
        self._session.insert(JOB, kept | _changing(job))

    def get(self, job_id: int) -> AssistantJob | None:
        return _job_or_none(self._session.fetch_one(GET, the_id=job_id))

    def lock(self, job_id: int) -> AssistantJob | None:
        return _job_or_none(self._session.fetch_one(LOCK, the_id=job_id))

    def save(self, job: AssistantJob) -> None:
        self._session.write(SAVE, the_id=job.id, **_changing(job))

    def next_due_at(self) -> datetime | None:
        row = self._session.fetch_one(NEXT_DUE)
        return instant_or_none(row["due_at"]) if row else None

    def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[AssistantJob]:
        rows = self._session.fetch(CLAIM, now=micros(now), until=micros(until), most=limit)
        return [_job(row) for row in rows]

    def waiting_of(self, person: str) -> int:
        row = self._session.fetch_one(WAITING_OF, the_person=index_key(person))
        return int(row["waiting"]) if row else 0

    def forget_before(self, before: datetime) -> None:
        self._session.write(FORGET, before=micros(before))

    def spent(self, day: date) -> tuple[int, int]:
        row = self._session.fetch_one(SPENT, the_day=day.isoformat())
        return (row["requests"], row["tokens"]) if row else (0, 0)

    def spend(self, day: date, *, tokens: int, most_requests: int | None, most_tokens: int | None) -> bool:
        self._session.write(BEGIN_DAY, day=day.isoformat())
        spent = self._session.count(
            SPEND,
            the_day=day.isoformat(),
            more=tokens,
            most_requests=_NO_LIMIT if most_requests is None else most_requests,
            most_tokens=_NO_LIMIT if most_tokens is None else most_tokens,
        )
        return spent > 0

    def correct(self, day: date, *, tokens: int) -> None:
        self._session.write(CORRECT, the_day=day.isoformat(), more=tokens)


def _changing(job: AssistantJob) -> Row:
    return {
        "stage": job.stage.value,
        "due_at": micros_or_none(job.due_at),
        "tries": job.tries,
        "answer": job.answer,
        "model": job.model,
        "failure": None if job.failure is None else to_json(job.failure.to_json()),
        "sources": to_json([list(each) for each in job.sources]),
        "steps": to_json([[each.command, each.outcome, each.is_refused, each.is_done] for each in job.steps]),
    }


def _job_or_none(row: Row | None) -> AssistantJob | None:
    return None if row is None else _job(row)


def _job(row: Row) -> AssistantJob:
    return AssistantJob(
        id=row["id"],
        task=ModelTask(row["task"]),
        person=row["person"],
        ticket=row["ticket_id"],
        words=row["words"],
        language=row["language"],
        asked_at=instant(row["asked_at"]),
        stage=JobStage(row["stage"]),
        due_at=instant_or_none(row["due_at"]),
        tries=row["tries"],
        answer=row["answer"],
        model=row["model"],
        failure=None if row["failure"] is None else Sentence.from_json(from_json(row["failure"])),
        sources=tuple((title, link) for title, link in from_json(row["sources"])),
        steps=tuple(PlanStep(*each) for each in from_json(row["steps"])),
    )
