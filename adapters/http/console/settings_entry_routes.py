"""Teams, inboxes and rules of `desk.yaml` as forms of the console; for administrators alone."""

from typing import Final

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, shown
from adapters.http.console.settings_routes import REFUSED
from adapters.http.pages import asked_in
from adapters.http.portal.sent_form import sent_form
from adapters.http.refusals import Problem
from bot.ports.console.pages import ConsolePage, ConsoleSection
from bot.ports.console.settings import RefusedSettings
from bot.ports.console.settings_entries import (
    EntryKind,
    EntryPlace,
    EntryStep,
    SettingsEntryPages,
    TypedEntry,
)

SECTION: Final = ConsoleSection.SETTINGS
FORM: Final = f"{SECTION.path}/entry"
LONGEST: Final = 200
"""Characters of a name, and of what is sought."""


class SettingsEntryRoutes:
    def __init__(self, pages: SettingsEntryPages, *, door: ConsoleDoor) -> None:
        self._pages = pages
        self._door = door

    def routes(self) -> list[web.RouteDef]:
        needs = self._door.needs(SECTION)
        return [
            web.get(FORM, needs(self._form)),
            web.post(FORM, needs(self._sent)),
            web.post(f"{FORM}/remove", needs(self._remove)),
            web.post(f"{FORM}/move", needs(self._move)),
        ]

    async def _form(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        return shown(await self._pages.form(visitor, _place(request)))

    async def _sent(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        async with sent_form(request) as sent:
            is_again = sent.fixed.get("step") == EntryStep.AGAIN
            typed = TypedEntry(
                typed={name: value for name, value in sent.typed.items() if name not in ("reason", "q")},
                over=sent.fixed.get("over", ""),
                reason=sent.typed.get("reason", ""),
                opened=sent.fixed.get("opened", ""),
                step=EntryStep.AGAIN if is_again else EntryStep.PREVIEW,
            )
        place = _place(request, sought=sent.typed.get("q", ""))
        return _answer(await self._pages.sent(visitor, place, typed))

    async def _remove(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        async with sent_form(request) as sent:
            over = sent.fixed.get("over", "")
        return _answer(await self._pages.removal(visitor, _place(request), over=over))

    async def _move(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        async with sent_form(request) as sent:
            over = sent.fixed.get("over", "")
        is_up = request.query.get("by") == "up"
        return _answer(await self._pages.move(visitor, _place(request), over=over, is_up=is_up))


def _place(request: web.Request, *, sought: str = "") -> EntryPlace:
    kind = next((each for each in EntryKind if each == asked_in(request, "of", longest=LONGEST)), None)
    if kind is None:
        raise Problem(404, "console.missing")
    return EntryPlace(
        kind=kind,
        name=asked_in(request, "name", longest=LONGEST),
        sought=sought.strip()[:LONGEST] or asked_in(request, "q", longest=LONGEST),
    )


def _answer(found: ConsolePage | RefusedSettings) -> web.Response:
    if isinstance(found, RefusedSettings):
        return shown(found.page, status=REFUSED)
    return shown(found)
