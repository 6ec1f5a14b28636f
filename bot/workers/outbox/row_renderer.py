"""Rows that were claimed become messages: all of a batch in one reading transaction, and from one reading of it.

Where one of them fails, each is rendered in a transaction of its own, so that it takes no other with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from bot.caches.shown_cache import ShownCache
from bot.documents.builder import Unmade
from bot.domain.errors import StorageUnavailable
from bot.domain.sentence import Sentence, sentence
from bot.messages.outbound import Address, Content, OutboundMessage, ThreadHeader
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.context.view import View
from bot.services.outbox.row_subjects import read_together
from bot.views.renderer import is_about_to_go, language_of, left_over, render, shown_by
from bot.views.thread_header import thread_header

log = structlog.get_logger(__name__)

REFUSED_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class RenderedRow:
    row: OutboxRow
    message: OutboundMessage | None
    """None: nothing to send; the row is settled or dropped."""
    content: Content | Unmade | None
    problem: Sentence | None = None
    """Why it cannot be shown at all."""
    delay: Sentence | None = None
    """Why it could not be rendered now: a condition of the database, which passes."""
    language: str = "en"


class RowRenderer:
    """`last_shown` knows what need not be shown again."""

    def __init__(self, *, storage: Storage, contexts: ContextFactory, last_shown: ShownCache) -> None:
        self._storage = storage
        self._contexts = contexts
        self._last_shown = last_shown

    async def render(self, rows: Sequence[OutboxRow]) -> list[RenderedRow]:
        """All in one transaction. Where one of them fails, and the transaction with it, each in one of its own."""
        try:
            return await self._storage.read(lambda uow: self._rendered_together(uow, rows))
        except Exception:  # noqa: BLE001  which row it was, and why, shows when each is rendered alone
            return await self._render_one_by_one(rows)

    async def _render_one_by_one(self, rows: Sequence[OutboxRow]) -> list[RenderedRow]:
        """Asks no more of a database that has refused several in a row: it is away, not short of one row."""
        rendered: list[RenderedRow] = []
        for row in rows:
            last = rendered[-REFUSED_IN_A_ROW:]
            if len(last) == REFUSED_IN_A_ROW and all(each.delay for each in last):
                rendered.append(RenderedRow(row, None, None, delay=last[-1].delay))
            else:
                rendered.append(await self._render_alone(row))
        return rendered

    async def _render_alone(self, row: OutboxRow) -> RenderedRow:
        """Only what rendering itself raises sets a row aside; a condition of the database is waited for."""
        try:
            return await self._storage.read(lambda uow: self._rendered(self._view(uow), row))
        except StorageUnavailable as error:
            log.debug("a message waits for the database", row=row.id, kind=row.kind, error=error.sentence)
            delay = sentence("deliveries.database_unavailable", reason=error.sentence)
            return RenderedRow(row, None, None, delay=delay)
        except Exception as error:
            log.exception("a message could not be rendered", row=row.id, kind=row.kind)
            problem = sentence("deliveries.not_rendered", error=type(error).__name__)
            return RenderedRow(row, None, None, problem=problem)

    def _rendered_together(self, uow: UnitOfWork, rows: Sequence[OutboxRow]) -> list[RenderedRow]:
        read_together(uow, rows)
        view = self._view(uow)
        return [self._rendered(view, row) for row in rows]

    def _view(self, uow: UnitOfWork) -> View:
        return View(uow=uow, desk=self._contexts.desk(), now=self._contexts.clock.now())

    def _rendered(self, view: View, row: OutboxRow) -> RenderedRow:
        if is_about_to_go(view, row):
            return RenderedRow(row, None, None)
        view = replace(view, language=language_of(view, row))
        content, shown = render(view, row), shown_by(view, row)
        if content is None and not shown:
            return RenderedRow(row, None, None)
        if not (content is None or isinstance(content, Unmade)) and self._last_shown.is_so_already(
            row, content
        ):
            self._last_shown.remember(row, content)
            return RenderedRow(row, None, content)
        conversation = row.conversation
        return RenderedRow(
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
                language=view.language,
            ),
            content,
            language=view.language,
        )

    def _thread_header(self, view: View, row: OutboxRow) -> ThreadHeader | None:
        """What a thread is opened with, should this message need one."""
        conversation = row.conversation
        known = self._contexts.capabilities.get(conversation.channel.platform)
        if conversation.ticket_id is None or known is None or not known.has_thread_headers:
            return None
        return thread_header(view, view.uow.tickets.get(conversation.ticket_id), conversation)


def _thread(row: OutboxRow, shown: Sequence[str]) -> str | None:
    """The thread to post in: none for the message that is to become the thread's first."""
    root = row.conversation.root
    return None if root is not None and root in shown else root
