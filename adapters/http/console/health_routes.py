"""What could not be delivered, and how the desk's parts are: leads see it, administrators act on it."""

from typing import Final

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, shown
from adapters.http.console.registry_deeds import DeedPage, RegistryDeeds
from adapters.http.refusals import Problem
from bot.messages import verbs
from bot.ports.console.overview_pages import HealthPages, Outcome
from bot.ports.console_pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.sign_ins import Right

SECTION: Final = ConsoleSection.HEALTH


class HealthRoutes:
    def __init__(self, pages: HealthPages, *, door: ConsoleDoor, deeds: RegistryDeeds) -> None:
        self._pages = pages
        self._door = door
        self._deeds = deeds
        self._place = DeedPage(path=SECTION.path, verbs=frozenset({verbs.OUTBOX}), again=self._again)

    def routes(self) -> list[web.RouteDef]:
        needs = self._door.needs(SECTION)
        return [
            web.get(SECTION.path, needs(self._health)),
            web.post(f"{SECTION.path}/do", needs(self._do)),
        ]

    async def _health(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        return shown(await self._pages.health(visitor, given=self._deeds.answer(visitor, request)))

    async def _do(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        if Right.ADMIN not in visitor.rights:
            raise Problem(403, f"sign_in.only_{Right.ADMIN}")
        return await self._deeds.do(request, visitor, self._place)

    async def _again(self, visitor: ConsoleVisitor, outcome: Outcome, _back: str) -> ConsolePage:
        return await self._pages.health(visitor, given=outcome)
