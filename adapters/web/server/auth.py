"""Who gets in: pages of this server with the session's cookie, under a name the server answers to.

The Host check stops a foreign name that resolves to this machine, the Origin check another site's page,
the cookie everybody who was not given the link. Every refusal is a sentence.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable

import structlog
from aiohttp import web

from adapters.http.refusals import Problem, Refusals
from adapters.http.rights import Handler, declares
from adapters.http.visits import Visits
from bot.domain.errors import DeskbellError
from bot.domain.sentence import Sentence, sentence
from bot.ports.sign_ins import Right

log = structlog.get_logger(__name__)

COOKIE_LIFE_S = 30 * 24 * 3600


class Auth:
    """`hosts` are the names, besides the loopback ones, under which the workspace may be opened.

    `is_secure`: people come by https, through a proxy, so their browsers must send the cookie by no other way.
    `language` is the desk's.
    """

    def __init__(
        self,
        *,
        token: str,
        language: Callable[[], str],
        hosts: Iterable[str] = (),
        is_secure: bool = False,
    ) -> None:
        self._is_secure = is_secure
        self._visits = Visits(hosts)
        self._refusals = Refusals(language)
        self._token = token.encode()
        # Cookies are shared by all ports of a host: two desks on one machine need two names.
        self._cookie = f"deskbell-{self._derive('name')[:8]}"
        self._session = self._derive("session")

    def guard(self, handler: Handler) -> Handler:
        """The handler behind all checks; what it raises becomes an answer."""

        @declares(Right.SIGNED_IN)
        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                self._visits.check(request)
                self._check_session(request)
                return await handler(request)
            except web.HTTPRequestEntityTooLarge:
                return self.refusal(request, Problem(413, "platforms.request_too_large"))
            except DeskbellError as error:
                return self.refusal(request, error)
            except (web.HTTPException, ConnectionError):
                raise
            except Exception:
                log.exception("a page's request failed", path=request.path)
                return self.refusal(request, Problem(500, "platforms.failed"))

        return guarded

    def admits(self, request: web.Request) -> bool:
        """Whether it comes with the session's cookie, under a name the server answers to."""
        try:
            self._check_session(request)
            self._visits.check(request)
        except Problem:
            return False
        return True

    async def enter(self, request: web.Request) -> web.StreamResponse | None:
        """Exchange the token of the link for the cookie; None where the address has no token."""
        given = request.query.get("token")
        if given is None:
            return None
        try:
            self._visits.check(request)
        except Problem as problem:
            return self.refusal(request, problem)
        if not hmac.compare_digest(given.encode(errors="replace"), self._token):
            needed = _link_needed(request)
            return self.refusal(request, Problem(403, "platforms.link_expired", needed))
        response = web.Response(status=303, headers={"Location": "/"})
        response.set_cookie(
            self._cookie,
            self._session,
            httponly=True,
            samesite="Strict",
            secure=self._is_secure or request.secure,
            max_age=COOKIE_LIFE_S,
            path="/",
        )
        return response

    def refusal(self, request: web.Request, error: DeskbellError) -> web.Response:
        return self._refusals.answer(request, error)

    def _derive(self, purpose: str) -> str:
        return hmac.new(self._token, f"deskbell {purpose}".encode(), hashlib.sha256).hexdigest()

    def _check_session(self, request: web.Request) -> None:
        cookie = request.cookies.get(self._cookie, "")
        if not hmac.compare_digest(cookie.encode(errors="replace"), self._session.encode()):
            needed = _link_needed(request)
            raise Problem(403, needed.key, **needed.facts)


def _link_needed(request: web.Request) -> Sentence:
    """Only after the Host check: the address is named as the visitor gave it."""
    return sentence("platforms.link_needed", link=f"{request.scheme}://{request.host}/?token=…")
