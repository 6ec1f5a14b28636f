"""`bot.ports.console.deeds.DeedPages` of a desk."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from bot.documents.console.console_frame import ConsoleFrame
from bot.documents.console.console_reader import ConsoleReader
from bot.documents.console.ticket_view import find_ticket
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Form, PrivateReply
from bot.ports.console.deeds import DeedPlace, OfferedVerb
from bot.ports.console.pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.request_pages import RefusedForm
from bot.ports.unit_of_work import Storage
from bot.services.context.context import Context, ContextFactory
from bot.text.amounts import size

Offers = Callable[[Context, Ticket | None], Sequence[OfferedVerb]]
"""The registry's commands that somebody may use."""


class DeskDeedPages(ConsoleReader):
    """`reads` says of a command whether it changes nothing; `file_limit` in bytes."""

    def __init__(
        self,
        frame: ConsoleFrame,
        *,
        storage: Storage,
        contexts: ContextFactory,
        offers: Offers,
        reads: Callable[[str, Collection[str]], bool],
        file_limit: int,
    ) -> None:
        super().__init__(frame, storage=storage, contexts=contexts)
        self._offers = offers
        self._reads = reads
        self._file_limit = file_limit

    def reads(self, verb: str, options: Collection[str]) -> bool:
        return self._reads(verb, options)

    async def offered(self, visitor: ConsoleVisitor, ticket: str) -> Sequence[OfferedVerb]:
        return await self._read(
            visitor,
            lambda context: self._offers(context, find_ticket(context, ticket) if ticket else None),
        )

    async def form(
        self, visitor: ConsoleVisitor, form: Form, place: DeedPlace, *, given: RefusedForm | None = None
    ) -> ConsolePage:
        known = self._contexts.capabilities.get(visitor.person.platform)
        return self._shown(
            visitor,
            place,
            title=form.title,
            kind="form",
            form=form,
            given=given,
            limit=size(self._file_limit, visitor.language),
            has_number_inputs=known is not None and known.has_number_inputs,
        )

    async def reply(self, visitor: ConsoleVisitor, reply: PrivateReply, place: DeedPlace) -> ConsolePage:
        return self._shown(visitor, place, title=place.ticket, kind="reply", reply=reply)

    async def confirm(self, visitor: ConsoleVisitor, verb: str, place: DeedPlace) -> ConsolePage:
        offered = await self.offered(visitor, place.ticket)
        found = next((each for each in offered if each.verb == verb), None)
        if found is None or (found.on_ticket and not place.ticket):
            return self._frame.missing(visitor)
        return self._shown(visitor, place, title=found.typed, kind="confirm", verb=found)

    def said(self, visitor: ConsoleVisitor, reply: PrivateReply, place: DeedPlace) -> str:
        return self._frame.part("said_part.html", visitor, reply=reply, place=place)

    def _shown(
        self,
        visitor: ConsoleVisitor,
        place: DeedPlace,
        *,
        title: str,
        kind: str,
        **values: Any,  # noqa: ANN401
    ) -> ConsolePage:
        shown: dict[str, Any] = {"place": place, "title": title, "kind": kind, **values}
        if place.is_part:
            return ConsolePage(html=self._frame.part("deed_part.html", visitor, **shown))
        return self._frame.page("deed.html", visitor, section=ConsoleSection.TICKETS, **shown)
