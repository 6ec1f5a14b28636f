"""What could not be delivered, and how the desk's parts are: leads see it; administrators act by the registry."""

from typing import Final

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, shown
from bot.ports.console.overviews import HealthPages
from bot.ports.console.pages import ConsoleSection

SECTION: Final = ConsoleSection.HEALTH


class HealthRoutes:
    def __init__(self, pages: HealthPages, *, door: ConsoleDoor) -> None:
        self._pages = pages
        self._door = door

    def routes(self) -> list[web.RouteDef]:
        return [web.get(SECTION.path, self._door.needs(SECTION)(self._health))]

    async def _health(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        said = self._door.said.to(visitor, request)
        return shown(await self._pages.health(visitor, said=said))
