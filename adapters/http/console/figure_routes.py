"""Figures of the console: a report to read, and its tables as files."""

from typing import Final

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, shown
from adapters.http.pages import asked_in
from adapters.http.refusals import Problem
from bot.ports.console.overviews import FigureChoice, FigurePages
from bot.ports.console.pages import ConsoleSection

SECTION: Final = ConsoleSection.FIGURES
LONGEST: Final = 100
"""Characters of what is asked for."""


class FigureRoutes:
    def __init__(self, pages: FigurePages, *, door: ConsoleDoor) -> None:
        self._pages = pages
        self._door = door

    def routes(self) -> list[web.RouteDef]:
        needs = self._door.needs(SECTION)
        return [
            web.get(SECTION.path, needs(self._report)),
            web.get(f"{SECTION.path}/export", needs(self._export)),
        ]

    async def _report(self, request: web.Request) -> web.StreamResponse:
        return shown(await self._pages.report(await self._door.visitor(request), _choice(request)))

    async def _export(self, request: web.Request) -> web.StreamResponse:
        as_lines = request.query.get("format") == "jsonl"
        visitor = await self._door.visitor(request)
        file = await self._pages.export(visitor, _choice(request), as_lines=as_lines)
        if file is None:
            raise Problem(404, "console.missing")
        return web.Response(
            body=file.content,
            content_type=file.media_type,
            charset="utf-8" if file.media_type.startswith("text/") else None,
            headers={
                "Content-Disposition": f'attachment; filename="{file.name}"',
                "Cache-Control": "no-store",
            },
        )


def _choice(request: web.Request) -> FigureChoice:
    report, team, period = (asked_in(request, name, longest=LONGEST) for name in ("report", "team", "period"))
    return FigureChoice(report=report, team=team, period=period)
