"""The outbox worker: claim, render, deliver, settle; back off when it fails and give up in the open.

Rows are claimed with a lease and at most one new row a conversation, so order holds and conversations do
not wait for one another. Nothing is lost between the steps: a lease that runs out makes its row due
again, and its next attempt asks the platform first.
"""

import asyncio
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

import structlog

from bot.caches.shown_cache import ShownCache
from bot.documents.builder import DocumentBuilder, Unmade
from bot.domain import events as happened
from bot.domain.directory import DESK
from bot.domain.errors import StorageUnavailable, TicketNotFound, reason_of
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.conversation import Conversation, Side
from bot.messages.delivery import Delivered, Delivery, Postponed, RefusedByPlatform, RootGone
from bot.messages.outbound import OutboundMessage
from bot.ports.health import DeliveryTrouble
from bot.ports.platform import Platform
from bot.ports.storage.outbox import OutboxRow, RowKind, RowState
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.boards.refresh import board_is_gone, board_was_posted
from bot.services.context.context import Context, ContextFactory
from bot.services.escalations.alerts import make_room
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.announcements.changes import announce
from bot.services.tickets.announcements.privacy import tell_of_post_left
from bot.services.tickets.change_recorder import record_changes
from bot.services.tickets.revisions.unread_answers import undo_unread
from bot.views.renderer import is_obsolete
from bot.workers.outbox.back_off import back_off
from bot.workers.outbox.missing_capability import what_it_lacks
from bot.workers.outbox.operator_notice import tell_of_undelivered
from bot.workers.outbox.row_renderer import RenderedRow, RowRenderer

log = structlog.get_logger(__name__)

BATCH = 64
"""Most deliveries under way at once."""
PATIENCE_S = 0.1
"""How long a batch waits for its slowest delivery; then that one goes on beside the next batch."""
LEASE = timedelta(seconds=60)
_BEGINNINGS = (RowKind.CARD, RowKind.ACKNOWLEDGEMENT)
MOST_ATTEMPTS = 12
"""With the back-off below, the last attempt comes about half an hour after the first."""


