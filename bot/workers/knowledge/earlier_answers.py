"""Tickets whose last reply may have become an answer for others, or is none any more, are looked at; ticked.

A change of a ticket marks it in its own transaction. When desk.yaml says otherwise than before, what is kept is
looked at again, and tickets of the past are read from the newest on, in steps so short that nobody waits. Where no
team wants it, a start looks once whether anything is left to be forgotten.
"""

from functools import partial
from hashlib import sha256
from typing import Final

import structlog

from bot.domain.desk import Desk
from bot.domain.errors import StorageUnavailable
from bot.domain.knowledge.earlier_answer import MOST_KEPT, EarlierAnswer
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.knowledge.earlier_answers import answer_of, keep_answer

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 100
"""Tickets that one tick looks at."""
STEP: Final = 500
"""Tickets of the past that one step reads."""
MOST_STEPS: Final = 20
"""Of one tick."""
_WATCH: Final = "earlier_answers"
_READ: Final = "read"
"""Behind which wishes all tickets of the past have been read."""


class AnswersWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts
        self._may_hold_some = True
        """Whether something may have been left by a configuration that wanted it."""
        self._has_read_for = ""
        """The wishes for which there is nothing of the past to be read any more."""

    async def tick(self) -> int:
        """Returns how many tickets were looked at."""
        desk = self._contexts.desk()
        is_used = bool(desk.knowledge.from_replies)
        if not is_used and not self._may_hold_some:
            return 0
        if not is_used and not await self._storage.read(lambda uow: uow.earlier_answers.holds_some()):
            self._may_hold_some = False
            return 0
        wishes = _wishes_of(desk)
        if self._has_read_for != wishes and await self._read_past(desk, wishes):
            self._has_read_for = wishes
        self._may_hold_some = True
        marked = await self._storage.read(lambda uow: uow.earlier_answers.marked(limit=MOST_AT_ONCE))
        return sum([await self._try(each) for each in marked])

    async def _try(self, ticket: int) -> bool:
        """One that fails holds up no other, and is tried again."""
        try:
            return await self._look_at(ticket)
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("an earlier answer could not be looked at", ticket=ticket)
            return False

    async def _look_at(self, ticket_id: int) -> bool:
        """What it says is worked out beside the writers; nothing is kept where the ticket has changed meanwhile."""
        version, answer = await self._storage.read(lambda uow: self._read(uow, ticket_id))

        def keep(uow: UnitOfWork) -> bool:
            ticket = uow.tickets.lock(ticket_id)
            if ticket.version != version:
                return False
            keep_answer(uow, ticket_id, answer)
            uow.earlier_answers.unmark(ticket_id)
            return True

        return await self._storage.run(keep)

    def _read(self, uow: UnitOfWork, ticket_id: int) -> tuple[int, EarlierAnswer | None]:
        ticket = uow.tickets.get(ticket_id)
        return ticket.version, answer_of(self._contexts.context(uow), ticket)

    async def _read_past(self, desk: Desk, wishes: str) -> bool:
        """Returns whether all of it has been read; it waits while much of what it found is to be looked at."""
        for _ in range(MOST_STEPS):
            state = (await self._storage.read(lambda uow: uow.watches.all())).get(_WATCH, "")
            if state == f"{wishes} {_READ}":
                return True
            if await self._storage.read(_has_much_to_do):
                return False
            if not await self._storage.run(partial(_step, desk=desk, wishes=wishes, was=state)):
                return False
        return False


def _has_much_to_do(uow: UnitOfWork) -> bool:
    return len(uow.earlier_answers.marked(limit=MOST_AT_ONCE)) == MOST_AT_ONCE


def _step(uow: UnitOfWork, *, desk: Desk, wishes: str, was: str) -> bool:
    """False where another replica has taken this step, or has to take the next one."""
    known, _, place = was.partition(" ")
    if known != wishes:
        if not uow.watches.tell(
            _WATCH, was=was, told=f"{wishes} {0 if desk.knowledge.from_replies else _READ}"
        ):
            return False
        uow.earlier_answers.mark_all_kept()
        return True
    before = int(place) or None
    found = uow.earlier_answers.tickets_before(before, limit=STEP)
    told = _READ if len(found) < STEP else str(found[-1].id)
    if not uow.watches.tell(_WATCH, was=was, told=f"{wishes} {told}"):
        return False
    teams = {each for each in desk.knowledge.from_replies if uow.earlier_answers.count([each]) < MOST_KEPT}
    for each in found:
        if each.is_finished and desk.heir_of(each.team) in teams:
            uow.earlier_answers.mark(each.id)
    return True


def _wishes_of(desk: Desk) -> str:
    """Short, and another one whenever desk.yaml lets others be told of other tickets than before."""
    inboxes = sorted(
        (each.name, str(each.channel), each.is_private, each.has_private_threads, each.community or "")
        for each in desk.inboxes.values()
    )
    teams = sorted(
        (each, desk.teams[each].community or "") for each in desk.knowledge.from_replies if each in desk.teams
    )
    said = repr((teams, inboxes, sorted(desk.communities))) if teams else ""
    return sha256(said.encode()).hexdigest()[:16]
