"""`desk.yaml` in the console: edited, previewed and saved as a version; for administrators alone."""

from html import escape
from typing import Final

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, shown
from adapters.http.portal.sent_form import sent_form
from bot.ports.console.pages import ConsoleSection
from bot.ports.console.settings import RefusedSettings, SavedSettings, SettingsPages, TypedSettings

SECTION: Final = ConsoleSection.SETTINGS
VERSIONS: Final = f"{SECTION.path}/versions"
REFUSED: Final = 422


class SettingsRoutes:
    def __init__(self, pages: SettingsPages, *, door: ConsoleDoor) -> None:
        self._pages = pages
        self._door = door

    def routes(self) -> list[web.RouteDef]:
        needs = self._door.needs(SECTION)
        return [
            web.get(SECTION.path, needs(self._editor)),
            web.post(f"{SECTION.path}/preview", needs(self._preview)),
            web.post(f"{SECTION.path}/save", needs(self._save)),
            web.get(VERSIONS, needs(self._versions)),
            web.get(f"{VERSIONS}/{{number}}", needs(self._version)),
            web.get(f"{VERSIONS}/{{number}}/back", needs(self._way_back)),
        ]

    async def _editor(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        said = self._door.said.to(visitor, request)
        return shown(await self._pages.editor(visitor, said=said))

    async def _preview(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        found = await self._pages.preview(visitor, await _typed(request))
        if isinstance(found, RefusedSettings):
            return shown(found.page, status=REFUSED)
        return shown(found)

    async def _save(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        match await self._pages.save(visitor, await _typed(request)):
            case SavedSettings(said=said):
                return self._door.said.go_on(request, visitor, SECTION.path, escape(said))
            case RefusedSettings(page=page):
                return shown(page, status=REFUSED)

    async def _versions(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        said = self._door.said.to(visitor, request)
        return shown(await self._pages.versions(visitor, said=said))

    async def _version(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        return shown(await self._pages.version(visitor, request.match_info["number"]))

    async def _way_back(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        return shown(await self._pages.way_back(visitor, request.match_info["number"]))


async def _typed(request: web.Request) -> TypedSettings:
    """Of the text as it was previewed, or as it stands in the editor."""
    async with sent_form(request) as sent:
        return TypedSettings(
            text=sent.typed.get("text", ""),
            over=sent.fixed.get("over", ""),
            reason=sent.typed.get("reason", ""),
            opened=sent.fixed.get("opened", ""),
        )
