"""Tickets of the console: the table."""

from typing import Final

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, shown
from bot.ports.console_pages import ConsoleSection
from bot.ports.console_tickets import TableChoice, TicketPages

LONGEST_SEARCH: Final = 500


class TicketRoutes:
    def __init__(self, pages: TicketPages, *, door: ConsoleDoor) -> None:
        self._pages = pages
        self._door = door

    def routes(self) -> list[web.RouteDef]:
        needs = self._door.needs(ConsoleSection.TICKETS)
        return [web.get(ConsoleSection.TICKETS.path, needs(self._table))]

    async def _table(self, request: web.Request) -> web.StreamResponse:
        return shown(await self._pages.table(await self._door.visitor(request), choice_of(request)))


def choice_of(request: web.Request) -> TableChoice:
    asked = {
        name: request.query.get(name, "").replace("\0", "").strip()[:LONGEST_SEARCH]
        for name in ("q", "view", "order", "page")
    }
    page = asked["page"]
    return TableChoice(
        sought=asked["q"],
        view=asked["view"],
        order=asked["order"],
        page=max(int(page), 1) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
    )
