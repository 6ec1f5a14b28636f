"""Teams of the console: what they have in hand, who is on call, and forms to stand in or be away."""

from collections.abc import Mapping
from functools import partial

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, shown
from adapters.http.console.registry_deeds import DeedPage, RegistryDeeds
from bot.messages import verbs
from bot.ports.console.overview_pages import Outcome, TeamPages
from bot.ports.console_pages import ConsolePage, ConsoleSection, ConsoleVisitor

SECTION = ConsoleSection.TEAM


class TeamRoutes:
    def __init__(self, pages: TeamPages, *, door: ConsoleDoor, deeds: RegistryDeeds) -> None:
        self._pages = pages
        self._door = door
        self._deeds = deeds
        self._place = DeedPage(
            path=SECTION.path,
            verbs=frozenset({verbs.COVER, verbs.AWAY, verbs.RELEASE}),
            again=self._again,
            options=_options,
        )

    def routes(self) -> list[web.RouteDef]:
        needs = self._door.needs(SECTION)
        return [
            web.get(SECTION.path, needs(self._teams)),
            web.post(f"{SECTION.path}/do", needs(self._do)),
        ]

    async def _teams(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        return shown(await self._pages.teams(visitor, given=self._deeds.answer(visitor, request)))

    async def _do(self, request: web.Request) -> web.StreamResponse:
        return await self._deeds.do(request, await self._door.visitor(request), self._place)

    async def _again(self, visitor: ConsoleVisitor, outcome: Outcome, _back: str) -> ConsolePage:
        return await self._pages.teams(visitor, given=outcome)


def _options(form: str, typed: Mapping[str, str]) -> Mapping[str, str]:
    """What the commands read: `from 2026-12-01 09:00 until 2026-12-04 18:00`, for whoever was chosen."""
    get = partial(_of, typed)
    span = f"from {get('since')} until {get('until')}" if get("since") else f"until {get('until')}"
    match form.partition("-")[0]:
        case "cover":
            return {"person": f"@{get('person')}", "when": span}
        case "away":
            reason = f", {get('reason')}" if get("reason") else ""
            return {"until": f"@{get('person')} {span}{reason}"}
        case _:
            return typed


def _of(typed: Mapping[str, str], name: str) -> str:
    return (
        typed.get(name, "").replace("T", " ").strip()
        if name in ("since", "until")
        else typed.get(name, "").strip()
    )
