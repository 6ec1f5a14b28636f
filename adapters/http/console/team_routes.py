"""Teams of the console: what they have in hand, who is on call, and forms to stand in or be away."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from aiohttp import web

from adapters.http.console.console_door import ConsoleDoor, chosen, leads_to, shown
from adapters.http.pages import go_on
from adapters.http.portal.sent_form import refusal_of, sent_form
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.ports.console.deeds import DeedPages, DeedPlace
from bot.ports.console.overviews import RefusedTeamForm, TeamPages
from bot.ports.console.pages import ConsoleSection
from bot.ports.intake import Intake

SECTION: Final = ConsoleSection.TEAM
FORMS: Final = {"cover": verbs.COVER, "away": verbs.AWAY}
"""By the last part of their address; all else that is done from the page is a button of the registry."""


class TeamRoutes:
    """`now` is the clock."""

    def __init__(
        self,
        pages: TeamPages,
        *,
        door: ConsoleDoor,
        intake: Intake,
        now: Callable[[], datetime],
        deeds: DeedPages,
    ) -> None:
        self._pages = pages
        self._door = door
        self._intake = intake
        self._now = now
        self._deeds = deeds

    def routes(self) -> list[web.RouteDef]:
        needs = self._door.needs(SECTION)
        return [
            web.get(SECTION.path, needs(self._teams)),
            web.get(f"{SECTION.path}/{{form}}", needs(leads_to(SECTION.path))),
            web.post(f"{SECTION.path}/{{form}}", needs(self._send)),
        ]

    async def _teams(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._door.visitor(request)
        said = self._door.said.to(visitor, request)
        return shown(await self._pages.teams(visitor, said=said))

    async def _send(self, request: web.Request) -> web.StreamResponse:
        visitor, form = await self._door.visitor(request), request.match_info["form"]
        if form not in FORMS:
            return go_on(SECTION.path)
        async with sent_form(request) as sent:
            options = _options(form, sent.typed, instead=sent.fixed.get("instead", ""))
            event = chosen(visitor, FORMS[form], key=f"{form}:{sent.key}", at=self._now(), options=options)
            reply = await self._intake.take(event)
            if (refused := refusal_of(reply)) is not None:
                team = sent.fixed.get("team", "")
                given = RefusedTeamForm(form=f"{form}-{team}", reason=refused.reason, typed=sent.options)
                return shown(await self._pages.teams(visitor, given=given), status=422)
        if not isinstance(reply, PrivateReply):
            return go_on(SECTION.path)
        html = self._deeds.said(visitor, reply, DeedPlace(back=SECTION.path))
        return self._door.said.go_on(request, visitor, SECTION.path, html)


def _options(form: str, typed: Mapping[str, str], *, instead: str) -> Mapping[str, str]:
    """What the commands read: `from 2026-12-01 09:00 until 2026-12-04 18:00`, for whoever was chosen.

    `instead` names what is moved.
    """
    return {**_typed(form, typed), **({"instead": instead} if instead else {})}


def _typed(form: str, typed: Mapping[str, str]) -> Mapping[str, str]:
    since, until = (typed.get(each, "").replace("T", " ").strip() for each in ("since", "until"))
    span = f"from {since} until {until}" if since else f"until {until}"
    who, reason = f"@{typed.get('person', '')}", typed.get("reason", "").strip()
    if form == "cover":
        return {"person": who, "when": span}
    return {"until": f"{who} {span}{', ' if reason else ''}{reason}"}
