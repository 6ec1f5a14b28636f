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
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

import structlog

from bot.caches.shown_cache import ShownCache
from bot.documents.builder import DocumentBuilder, Unmade
from bot.domain import events as happened
from bot.domain.directory import DESK
from bot.domain.errors import StorageUnavailable, TicketNotFound, reason_of
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.conversation import Side
from bot.messages.delivery import Delivered, Delivery, Postponed, RefusedByPlatform, RootGone
from bot.messages.outbound import Address, Content, OutboundMessage, ThreadHeader
from bot.ports.health import DeliveryTrouble
from bot.ports.platform import Platform
from bot.ports.storage.outbox import OutboxRow, RowKind, RowState
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.boards.refresh import board_is_gone, board_was_posted
from bot.services.context.context import ContextFactory
from bot.services.context.view import View
from bot.services.escalations.alerts import make_room
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.announcements.changes import announce
from bot.views.renderer import is_about_to_go, is_obsolete, language_of, left_over, render, shown_by
from bot.views.thread_header import thread_header
from bot.workers.outbox.back_off import back_off
from bot.workers.outbox.missing_capability import what_it_lacks
from bot.workers.outbox.operator_notice import tell_operators

log = structlog.get_logger(__name__)

BATCH = 64
"""Most deliveries under way at once."""
PATIENCE_S = 0.1
"""How long a batch waits for its slowest delivery; then that one goes on beside the next batch."""
LEASE = timedelta(seconds=60)
REFUSED_IN_A_ROW = 3
MOST_ATTEMPTS = 12
"""With the back-off below, the last attempt comes about half an hour after the first."""


