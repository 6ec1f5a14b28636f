"""Tickets of the console: the table with its rows as they change, one ticket, and its files."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, answered, shown
from adapters.http.gate import own_path
from adapters.http.pages import asked_in, go_on
from adapters.http.portal.sent_form import sent_form
from adapters.http.refusals import is_call
from adapters.http.stored_files import send_kept
from bot.ports.console.pages import ConsoleSection
from bot.ports.console.tickets import TableChoice, TicketPages

LONGEST_SEARCH: Final = 500
MOST_REFERENCES: Final = 400
TICKETS: Final = ConsoleSection.TICKETS.path


class TicketRoutes:
    def __init__(self, pages: TicketPages, *, door: ConsoleDoor) -> None:
        self._pages = pages
        self._door = door

    def routes(self) -> list[web.RouteDef]:
        needs = self._door.needs(ConsoleSection.TICKETS)
        one = f"{TICKETS}/{{reference}}"
        return [
            web.get(TICKETS, needs(self._table)),
            web.post("/console/rows", needs(self._rows)),
            web.get("/console/columns", needs(self._back)),
            web.post("/console/columns", needs(self._columns)),
            web.get(one, needs(self._one)),
            web.get(f"{one}/files/{{digest}}", needs(self._file)),
        ]

    async def _table(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        said = self._door.said.to(visitor, request)
        return shown(await self._pages.table(visitor, choice_of(request), said=said))

    async def _rows(self, request: web.Request) -> web.StreamResponse:
        """For the script of the table: `shown` and `others` are JSON in a form, as they may be many."""
        given = await request.post()
        rows = await self._pages.changed_rows(
            await self._door.visitor(request),
            choice_of(request),
            shown=_references(given.get("shown")),
            others=_references(given.get("others")),
            is_counted="counted" in given,
        )
        return answered(asdict(rows))

    async def _columns(self, request: web.Request) -> web.StreamResponse:
        async with sent_form(request) as sent:
            columns = [each for each in sent.typed.get("columns", "").split(",") if each]
        await self._pages.keep_columns(await self._door.visitor(request), columns)
        return go_on(own_path(request.query.get("back", ""), otherwise=TICKETS))

    async def _back(self, request: web.Request) -> web.StreamResponse:
        """Its form stands on the page of tickets."""
        return go_on(own_path(request.query.get("back", ""), otherwise=TICKETS))

    async def _one(self, request: web.Request) -> web.StreamResponse:
        visitor, reference = await self._door.visitor(request), request.match_info["reference"]
        back = own_path(request.query.get("back", ""), otherwise="")
        said = self._door.said.to(visitor, request)
        page = await self._pages.ticket(visitor, reference, back=back, is_part=is_call(request), said=said)
        if is_call(request):
            return answered(
                {"part": page.html if page.is_found else ""}, status=200 if page.is_found else 404
            )
        return shown(page)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        visitor, reference = await self._door.visitor(request), request.match_info["reference"]
        file = await self._pages.file(visitor, reference, request.match_info["digest"])
        return await send_kept(request, file, self._pages.read) or shown(await self._pages.missing(visitor))


def choice_of(request: web.Request) -> TableChoice:
    asked = {
        name: asked_in(request, name, longest=LONGEST_SEARCH)
        for name in ("q", "view", "order", "page", "behind")
    }
    page = asked["page"]
    return TableChoice(
        sought=asked["q"],
        view=asked["view"],
        order=asked["order"],
        behind=asked["behind"],
        page=max(int(page), 1) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
    )


def _references(given: object) -> Sequence[str]:
    """Nothing for what is no list of short texts."""
    try:
        read = json.loads(given) if isinstance(given, str) else []
    except ValueError:
        return []
    texts = read if isinstance(read, list) else []
    return [each for each in texts if isinstance(each, str) and len(each) < 40][:MOST_REFERENCES]
