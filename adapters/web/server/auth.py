"""Who gets in: pages of this server with the session's cookie, under a name the server answers to.

The Host check stops a foreign name that resolves to this machine, the Origin check another site's page,
the cookie everybody who was not given the link. Every refusal is a sentence.
"""

import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable, Iterable
from html import escape
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.domain.errors import DeskbellError, NotAllowed, StorageUnavailable
from bot.messages.plain import in_plain_quotes, plain
from bot.text.error_text import explain

log = structlog.get_logger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
COOKIE_LIFE_S = 30 * 24 * 3600
IN_BACKTICKS = re.compile(r"`([^`]+)`")


class Problem(Exception):
    """A request that cannot be done: HTTP status and the sentence to show."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Auth:
    """`hosts` are the names, besides the loopback ones, under which the workspace may be opened.

    `is_secure`: people come by https, through a proxy, so their browsers must send the cookie by no other way.
    """

    def __init__(self, *, token: str, hosts: Iterable[str] = (), is_secure: bool = False) -> None:
        self._is_secure = is_secure
        self._token = token.encode()
        self._hosts = LOOPBACK | {host.lower() for host in hosts}
        # Cookies are shared by all ports of a host: two desks on one machine need two names.
        self._cookie = f"deskbell-{self._derive('name')[:8]}"
        self._session = self._derive("session")

    def guard(self, handler: Handler) -> Handler:
        """The handler behind all checks; what it raises becomes an answer."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                self._check_origin(request)
                self._check_session(request)
                return await handler(request)
            except web.HTTPRequestEntityTooLarge:
                return refusal(request, 413, "That is too large for the desk.")
            except Problem as problem:
                return refusal(request, problem.status, problem.sentence)
            except DeskbellError as error:
                return refusal(request, _status_of(error), plain(explain("en", error)))
            except (web.HTTPException, ConnectionError):
                raise
            except Exception:
                log.exception("a page's request failed", path=request.path)
                return refusal(request, 500, "Something went wrong in the desk. Try again.")

        return guarded

    async def enter(self, request: web.Request) -> web.StreamResponse | None:
        """Exchange the token of the link for the cookie; None where the address has no token."""
        given = request.query.get("token")
        if given is None:
            return None
        try:
            self._check_origin(request)
        except Problem as problem:
            return refusal(request, problem.status, problem.sentence)
        if not hmac.compare_digest(given.encode(errors="replace"), self._token):
            return refusal(request, 403, f"This link is not valid any more. {_how_to_enter(request)}")
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

    def _derive(self, purpose: str) -> str:
        return hmac.new(self._token, f"deskbell {purpose}".encode(), hashlib.sha256).hexdigest()

    def _check_session(self, request: web.Request) -> None:
        cookie = request.cookies.get(self._cookie, "")
        if not hmac.compare_digest(cookie.encode(errors="replace"), self._session.encode()):
            raise Problem(403, _how_to_enter(request))

    def _check_origin(self, request: web.Request) -> None:
        if _host_name(request.host) not in self._hosts:
            raise Problem(403, "The desk does not answer under this address. Open the link printed at start.")
        origin = request.headers.get("Origin")
        if origin is not None and _host_in(origin) != request.host.lower():
            raise Problem(403, "The desk takes no requests from other sites' pages.")


def refusal(request: web.Request, status: int, sentence: str) -> web.Response:
    """JSON for the page's calls, a plain page for a person who opened an address."""
    if request.path.startswith("/api/"):
        return web.json_response({"error": in_plain_quotes(sentence)}, status=status)
    shown = IN_BACKTICKS.sub(r"<code>\1</code>", escape(sentence))
    page = f"<!doctype html><html lang=en><meta charset=utf-8><title>Deskbell</title><p>{shown}</p></html>"
    return web.Response(text=page, content_type="text/html", status=status)


def _how_to_enter(request: web.Request) -> str:
    """Only after the Host check: the address is named as the visitor gave it."""
    return (
        "Open the link with the token: `deskbell demo` prints it, and `deskbell run` does at a terminal. "
        "Otherwise the token is in the file `web-token` of the desk's data folder, unless "
        f"`DESKBELL_WEB_TOKEN` sets it: open `{request.scheme}://{request.host}/?token=…` with it."
    )


def _status_of(error: DeskbellError) -> int:
    if isinstance(error, StorageUnavailable):
        return 503
    return 403 if isinstance(error, NotAllowed) else 409


def _host_in(origin: str) -> str:
    """Host and port of an origin; empty for `null` and nonsense."""
    return origin.lower().partition("://")[2]


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
