"""What all routes of the console share: who asks, how a page is answered, and where what they do goes.

A page is added with a class that has `routes()`, each of them behind `door.needs(section)`, and a line in
`bot/bootstrap/sessions/console.py`.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Final

from aiohttp import web

from adapters.http.console.said_once import SaidOnce
from adapters.http.gate import Gate
from adapters.http.pages import WITHOUT_SCRIPTS, go_on, page_of, policy_of
from adapters.http.refusals import Problem
from adapters.http.rights import Handler
from bot.domain.directory import ChannelRef
from bot.messages.inbound import Location, VerbChosen
from bot.ports.console.pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.sessions.sign_ins import Right

CONSOLE: Final = "/console"
KEPT_FOR_BACK: Final = "private, no-cache"
"""Of what a form leads to, such as a preview: Back shows it again, and nobody is asked to send the form again.

Signing out takes it out of the browser.
"""
HEADERS: Final = {
    "Content-Security-Policy": policy_of(
        {
            **WITHOUT_SCRIPTS,
            "script-src": ["'self'"],
            "connect-src": ["'self'"],
            "img-src": ["'self'", "data:"],
        }
    ),
    "Vary": "Cookie, Accept",
}


class ConsoleDoor:
    """`said` is what was answered to the form that led to a page."""

    def __init__(self, gate: Gate, said: SaidOnce) -> None:
        self._gate = gate
        self.said = said

    def needs(self, section: ConsoleSection) -> Callable[[Handler], Handler]:
        """The handler for those alone who may open the section; what changes something needs the token, too."""
        rights = section.rights

        def guard(handler: Handler) -> Handler:
            if len(rights) == 1:
                return self._gate.needs(next(iter(rights)))(self._telling_once(handler))

            @wraps(handler)
            async def checked(request: web.Request) -> web.StreamResponse:
                visitor = await self.visitor(request)
                if not visitor.may_open(section):
                    raise Problem(403, f"sign_in.only_{min(rights, key=list(Right).index)}")
                return await handler(request)

            return self._gate.needs(Right.SIGNED_IN)(self._telling_once(checked))

        return guard

    def signed_in(self, handler: Handler) -> Handler:
        """For whoever is signed in; what they may see is decided by the handler."""
        return self._gate.needs(Right.SIGNED_IN)(self._telling_once(handler))

    def _telling_once(self, handler: Handler) -> Handler:
        @wraps(handler)
        async def told(request: web.Request) -> web.StreamResponse:
            response = await handler(request)
            self.said.forget_told(request, response)
            if request.method == "POST":
                response.headers["Cache-Control"] = KEPT_FOR_BACK
            return response

        return told

    async def visitor(self, request: web.Request) -> ConsoleVisitor:
        signed_in = await self._gate.person(request)
        assert signed_in is not None, "the gate lets in nobody else"
        return ConsoleVisitor(
            person=signed_in.person,
            language=signed_in.language,
            token=self._gate.token(request),
            key=secrets.token_urlsafe(12),
            rights=signed_in.rights,
        )

    async def is_still_in(self, request: web.Request) -> bool:
        """Whether the session of a request that stays open for long goes on. Raises StorageUnavailable."""
        return await self._gate.person_now(request) is not None


def chosen(
    visitor: ConsoleVisitor,
    verb: str,
    *,
    key: str,
    at: datetime,
    options: Mapping[str, str],
    is_form: bool = True,
    ticket: str | None = None,
) -> VerbChosen:
    """What they do is an event of their account's: the same `key` again is the same one."""
    return VerbChosen(
        key=f"{visitor.person.key}:console:{key}",
        actor=visitor.person,
        location=location_of(visitor),
        at=at,
        verb=verb,
        ticket=ticket,
        options=options,
        is_form=is_form,
        is_on_private_reply=True,
    )


def location_of(visitor: ConsoleVisitor) -> Location:
    """What is done here is done as if it were typed to the desk alone."""
    return Location(channel=ChannelRef.direct(visitor.person.key))


def leads_to(path: str) -> Handler:
    """Where a form is sent that stands on another page: who opens that address is shown the page."""

    async def lead(_request: web.Request) -> web.StreamResponse:
        return go_on(path)

    return lead


def shown(page: ConsolePage, *, status: int = 200) -> web.Response:
    return page_of(page.html, headers=HEADERS, status=status if page.is_found else 404)


def answered(values: object, *, status: int = 200) -> web.Response:
    """For a script of the page."""
    response = web.json_response(values, status=status)
    response.enable_compression()
    return response
