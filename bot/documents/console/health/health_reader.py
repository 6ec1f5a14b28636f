"""`bot.ports.console.overviews.HealthPages` of a desk. Leads see it; administrators act on it.

A message that was not delivered is told to a lead where it belongs to their teams: to a ticket of theirs that they
may see, or to a channel of theirs. What else there is they are not told of, not even how much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.console_reader import ConsoleReader
from bot.messages import verbs
from bot.messages.outbound import RichText
from bot.ports.console.pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.health import DeskHealth, HealthLevel, PartHealth, WorkerHealth
from bot.ports.sessions.sign_ins import Right
from bot.ports.storage.outbox import OutboxRow, RowState
from bot.ports.unit_of_work import Storage
from bot.services.context.context import Context, ContextFactory
from bot.services.context.reader import zone_of
from bot.services.search.ticket_search import SearchScope, visibility_in
from bot.text.amounts import ago, number
from bot.text.error_text import tell
from bot.text.instants import stamp
from bot.text.sentences import words

FAILED: Final = (RowState.DEAD, RowState.PARKED)
LISTED: Final = 100
LATE: Final = 3
"""So many times its interval after its last run, a worker is late."""
LEAST_LATE_S: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredLine:
    """`ticket` is the reference of the one it belongs to, where there is one."""

    id: int
    kind: RichText
    channel: str
    reason: RichText
    is_parked: bool
    ticket: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    name: str
    level: HealthLevel
    detail: RichText


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLine:
    name: str
    ran: str
    is_late: bool
    trouble: RichText


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredMessages:
    """`queued` are on their way; None for whoever is not to know."""

    lines: tuple[UndeliveredLine, ...]
    queued: int | None
    failed: int


class HealthReader(ConsoleReader):
    def __init__(
        self, frame: ConsoleFrame, *, storage: Storage, contexts: ContextFactory, health: DeskHealth
    ) -> None:
        super().__init__(frame, storage=storage, contexts=contexts)
        self._health = health

    async def health(self, visitor: ConsoleVisitor, *, said: str = "") -> ConsolePage:
        is_admin = Right.ADMIN in visitor.rights
        outbox = await self._read(visitor, lambda context: _undelivered(context, is_admin=is_admin))
        parts = await self._health.parts()
        language = visitor.language
        return self._frame.page(
            "health_page.html",
            visitor,
            section=ConsoleSection.HEALTH,
            outbox=outbox,
            parts=[_part(name, each, language) for name, each in parts.items()],
            worst=max(
                (each.condition for each in parts.values()),
                key=list(HealthLevel).index,
                default=HealthLevel.READY,
            ),
            workers=[_worker(each, language) for each in self._health.workers()],
            facts=[tell(language, each) for each in self._health.facts()],
            is_admin=is_admin,
            said=said,
            verb=verbs.OUTBOX,
            number=lambda many: number(many, language),
        )


def _undelivered(context: Context, *, is_admin: bool) -> UndeliveredMessages:
    rows = context.uow.outbox.listing(FAILED, limit=LISTED)
    if not is_admin:
        rows = _theirs(context, rows)
    ids = {each.conversation.ticket_id for each in rows}
    tickets = context.uow.tickets.get_many(each for each in ids if each is not None)
    references = {key: each.reference for key, each in tickets.items()}
    counts = context.uow.outbox.count_by_state() if is_admin else {}
    return UndeliveredMessages(
        lines=tuple(
            UndeliveredLine(
                id=row.id,
                kind=tell(context.language, row.kind.term),
                channel=str(row.conversation.channel),
                reason=tell(context.language, row.last_error) if row.last_error is not None else (),
                is_parked=row.state is RowState.PARKED,
                ticket=references.get(row.conversation.ticket_id or 0, ""),
                at=stamp(row.created_at, zone=zone_of(context), language=context.language),
            )
            for row in rows
        ),
        queued=counts.get(RowState.DUE, 0) + counts.get(RowState.LEASED, 0) if is_admin else None,
        failed=sum(counts.get(each, 0) for each in FAILED) if is_admin else len(rows),
    )


def _theirs(context: Context, rows: Sequence[OutboxRow]) -> Sequence[OutboxRow]:
    led = [each for each in context.desk.teams_of(context.actor) if each.has_lead(context.actor)]
    names = frozenset(name for each in led for name in each.names)
    channels = {channel for each in led for channel in (each.channel, each.escalation_channel)}
    visibility = visibility_in(context, SearchScope.SEEN)
    ids = [each.conversation.ticket_id for each in rows if each.conversation.ticket_id is not None]
    seen = {
        each.id
        for each in context.uow.tickets.get_many(ids).values()
        if each.team in names and visibility.covers(each)
    }
    return [
        each
        for each in rows
        if (
            each.conversation.ticket_id in seen
            if each.conversation.ticket_id is not None
            else each.conversation.channel in channels
        )
    ]


def _part(name: str, health: PartHealth, language: str) -> PartLine:
    detail = tell(language, health.sentence) if health.sentence is not None else (health.detail,)
    return PartLine(name=name, level=health.condition, detail=detail)


def _worker(health: WorkerHealth, language: str) -> WorkerLine:
    is_late = health.ran_s_ago > max(LATE * health.every_s, LEAST_LATE_S)
    ran = ago(health.ran_s_ago, language) if health.has_run else words(language, "overview.worker_not_yet")
    return WorkerLine(
        name=health.name.replace("_", " "),
        ran=ran,
        is_late=is_late,
        trouble=tell(language, health.trouble) if health.trouble is not None else (),
    )