class OutboxWorker:
    """The loop. `wake` it whenever something may be due; it sleeps otherwise."""

    def __init__(
        self,
        *,
        storage: Storage,
        platforms: Mapping[str, Platform],
        contexts: ContextFactory,
        making: DocumentBuilder,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._storage = storage
        self._platforms = platforms
        self._contexts = contexts
        self._making = making
        self._jitter = jitter
        self._due = asyncio.Event()
        self._is_stopping = False
        self._rests = asyncio.Event()
        self._edits_wait_for = 0
        self._last_shown = ShownCache()
        self._renderer = RowRenderer(storage=storage, contexts=contexts, last_shown=self._last_shown)
        self._under_way: dict[asyncio.Task[Delivery | None], RenderedRow] = {}
        self._claimed: Sequence[OutboxRow] = ()
        self._troubles: dict[str, DeliveryTrouble] = {}

    def wake(self) -> None:
        self._rests.clear()
        self._due.set()

    @contextmanager
    def only_new(self) -> Iterator[None]:
        """Deliver what nobody has been shown yet, as ever; what is shown already is brought up to date at the end.

        While desk time is put forward, a card would be drawn for each moment of a night, which nobody can see.
        """
        self._edits_wait_for += 1
        try:
            yield
        finally:
            self._edits_wait_for -= 1
            self.wake()

    @property
    def is_quiet(self) -> bool:
        """Whether it found nothing due, and nothing may have come due since."""
        return self._rests.is_set()

    async def rested(self) -> None:
        """Wait until it is quiet."""
        await self._rests.wait()

    async def run(self) -> None:
        """Deliver until stopped, and then finish what is under way.

        Waits while the database is unavailable.
        """
        try:
            while not self._is_stopping:
                if not self._due.is_set():
                    self._rests.set()
                await self._due.wait()
                try:
                    await self._deliver_all_due()
                except StorageUnavailable as error:
                    log.debug("delivery waits for the database", error=error.sentence)
            await self._finish()
        finally:
            for task in self._under_way:
                task.cancel()

    async def _deliver_all_due(self) -> None:
        """What wakes it before a look is seen by that look, and needs no other."""
        while not self._is_stopping:
            self._due.clear()
            if not await self._deliver_batch(is_going_on=True):
                return

    async def _finish(self) -> None:
        await self._begin(self._taken())
        if self._under_way:
            await asyncio.wait(self._under_way)
            await self._settle_finished()

    def stop(self) -> None:
        self._is_stopping = True
        self.wake()

    def trouble_with(self, platform: str) -> DeliveryTrouble | None:
        """None while the platform takes messages, and while it is not known."""
        return self._troubles.get(platform)

    async def tick(self) -> None:
        """The net under the wake-ups at commits: what came due by itself, or by another process."""
        self.wake()

    async def deliver_due(self) -> int:
        """Deliver one batch of what is due now; returns how many rows were begun or settled."""
        return await self._deliver_batch()

    async def _deliver_batch(self, *, is_going_on: bool = False) -> int:
        """`is_going_on`: another follows at once, and is claimed by the commit that settles this one."""
        rows = self._taken() or await self._claim()
        await self._begin(rows)
        if not self._under_way:
            return 0
        await asyncio.wait(self._under_way, timeout=PATIENCE_S if rows else 0)
        settled = await self._settle_finished(is_going_on=is_going_on)
        return max(len(rows), settled, len(self._claimed))

    def _taken(self) -> Sequence[OutboxRow]:
        rows, self._claimed = self._claimed, ()
        return rows

    async def _claim(self) -> Sequence[OutboxRow]:
        room = BATCH - len(self._under_way)
        return await self._storage.run(lambda uow: self._claimed_in(uow, room)) if room else ()

    def _claimed_in(self, uow: UnitOfWork, room: int) -> Sequence[OutboxRow]:
        return uow.outbox.claim(limit=room, lease=LEASE, new_only=self._edits_wait_for > 0)

    async def _begin(self, rows: Sequence[OutboxRow]) -> None:
        for each in await self._renderer.render(rows) if rows else ():
            task = asyncio.create_task(self._send(each))
            task.add_done_callback(self._wake_for)
            self._under_way[task] = each

    def _wake_for(self, _: asyncio.Task[Delivery | None]) -> None:
        self.wake()

    async def _settle_finished(self, *, is_going_on: bool = False) -> int:
        finished = [(task, each) for task, each in self._under_way.items() if task.done()]
        if not finished:
            return 0
        outcomes = [(each, task.result()) for task, each in finished]
        for each, delivery in outcomes:
            if each.message is not None:
                self._note_outcome(each.row, delivery)
        room = BATCH - len(self._under_way) + len(finished) if is_going_on and not self._is_stopping else 0

        def settle(uow: UnitOfWork) -> Sequence[OutboxRow]:
            self._settle_all(uow, outcomes)
            return self._claimed_in(uow, room) if room else ()

        self._claimed = await self._storage.run(settle)
        for task, _ in finished:
            del self._under_way[task]
        return len(finished)

    def _note_outcome(self, row: OutboxRow, delivery: Delivery | None) -> None:
        """A platform that refuses a message has answered."""
        platform = row.conversation.channel.platform
        if isinstance(delivery, Postponed):
            trouble = self._troubles.setdefault(platform, DeliveryTrouble(since=time.monotonic()))
            trouble.conversations.add(row.conversation.id)
        elif delivery is not None:
            self._troubles.pop(platform, None)

    async def _send(self, rendered: RenderedRow) -> Delivery | None:
        if rendered.problem:
            return RefusedByPlatform(rendered.problem)
        if rendered.delay:
            return Postponed(0, rendered.delay, is_counted=False)
        if rendered.message is None:
            return None
        name = rendered.row.conversation.channel.platform
        platform = self._platforms.get(name)
        if platform is None:
            return RefusedByPlatform(sentence("deliveries.no_platform", platform=name.capitalize()))
        try:
            message = await self._completed(rendered.message, rendered)
        except OSError as error:
            return Postponed(0, sentence("deliveries.files_not_written", error=reason_of(error)))
        try:
            return what_it_lacks(platform, message) or await platform.sender.deliver(message)
        except Exception as error:
            log.exception("an adapter failed to deliver", row=rendered.row.id, platform=name)
            return Postponed(
                0,
                sentence("deliveries.adapter_failed", platform=name.capitalize(), error=type(error).__name__),
            )

    async def _completed(self, message: OutboundMessage, rendered: RenderedRow) -> OutboundMessage:
        """With its files: those of a transcript or document take longer to make than a transaction may."""
        if isinstance(rendered.content, Unmade):
            return replace(message, content=await self._making.notice(rendered.content))
        content = await self._making.without_lost_files(message.content, language=rendered.language)
        return message if content is message.content else replace(message, content=content)

    def _settle_all(self, uow: UnitOfWork, outcomes: Sequence[tuple[RenderedRow, Delivery | None]]) -> None:
        """First what is so now, in one statement for all; then what follows from each."""
        uow.outbox.lock_for([each.row for each, _ in outcomes])
        uow.outbox.settle_many(
            [(each.row, _parts(each, told)) for each, told in outcomes if _is_so(each, told)]
        )
        self._link(uow, [each.row for each, told in outcomes if isinstance(told, Delivered)])
        for each, delivery in outcomes:
            self._follow(uow, each, delivery)

    def _follow(self, uow: UnitOfWork, each: RenderedRow, delivery: Delivery | None) -> None:
        row = each.row
        match delivery:
            case None:
                if not _is_so(each, delivery):
                    self._give_up(uow, row, RowState.DROPPED, sentence("deliveries.no_longer_true"))
            case Delivered():
                if not (each.content is None or isinstance(each.content, Unmade)):
                    self._last_shown.remember(row, each.content)
                if row.kind is RowKind.ALERT and not row.parts:
                    make_room(uow, row)
                if row.kind is RowKind.BOARD and not row.parts:
                    board_was_posted(self._contexts.context(uow), row)
            case Postponed():
                self._postpone(uow, row, delivery)
            case RootGone() if row.kind is RowKind.BOARD:
                board_is_gone(self._contexts.context(uow), row)
            case RootGone(reason):
                uow.outbox.park_conversation(row.conversation.id, error=reason)
                self._tell_team(uow, row, reason)
            case RefusedByPlatform(reason):
                self._bury(uow, row, reason)
            case never:
                assert_never(never)

    def _link(self, uow: UnitOfWork, rows: Sequence[OutboxRow]) -> None:
        """What begins a thread can be linked to only now: by what a transfer left behind, and by the card."""
        begun = [row for row in rows if row.conversation.root is None and row.kind in _BEGINNINGS]
        if not begun:
            return
        uow.conversations.read_ahead(row.subject for row in begun)
        linked = [row for row in begun if _is_linked(row, uow.conversations.of_ticket(row.subject))]
        tickets = uow.tickets.get_many(row.subject for row in linked)
        context = self._contexts.context(uow)
        for row in linked:
            audience = Audience(context, tickets[row.subject], uow.conversations.of_ticket(row.subject))
            (audience.show_stubs if row.kind is RowKind.CARD else audience.show_card)()

    def _postpone(self, uow: UnitOfWork, row: OutboxRow, delivery: Postponed) -> None:
        attempts = row.attempts + delivery.is_counted
        if attempts >= MOST_ATTEMPTS:
            self._bury(uow, row, sentence("deliveries.given_up", count=attempts, reason=delivery.reason))
            return
        wait = delivery.after_s or back_off(attempts, jitter=self._jitter())
        uow.outbox.postpone(
            row, after=timedelta(seconds=wait), error=delivery.reason, is_counted=delivery.is_counted
        )
        if delivery.is_counted:
            _keep_the_one_before(uow, row)

    def _bury(self, uow: UnitOfWork, row: OutboxRow, reason: Sentence) -> None:
        about = {"row": row.id, "kind": row.kind, "to": str(row.conversation.channel)}
        log.error("a message was set aside", **about, error=reason)
        self._give_up(uow, row, RowState.DEAD, reason)
        self._tell_team(uow, row, reason)

    def _give_up(self, uow: UnitOfWork, row: OutboxRow, state: RowState, reason: Sentence) -> None:
        uow.outbox.give_up(row, state, error=reason)
        _keep_the_one_before(uow, row)

    def _tell_team(self, uow: UnitOfWork, row: OutboxRow, reason: Sentence) -> None:
        """A human must hear of it: the log, the operators, and the team's thread unless that is what failed."""
        ticket_id = row.conversation.ticket_id
        context = self._contexts.context(uow)
        event = happened.DeliveryFailed(actor=DESK, at=context.now, kind=row.kind, error=reason)
        uow.audit_log.append(ticket_id, [event])
        tell_of_undelivered(context, row, reason)
        if ticket_id is None or row.conversation.side is not Side.REQUESTER:
            return
        try:
            ticket = uow.tickets.get(ticket_id)
        except TicketNotFound:
            return
        announce(context, ticket, [event])
        if row.kind is RowKind.REMOVAL:
            tell_of_post_left(context, ticket, row.subject)
        if row.kind is RowKind.COPY and not row.parts:
            _undo_response(context, ticket.id, row.subject)


def _undo_response(context: Context, ticket_id: int, message_id: int) -> None:
    """A first response that could not be delivered meets no target."""
    ticket = context.uow.tickets.lock(ticket_id)
    undone = undo_unread(context, ticket, context.uow.messages.get(message_id))
    record_changes(context, ticket, undone)


def _keep_the_one_before(uow: UnitOfWork, row: OutboxRow) -> None:
    """Of an alert that does not come, or not soon: what was to be deleted for it is brought up to date."""
    if row.kind is RowKind.ALERT and not row.parts:
        uow.outbox.show_alerts([row.conversation.id])


def _is_so(each: RenderedRow, delivery: Delivery | None) -> bool:
    """Whether what the row wants is shown, now or before."""
    if delivery is None:
        return bool(each.row.parts) or not is_obsolete(each.row, each.content)
    return isinstance(delivery, Delivered)


def _parts(each: RenderedRow, delivery: Delivery | None) -> tuple[str, ...] | None:
    """Of what is shown now; None where that is what was shown before."""
    if not isinstance(delivery, Delivered):
        return None
    return () if each.content is None else delivery.parts


def _is_linked(row: OutboxRow, conversations: Sequence[Conversation]) -> bool:
    if row.kind is RowKind.CARD:
        return any(each.is_retired and each.side is Side.TEAM for each in conversations)
    return not row.conversation.channel.is_direct
