"""What people sorted is learned each night, by one replica; every replica reads what was learned. Ticked.

The first time, it learns at once. Where suggestions that are sure enough to be filled in turn out wrong too often,
they are only suggested from then on, and operators are told.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

import structlog

from bot.caches.sorting_models import KnownModel
from bot.domain.desk import Desk
from bot.domain.errors import TechnicalError
from bot.domain.sentence import Sentence, sentence
from bot.domain.sorting.model import ModelUnreadable, SortingModel
from bot.domain.sorting.policy import (
    LEAST_IN_ALL,
    LEAST_OF_LABEL,
    MANY,
    MOST_TICKETS,
    SortedField,
    SortingMode,
)
from bot.domain.sorting.suggestion import LearnedModel, SuggestionTally
from bot.ports.storage.sorting.sorting_records import PastRequest
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.reports.reports import zone_of
from bot.services.sorting.learner_process import LearnedField, LessonPlan, TrainingRequest, learn
from bot.services.sorting.suggestions import is_possible
from bot.text.error_text import english
from bot.workers.outbox.operator_notice import tell_operators

log = structlog.get_logger(__name__)

PAGE: Final = 500
"""Tickets that are read at a time."""
LOOK_BACK: Final = timedelta(days=90)
_TURN: Final = "sorting:learned"


class SortingLearner:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Returns of how many fields something was learned; reads nothing where sorting is off."""
        desk = self._contexts.desk()
        if not desk.sorting.is_on:
            if self._contexts.sorting.all():
                self._contexts.sorting.replace({})
            return 0
        learned = await self._learn(desk) if await self._has_turn(desk) else 0
        await self._read(desk)
        return learned

    async def _has_turn(self, desk: Desk) -> bool:
        """Whether a night's learning is due and this replica is the one that does it."""
        day = _day_due(desk, self._contexts.clock.now()).isoformat()
        was = (await self._storage.read(lambda uow: uow.watches.all())).get(_TURN, "")
        if day <= was:
            return False
        return await self._storage.run(lambda uow: uow.watches.tell(_TURN, was=was, told=day))

    async def _learn(self, desk: Desk) -> int:
        fields = desk.sorting.fields
        wanted = LessonPlan(
            fields=tuple(map(str, fields)),
            many=frozenset(map(str, MANY & set(fields))),
            least=LEAST_OF_LABEL,
            least_in_all=LEAST_IN_ALL,
        )
        try:
            found = await learn(wanted, self._requests(desk))
        except TechnicalError as error:
            log.warning("sorting was not learned", reason=english(error.sentence))
            await self._storage.run(partial(self._tell_failure, reason=error.sentence))
            return 0
        now = self._contexts.clock.now()
        models = [_model(field, found[field], now) for field in fields]

        def keep(uow: UnitOfWork) -> None:
            for each in models:
                uow.sorting.put_model(each)

        await self._storage.run(keep)
        log.info("sorting was learned", requests={str(each.field): each.requests for each in models})
        return sum(each.model is not None for each in models)

    async def _requests(self, desk: Desk) -> AsyncIterator[TrainingRequest]:
        """The newest first, a page at a time, so that nobody waits for one."""
        before: int | None = None
        many = 0
        while many < MOST_TICKETS:
            page = await self._storage.read(partial(_page, before=before))
            if not page:
                return
            for each in page:
                if labels := _labels(desk, each):
                    yield TrainingRequest(text=each.text, labels=labels)
                    many += 1
            before = page[-1].ticket_id

    async def _read(self, desk: Desk) -> None:
        """What was learned, by whichever replica, where it is newer than what this process has."""
        records = {each.field: each for each in await self._storage.read(lambda uow: uow.sorting.models())}
        tallies = await self._tallies(desk) if desk.sorting.mode is SortingMode.FILL else {}
        known: dict[SortedField, KnownModel] = {}
        for field in desk.sorting.fields:
            record, had = records.get(field), self._contexts.sorting.get(field)
            if record is None or record.why:
                continue
            tally = tallies.get(field, SuggestionTally(field=field))
            may_fill = tally.keeps(desk.sorting.threshold)
            if had is not None and had.learned_at == record.learned_at:
                model: SortingModel | None = had.model
            else:
                model = await self._unpacked(field)
            if model is not None:
                known[field] = KnownModel(model=model, learned_at=record.learned_at, may_fill=may_fill)
        self._contexts.sorting.replace(known)

    async def _unpacked(self, field: SortedField) -> SortingModel | None:
        record = await self._storage.read(lambda uow: uow.sorting.model(field))
        if record is None or record.model is None:
            return None
        try:
            return SortingModel.from_bytes(record.model)
        except ModelUnreadable:
            log.warning("what was learned cannot be read; it is learned again at night", field=str(field))
            return None

    async def _tallies(self, desk: Desk) -> Mapping[SortedField, SuggestionTally]:
        since = self._contexts.clock.now() - LOOK_BACK
        threshold = desk.sorting.threshold
        tallies = await self._storage.read(lambda uow: uow.sorting.tallies(since=since, threshold=threshold))
        told = await self._storage.read(lambda uow: uow.watches.all())
        for field, tally in tallies.items():
            was = told.get(_watch(field), "")
            if tally.keeps(threshold) == bool(was):
                await self._storage.run(partial(self._tell_trust, tally=tally, was=was))
        return tallies

    def _tell_trust(self, uow: UnitOfWork, *, tally: SuggestionTally, was: str) -> None:
        """That a field falls back to suggestions, or is filled in again: once, whichever replica sees it."""
        context = self._contexts.context(uow)
        if uow.watches.tell(_watch(tally.field), was=was, told="" if was else "falls back"):
            said = "team.sorting_trusted" if was else "team.sorting_falls_back"
            tell_operators(
                context,
                said,
                key=f"{said}:{context.now:%Y%m%dT%H%M%S}:{tally.field}",
                words={
                    "right": str(tally.sure_right),
                    "sure": str(tally.sure),
                    "field": _name(tally.field),
                },
            )

    def _tell_failure(self, uow: UnitOfWork, *, reason: Sentence) -> None:
        context = self._contexts.context(uow)
        said = "team.sorting_failed"
        tell_operators(context, said, key=f"{said}:{context.now:%Y%m%d}", words={"reason": reason})


