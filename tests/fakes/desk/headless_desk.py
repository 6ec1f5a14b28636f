"""A desk without a platform or a page: people use it by its use cases, and it is read what they would be shown.

Desk time stands still until it is moved. What is delivered is settled at once, under made-up message ids.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import count
from typing import TypeVar

from bot.documents.builder import Unmade
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.sentence import sentence
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Board, Content, Copy, Notice
from bot.messages.plain import plain
from bot.ports.platform import Capabilities
from bot.ports.storage.outbox import OutboxRow, RowKind, RowState
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.context.view import View
from bot.services.escalations.alerts import make_room
from bot.services.tickets.opening import NewRequest, open_ticket
from bot.views.renderer import is_obsolete, render
from bot.workers.sla_clock import SlaClock
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, HELP, MONDAY_9, person
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.stories.office import SetClock

LEE = person("Lee Lund")
LEASE = timedelta(minutes=1)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Something that was delivered, and where: on the ticket's "requester" or "team" side, else in a "channel"."""

    row: OutboxRow
    content: Content | Unmade | None

    @property
    def kind(self) -> RowKind:
        return self.row.kind

    @property
    def side(self) -> str:
        return str(self.row.conversation.side)

    @property
    def channel(self) -> str:
        return str(self.row.conversation.channel)

    @property
    def words(self) -> str:
        match self.content:
            case Notice(text=text):
                return plain(text)
            case Copy(text=said):
                return said
            case Board(title=title, lines=lines):
                return "\n".join(plain(each) for each in (title, *lines))
            case _:
                return ""

    @property
    def mentions(self) -> list[str]:
        content = self.content
        return [each.name for each in content.mentions] if isinstance(content, Notice | Copy) else []


class HeadlessDesk:
    def __init__(self, storage: Storage, *, desk: Desk | None = None) -> None:
        self.storage = storage
        self.desk = desk or everyday_desk()
        self.clock = SetClock(MONDAY_9)
        self.contexts = ContextFactory(
            desk=lambda: self.desk, clock=self.clock, capabilities={"web": Capabilities()}
        )
        self._messages = count(1)
        self._sla_clock = SlaClock(storage=storage, contexts=self.contexts)

    async def meets(self, *people: Person) -> None:
        def meet(uow: UnitOfWork) -> None:
            for each in people or (ANA, BO, CLEO, LEE):
                uow.people.remember(each)

        await self.storage.run(meet)

    async def opens(
        self, text: str = "My mouse is dead", *, by: Person = ANA, channel: ChannelRef = HELP
    ) -> Ticket:
        request = NewRequest(
            requester=by,
            text=text,
            channel=channel,
            root=f"asked-{next(self._messages)}",
            said_at=self.clock.now(),
        )
        return await self.works(by, lambda context: open_ticket(context, request))

    async def works(self, who: Person, deed: Callable[[Context], T]) -> T:
        """One transaction of somebody's."""
        return await self.storage.run(lambda uow: deed(self.contexts.context(uow, who)))

    async def does(self, who: Person, deed: Callable[[Context, Ticket], T], *, number: int = 1) -> T:
        """Somebody does something to a ticket, IT-1 unless another is named."""

        def locked(context: Context) -> T:
            found = context.uow.tickets.find("IT", number)
            assert found is not None
            return deed(context, context.uow.tickets.lock(found.id))

        return await self.works(who, locked)

    async def looks(self, question: Callable[[View], T]) -> T:
        return await self.storage.read(
            lambda uow: question(View(uow=uow, desk=self.desk, now=self.clock.now()))
        )

    async def ticket(self, number: int = 1) -> Ticket:
        found = await self.storage.read(lambda uow: uow.tickets.find("IT", number))
        assert found is not None
        return found

    async def passes(self, *, minutes: int) -> None:
        """Time goes by in one step, and the clocks tick."""
        self.clock.move(timedelta(minutes=minutes))
        await self._sla_clock.tick()

    async def sent(self, *kinds: RowKind) -> list[Sent]:
        """What people are shown since this was asked last, in its order; `kinds` leaves out all others."""
        found: list[Sent] = []
        while rows := await self.storage.run(lambda uow: uow.outbox.claim(limit=100, lease=LEASE)):
            found += [await self.storage.run(partial(self._shown, row=row)) for row in rows]
        return [
            each
            for each in found
            if (not kinds or each.kind in kinds) and not is_obsolete(each.row, each.content)
        ]

    def _shown(self, uow: UnitOfWork, *, row: OutboxRow) -> Sent:
        sent = Sent(row=row, content=render(View(uow=uow, desk=self.desk, now=self.clock.now()), row))
        if is_obsolete(row, sent.content) and not row.parts:
            uow.outbox.give_up(row, RowState.DROPPED, error=sentence("deliveries.no_longer_true"))
            return sent
        uow.outbox.settle(row, parts=() if sent.content is None else row.parts or (f"shown-{row.id}",))
        if row.kind is RowKind.ALERT and not row.parts:
            make_room(uow, row)
        return sent
