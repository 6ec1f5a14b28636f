"""Articles of the console: to read and to look for; they are written and reviewed by the registry's commands."""

from typing import Final

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, shown
from adapters.http.pages import asked_in
from adapters.http.refusals import Problem
from adapters.http.stored_files import send_kept
from bot.ports.console.overviews import KnowledgePages
from bot.ports.console.pages import ConsoleSection

SECTION: Final = ConsoleSection.KNOWLEDGE
LONGEST: Final = 300
"""Characters of a name, and of what is sought."""


class KnowledgeRoutes:
    def __init__(self, pages: KnowledgePages, *, door: ConsoleDoor) -> None:
        self._pages = pages
        self._door = door

    def routes(self) -> list[web.RouteDef]:
        needs = self._door.needs(SECTION)
        return [
            web.get(SECTION.path, needs(self._articles)),
            web.get(f"{SECTION.path}/article", needs(self._article)),
            web.get(f"{SECTION.path}/picture", needs(self._picture)),
        ]

    async def _articles(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        page = await self._pages.articles(
            visitor,
            sought=asked_in(request, "q", longest=LONGEST),
            with_gaps="gaps" in request.query,
            said=self._door.said.to(visitor, request),
        )
        return shown(page)

    async def _article(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        name, version = (asked_in(request, each, longest=LONGEST) for each in ("name", "version"))
        said = self._door.said.to(visitor, request)
        return shown(await self._pages.article(visitor, name, version=version, said=said))

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        name, digest = (asked_in(request, each, longest=LONGEST) for each in ("name", "digest"))
        file = await self._pages.picture(visitor, name, digest)
        sent = await send_kept(request, file, self._pages.read)
        if sent is None:
            raise Problem(404, "console.missing")
        return sent
