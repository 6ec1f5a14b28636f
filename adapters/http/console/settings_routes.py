"""`desk.yaml` in the console: edited, previewed and saved as a version; for administrators alone."""

from collections.abc import Mapping
from html import escape
from typing import Final
from urllib.parse import parse_qsl

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, shown
from adapters.http.portal.sent_form import SentForm, sent_form
from bot.ports.console.pages import ConsoleSection
from bot.ports.console.settings import RefusedSettings, SavedSettings, SettingsPages, TypedSettings
from bot.ports.console.settings_entries import (
    EntryChange,
    EntryDeed,
    EntryKind,
    EntryPlace,
    SettingsEntryPages,
)

SECTION: Final = ConsoleSection.SETTINGS
VERSIONS: Final = f"{SECTION.path}/versions"
REFUSED: Final = 422


class SettingsRoutes:
    def __init__(self, pages: SettingsPages, entries: SettingsEntryPages, *, door: ConsoleDoor) -> None:
        self._pages = pages
        self._entries = entries
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
        async with sent_form(request) as sent:
            found = await self._pages.preview(visitor, _typed(sent))
        if isinstance(found, RefusedSettings):
            return shown(found.page, status=REFUSED)
        return shown(found)

    async def _save(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        async with sent_form(request) as sent:
            typed, change = _typed(sent), _change(sent.fixed)
        match await self._pages.save(visitor, typed):
            case SavedSettings(said=said):
                return self._door.said.go_on(request, visitor, SECTION.path, escape(said))
            case RefusedSettings(page=page):
                again = None if change is None else await self._entries.again(visitor, change, typed)
                return shown(page if again is None else again, status=REFUSED)

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


def _typed(sent: SentForm) -> TypedSettings:
    """Of the text as it was previewed, or as it stands in the editor."""
    return TypedSettings(
        text=sent.typed.get("text", ""),
        over=sent.fixed.get("over", ""),
        reason=sent.typed.get("reason", ""),
        opened=sent.fixed.get("opened", ""),
    )


def _change(fixed: Mapping[str, str]) -> EntryChange | None:
    """What the preview was made of; None for one of the whole file."""
    kind = next((each for each in EntryKind if each == fixed.get("of")), None)
    deed = next((each for each in EntryDeed if each == fixed.get("deed")), None)
    if kind is None or deed is None:
        return None
    typed = dict(parse_qsl(fixed.get("typed", ""), keep_blank_values=True))
    return EntryChange(place=EntryPlace(kind=kind, name=fixed.get("name", "")), deed=deed, typed=typed)
