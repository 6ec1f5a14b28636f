"""To an identity provider and back, and what providers tell the desk themselves.

/sign-in/with/NAME          sends the browser to the provider
/sign-in/with/NAME/back     is where the provider sends it back
/sign-in/back-channel/NAME  takes the provider's word that somebody signed out there
"""

from typing import Final

import structlog
from aiohttp import web

from adapters.http.cookies import CookieKind, Cookies
from adapters.http.gate import SIGN_IN
from adapters.http.pages import go_on
from adapters.http.refusals import Problem
from adapters.http.rights import declares
from adapters.http.sign_in_routes import SignInRoutes, browser_of
from adapters.http.visits import Visits
from bot.domain.errors import DeskbellError, StorageUnavailable
from bot.ports.sessions.identity import IdentityFailed, IdentityFailureKind, ProviderSignIns
from bot.ports.sessions.sign_ins import Right
from bot.text.error_text import english

log = structlog.get_logger(__name__)

WITH: Final = f"{SIGN_IN}/with"
BACK_CHANNEL: Final = f"{SIGN_IN}/back-channel"
ATTEMPT_LIFE_S: Final = 600


def back_to(address: str, name: str) -> str:
    """What is entered at the provider, below the address under which people open the desk."""
    return f"{address}{WITH}/{name}/back"


def back_channel(address: str, name: str) -> str:
    return f"{address}{BACK_CHANNEL}/{name}"


class ProviderRoutes:
    """`entrance` is the rest of signing in, with its pages and what begins a session."""

    def __init__(
        self, sign_ins: ProviderSignIns, *, entrance: SignInRoutes, visits: Visits, cookies: Cookies
    ) -> None:
        self._sign_ins = sign_ins
        self._entrance = entrance
        self._visits = visits
        self._cookies = cookies

    def routes(self) -> list[web.RouteDef]:
        in_words = self._entrance.in_words
        return [
            web.get(f"{WITH}/{{name}}", in_words(self._leave), allow_head=False),
            web.get(f"{WITH}/{{name}}/back", in_words(self._come_back), allow_head=False),
            web.post(f"{BACK_CHANNEL}/{{name}}", self._end_sessions),
        ]

    async def _leave(self, request: web.Request) -> web.StreamResponse:
        departure = await self._sign_ins.leave(request.match_info["name"])
        response = go_on(departure.address)
        self._cookies.put(response, CookieKind.ATTEMPT, departure.kept, seconds=ATTEMPT_LIFE_S)
        return response

    async def _come_back(self, request: web.Request) -> web.StreamResponse:
        new = await self._sign_ins.come_back(
            request.match_info["name"],
            self._cookies.read(request, CookieKind.ATTEMPT),
            {name: request.query[name] for name in request.query},
            address=self._visits.address_of(request),
            browser=browser_of(request),
            replaces=self._cookies.read(request, CookieKind.SESSION),
        )
        response = self._entrance.begun(request, new)
        self._cookies.drop(response, CookieKind.ATTEMPT)
        return response

    @declares(Right.ANYBODY)
    async def _end_sessions(self, request: web.Request) -> web.StreamResponse:
        """https://openid.net/specs/openid-connect-backchannel-1_0.html#BCResponse"""
        try:
            self._visits.check(request)
            given = (
                await request.post() if request.content_type == "application/x-www-form-urlencoded" else {}
            )
            token = given.get("logout_token", "")
            await self._sign_ins.end_sessions(
                request.match_info["name"],
                token if isinstance(token, str) else "",
                address=self._visits.address_of(request),
            )
        except IdentityFailed as failed:
            log.warning("a sign-out at a provider was not done", why=english(failed.why))
            is_here = failed.kind in (IdentityFailureKind.UNREACHABLE, IdentityFailureKind.NOT_READY)
            return _declined(503 if is_here else 400)
        except Problem as problem:
            return _declined(problem.status)
        except DeskbellError as error:
            return _declined(503 if isinstance(error, StorageUnavailable) else 400)
        return web.Response()


def _declined(status: int) -> web.Response:
    return web.json_response({"error": "invalid_request"}, status=status)
