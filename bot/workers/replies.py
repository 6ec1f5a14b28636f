"""Replies: what is held back leaves when it is due in desk time, and who is writing one is read; ticked.

Each leaves in a transaction of its own. Whichever replica noted who writes, this one's forms say so.
"""

from collections.abc import Sequence

import structlog

from bot.commands.framework.replies.release import HeldReplyRelease
from bot.domain.directory import Person
from bot.domain.errors import FieldsRefused, Refused, StorageUnavailable
from bot.domain.replies.held_reply import LONGEST_HOLD, HeldReply
from bot.domain.replies.writer import KEPT_FOR
from bot.domain.sentence import Sentence, sentence
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.tickets.replies.held_replies import give_back_reply
from bot.services.tickets.replies.writers import known_senders, known_writers

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 100


class RepliesWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory, release: HeldReplyRelease) -> None:
        self._storage = storage
        self._contexts = contexts
        self._release = release

    async def tick(self) -> int:
        """Returns how many have left, or were given back."""
        due, is_any_too_old = await self._storage.read(self._look)
        if is_any_too_old:
            oldest_kept = self._contexts.clock.now() - KEPT_FOR
            await self._storage.run(lambda uow: uow.writers.forget_before(oldest_kept))
        for held in due:
            await self._leave(held)
        return len(due)

    def _look(self, uow: UnitOfWork) -> tuple[Sequence[HeldReply], bool]:
        """What is due, and whether somebody has been writing for longer than that is kept."""
        context = self._contexts.context(uow)
        writers = uow.writers.everybody()
        shown = [each for each in writers if each.is_shown(context.now)]
        # All that wait, for none waits for longer than that.
        waiting = uow.held_replies.due(context.now + LONGEST_HOLD, limit=MOST_AT_ONCE)
        known = [*(known_writers(context, shown) if shown else ())]
        due = [each for each in waiting if each.leaves_at <= context.now]
        known += known_senders(context, waiting[len(due) :]) if len(due) < len(waiting) else ()
        context.writers.replace(known)
        oldest_kept = context.now - KEPT_FOR
        is_any_too_old = any(each.since < oldest_kept for each in writers)
        return due, is_any_too_old

    async def _leave(self, held: HeldReply) -> None:
        """What is refused has changed nothing: its transaction is undone before the words are given back."""
        try:
            await self._storage.run(lambda uow: self._do(uow, held))
        except Refused as refusal:
            reason = _reason_of(refusal)
            log.info("a held reply could not leave", held=held.id, reason=str(reason))
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("a held reply could not leave", held=held.id)
            reason = sentence("refusals.failed")
        else:
            return
        await self._storage.run(lambda uow: self._give_back(uow, held, reason))

    def _do(self, uow: UnitOfWork, held: HeldReply) -> None:
        """Nothing where another replica was faster, or its author took it back."""
        ticket = uow.tickets.lock(held.ticket)
        if uow.held_replies.remove(held.id):
            self._release(self._context(uow, held), ticket, held)

    def _give_back(self, uow: UnitOfWork, held: HeldReply, reason: Sentence) -> None:
        ticket = uow.tickets.lock(held.ticket)
        give_back_reply(self._context(uow, held), ticket, held, reason)

    def _context(self, uow: UnitOfWork, held: HeldReply) -> Context:
        author = uow.people.find(held.author)
        return self._contexts.context(uow, author or Person(key=held.author, name=held.author))


def _reason_of(refusal: Refused) -> Sentence:
    if isinstance(refusal, FieldsRefused):
        return next(iter(refusal.fields.values()))
    return refusal.sentences[0]