@dataclass(frozen=True, slots=True)
class _RenderedRow:
    row: OutboxRow
    message: OutboundMessage | None
    """None: nothing to send; the row is settled or dropped."""
    content: Content | Unmade | None
    problem: Sentence | None = None
    """Why it cannot be shown at all."""
    delay: Sentence | None = None
    """Why it could not be rendered now: a condition of the database, which passes."""
    language: str = "en"


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
        self._under_way: dict[asyncio.Task[Delivery | None], _RenderedRow] = {}
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
            if not await self.deliver_due():
                return

    async def _finish(self) -> None:
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
        room = BATCH - len(self._under_way)
        rows = await self._claim(room) if room else ()
        if rows:
            for each in await self._render(rows):
                task = asyncio.create_task(self._send(each))
                task.add_done_callback(self._wake_for)
                self._under_way[task] = each
        if not self._under_way:
            return 0
        await asyncio.wait(self._under_way, timeout=PATIENCE_S if rows else 0)
        return max(len(rows), await self._settle_finished())

    async def _claim(self, room: int) -> Sequence[OutboxRow]:
        new_only = self._edits_wait_for > 0
        return await self._storage.run(
            lambda uow: uow.outbox.claim(limit=room, lease=LEASE, new_only=new_only)
        )

    def _wake_for(self, _: asyncio.Task[Delivery | None]) -> None:
        self.wake()

    async def _settle_finished(self) -> int:
        finished = [(task, each) for task, each in self._under_way.items() if task.done()]
        if finished:
            outcomes = [(each, task.result()) for task, each in finished]
            for each, delivery in outcomes:
                if each.message is not None:
                    self._note_outcome(each.row, delivery)
            await self._storage.run(lambda uow: self._settle_all(uow, outcomes))
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

    async def _render(self, rows: Sequence[OutboxRow]) -> list[_RenderedRow]:
        """All in one transaction. Where one of them fails, and the transaction with it, each in one of its own."""
        try:
            return await self._storage.read(lambda uow: [self._rendered(uow, row) for row in rows])
        except Exception:  # noqa: BLE001  which row it was, and why, shows when each is rendered alone
            return await self._render_one_by_one(rows)

    async def _render_one_by_one(self, rows: Sequence[OutboxRow]) -> list[_RenderedRow]:
        """Asks no more of a database that has refused several in a row: it is away, not short of one row."""
        rendered: list[_RenderedRow] = []
        for row in rows:
            last = rendered[-REFUSED_IN_A_ROW:]
            if len(last) == REFUSED_IN_A_ROW and all(each.delay for each in last):
                rendered.append(_RenderedRow(row, None, None, delay=last[-1].delay))
            else:
                rendered.append(await self._render_alone(row))
        return rendered

    async def _render_alone(self, row: OutboxRow) -> _RenderedRow:
        """Only what rendering itself raises sets a row aside; a condition of the database is waited for."""
        try:
            return await self._storage.read(lambda uow: self._rendered(uow, row))
        except StorageUnavailable as error:
            log.debug("a message waits for the database", row=row.id, kind=row.kind, error=error.sentence)
            delay = sentence("deliveries.database_unavailable", reason=error.sentence)
            return _RenderedRow(row, None, None, delay=delay)
        except Exception as error:
            log.exception("a message could not be rendered", row=row.id, kind=row.kind)
            problem = sentence("deliveries.not_rendered", error=type(error).__name__)
            return _RenderedRow(row, None, None, problem=problem)

    def _rendered(self, uow: UnitOfWork, row: OutboxRow) -> _RenderedRow:
        view = View(uow=uow, desk=self._contexts.desk(), now=self._contexts.clock.now())
        if is_about_to_go(view, row):
            return _RenderedRow(row, None, None)
        content, shown = render(view, row), shown_by(view, row)
        if content is None and not shown:
            return _RenderedRow(row, None, None)
        if not (content is None or isinstance(content, Unmade)) and self._last_shown.is_so_already(
            row, content
        ):
            self._last_shown.remember(row, content)
            return _RenderedRow(row, None, content)
        conversation = row.conversation
        return _RenderedRow(
            row,
            OutboundMessage(
                # The time tells apart rows of one number in two databases, the first of which was thrown away.
                key=f"{row.id}-{row.created_at.timestamp():.6f}",
                address=Address(channel=conversation.channel, thread=_thread(row, shown)),
                content=None if isinstance(content, Unmade) else content,
                shown=shown,
                is_retry=row.is_retry,
                is_urgent=row.kind in (RowKind.ALERT, RowKind.ACKNOWLEDGEMENT) and not row.parts,
                thread_header=self._thread_header(view, row),
                wanted_at=row.created_at,
                instead=left_over(view, row) if content is None else None,
                language=language_of(view, row),
            ),
            content,
            language=language_of(view, row),
        )

    def _thread_header(self, view: View, row: OutboxRow) -> ThreadHeader | None:
        """What a thread is opened with, should this message need one."""
        conversation = row.conversation
        known = self._contexts.capabilities.get(conversation.channel.platform)
        if conversation.ticket_id is None or known is None or not known.has_thread_headers:
            return None
        return thread_header(view, view.uow.tickets.get(conversation.ticket_id), conversation)

    async def _send(self, rendered: _RenderedRow) -> Delivery | None:
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

    async def _completed(self, message: OutboundMessage, rendered: _RenderedRow) -> OutboundMessage:
        """With its files: those of a transcript or document take longer to make than a transaction may."""
        if isinstance(rendered.content, Unmade):
            return replace(message, content=await self._making.notice(rendered.content))
        content = await self._making.without_lost_files(message.content, language=rendered.language)
        return replace(message, content=content)

    def _settle_all(self, uow: UnitOfWork, outcomes: Sequence[tuple[_RenderedRow, Delivery | None]]) -> None:
        for each, delivery in outcomes:
            self._settle(uow, each, delivery)

    def _settle(self, uow: UnitOfWork, each: _RenderedRow, delivery: Delivery | None) -> None:
        row = each.row
        match delivery:
            case None:
                if is_obsolete(row, each.content) and not row.parts:
                    self._give_up(uow, row, RowState.DROPPED, sentence("deliveries.no_longer_true"))
                else:
                    uow.outbox.settle(row, parts=None)
            case Delivered(parts):
                uow.outbox.settle(row, parts=() if each.content is None else parts)
                if not (each.content is None or isinstance(each.content, Unmade)):
                    self._last_shown.remember(row, each.content)
                if row.conversation.root is None and row.kind in (RowKind.CARD, RowKind.ACKNOWLEDGEMENT):
                    self._link(uow, row)
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

    def _link(self, uow: UnitOfWork, row: OutboxRow) -> None:
        """What begins a thread can be linked to only now: by what a transfer left behind, and by the card."""
        conversations = uow.conversations.of_ticket(row.subject)
        is_left = any(each.is_retired and each.side is Side.TEAM for each in conversations)
        is_linked = is_left if row.kind is RowKind.CARD else not row.conversation.channel.is_direct
        if is_linked:
            audience = Audience(self._contexts.context(uow), uow.tickets.get(row.subject), conversations)
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
        tell_operators(context, row, reason)
        if ticket_id is None or row.conversation.side is not Side.REQUESTER:
            return
        try:
            ticket = uow.tickets.get(ticket_id)
        except TicketNotFound:
            return
        announce(context, ticket, [event])


def _keep_the_one_before(uow: UnitOfWork, row: OutboxRow) -> None:
    """Of an alert that does not come, or not soon: what was to be deleted for it is brought up to date."""
    if row.kind is RowKind.ALERT and not row.parts:
        uow.outbox.show_alerts([row.conversation.id])


def _thread(row: OutboxRow, shown: Sequence[str]) -> str | None:
    """The thread to post in: none for the message that is to become the thread's first."""
    root = row.conversation.root
    return None if root is not None and root in shown else root
