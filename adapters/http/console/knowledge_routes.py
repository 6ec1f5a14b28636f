"""Articles of the console: to read, to look for, to write and to review."""

from typing import Final
from urllib.parse import parse_qs, urlsplit

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, shown
from adapters.http.console.registry_deeds import DeedPage, RegistryDeeds
from adapters.http.refusals import Problem
from adapters.http.stored_files import send_stored
from bot.messages import verbs
from bot.ports.console.overview_pages import KnowledgePages, Outcome
from bot.ports.console_pages import ConsolePage, ConsoleSection, ConsoleVisitor

SECTION: Final = ConsoleSection.KNOWLEDGE
ARTICLE: Final = f"{SECTION.path}/article"
LONGEST: Final = 300
"""Characters of a name, and of what is sought."""
VERBS: Final = frozenset(
    {
        verbs.NEW_ARTICLE,
        verbs.EDIT_ARTICLE,
        verbs.PUBLISH_ARTICLE,
        verbs.RETIRE_ARTICLE,
        verbs.EXCLUDE_ANSWER,
        verbs.INCLUDE_ANSWER,
    }
)


class KnowledgeRoutes:
    """`room` is how many bytes a form with pictures may have."""

    def __init__(self, pages: KnowledgePages, *, door: ConsoleDoor, deeds: RegistryDeeds, room: int) -> None:
        self._pages = pages
        self._door = door
        self._deeds = deeds
        self._room = room
        self._place = DeedPage(path=SECTION.path, verbs=VERBS, again=self._again)

    def routes(self) -> list[web.RouteDef]:
        needs = self._door.needs(SECTION)
        return [
            web.get(SECTION.path, needs(self._articles)),
            web.get(ARTICLE, needs(self._article)),
            web.get(f"{SECTION.path}/picture", needs(self._picture)),
            web.post(f"{SECTION.path}/do", self._door.roomy(needs(self._do), room=self._room)),
        ]

    async def _articles(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        given = self._deeds.answer(visitor, request)
        return shown(await self._pages.articles(visitor, sought=_asked(request, "q"), given=given))

    async def _article(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        return shown(
            await self._pages.article(
                visitor,
                _asked(request, "name"),
                version=_asked(request, "version"),
                given=self._deeds.answer(visitor, request),
            )
        )

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        file = await self._pages.picture(visitor, _asked(request, "name"), _asked(request, "digest"))
        if file is not None and file.digest is not None:
            try:
                return await send_stored(request, file, self._pages.read(file.digest))
            except FileNotFoundError:
                pass
        raise Problem(404, "console.missing")

    async def _do(self, request: web.Request) -> web.StreamResponse:
        return await self._deeds.do(request, await self._door.visitor(request), self._place)

    async def _again(self, visitor: ConsoleVisitor, outcome: Outcome, back: str) -> ConsolePage:
        parts = urlsplit(back)
        name = parse_qs(parts.query).get("name", [""])[0]
        if parts.path == ARTICLE and name:
            return await self._pages.article(visitor, name, given=outcome)
        return await self._pages.articles(visitor, given=outcome)


def _asked(request: web.Request, name: str) -> str:
    return request.query.get(name, "").replace("\0", "").strip()[:LONGEST]