def _page(uow: UnitOfWork, *, before: int | None) -> Sequence[PastRequest]:
    return uow.sorting.requests(before=before, limit=PAGE)


def _watch(field: SortedField) -> str:
    return f"sorting:{field}"


def _name(field: SortedField) -> Sentence:
    return sentence(f"operations.sorting_{field}")


def _day_due(desk: Desk, now: datetime) -> date:
    """The last day on which it was time to learn."""
    local = now.astimezone(zone_of(desk, None))
    return local.date() if local.time() >= desk.sorting.train_at else local.date() - timedelta(days=1)


def _labels(desk: Desk, request: PastRequest) -> dict[str, str | tuple[str, ...]]:
    """As they can still be chosen today; without words there is nothing to learn."""
    if not request.text.strip():
        return {}
    found: dict[str, str | tuple[str, ...]] = {}
    for field, labels in request.labels.items():
        possible = tuple(each for each in labels if is_possible(desk, field, each, community=None))
        if field in desk.sorting.fields and (possible or field in MANY):
            found[str(field)] = possible if field in MANY else possible[0]
    return found


def _model(field: SortedField, found: LearnedField, now: datetime) -> LearnedModel:
    most = max(found.labels.values(), default=0)
    is_better = field in MANY or found.right * found.requests > most
    why = found.why or ("" if is_better else "no_better")
    return LearnedModel(
        field=field,
        learned_at=now,
        requests=found.requests,
        model=None if why else found.model,
        why=why,
        right=found.right,
        rare=found.rare[:20],
    )
